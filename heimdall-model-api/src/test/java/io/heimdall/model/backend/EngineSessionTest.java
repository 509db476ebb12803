package io.heimdall.model.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.heimdall.model.Batch;
import io.heimdall.model.FloatTensor;
import io.heimdall.model.ModelException;
import io.heimdall.model.input.TensorSpec;
import io.heimdall.model.loss.GaussianNll;
import io.heimdall.model.loss.Loss;
import io.heimdall.model.network.Layer.Sequence;
import io.heimdall.model.network.NetworkSpec;
import io.heimdall.model.network.Operation;
import io.heimdall.model.network.ParameterSpec;
import io.heimdall.model.optimizer.OptimizerState;
import io.heimdall.model.optimizer.OptimizerStep;
import io.heimdall.model.output.IndependentNormalOutput;
import io.heimdall.model.weights.Weights;
import java.nio.Buffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EngineSessionTest {
    private static final NetworkSpec NETWORK = new NetworkSpec(
            "one layer",
            List.of(TensorSpec.floats("x", 3)),
            Sequence.of(new Operation.Linear(3, 4)),
            new IndependentNormalOutput(),
            Map.of());
    private static final Map<String, FloatTensor> INPUTS = Map.of("x", FloatTensor.zeros(2, 3));
    private static final OptimizerStep STEP = new OptimizerStep(1, 0.5, 0, 1e9);

    private final List<String> calls = new ArrayList<>();
    private Availability availability = new Availability.Ready("1", "cpu");
    private Support support = Support.YES;
    private RuntimeException fault;

    private final NativeEngine engine = new NativeEngine(
            "Fake",
            new EngineThread("fake", EngineSessionTest.class.getClassLoader()),
            () -> {
                calls.add("load");
                return availability;
            },
            threads -> calls.add(threads + " threads"),
            UnsupportedOperationException.class::isInstance);

    /** An engine in Java whose memory has every tensor from its end to its beginning. */
    private final class Backwards implements EngineNetwork {
        private final Map<String, Buffer> tensors = new HashMap<>();

        Backwards(NetworkSpec network, Precision precision) {
            for (ParameterSpec tensor : network.parameters()) {
                int length = (int) FloatTensor.elements(tensor.shape());
                tensors.put(
                        tensor.name(),
                        precision == Precision.FLOAT64 ? DoubleBuffer.allocate(length) : FloatBuffer.allocate(length));
            }
        }

        /** The gradient of each number is its place in the memory, the first one excepted, where it is a thousand. */
        @Override
        public StepResult step(
                Batch batch,
                Loss loss,
                long stepSeed,
                List<ParameterSpec> moving,
                ToDoubleFunction<Function<String, Buffer>> update) {
            var gradients = new HashMap<String, Buffer>();
            moving.forEach(tensor -> {
                Buffer like = tensors.get(tensor.name());
                float[] places = new float[like.limit()];
                for (int i = 0; i < places.length; i++) {
                    places[i] = i == 0 ? 1000 : i;
                }
                Buffer gradient = like instanceof DoubleBuffer
                        ? DoubleBuffer.allocate(places.length)
                        : FloatBuffer.allocate(places.length);
                HostMemory.write(gradient, places);
                gradients.put(tensor.name(), gradient);
            });
            return new StepResult(1, update.applyAsDouble(gradients::get));
        }

        @Override
        public FloatTensor predict(Map<String, FloatTensor> inputs) {
            if (fault != null) {
                throw fault;
            }
            return FloatTensor.zeros(2, 4);
        }

        @Override
        public Buffer memory(String tensor) {
            return tensors.get(tensor);
        }

        @Override
        public float[] toMemory(ParameterSpec tensor, float[] values) {
            float[] turned = new float[values.length];
            for (int i = 0; i < values.length; i++) {
                turned[i] = values[values.length - 1 - i];
            }
            return turned;
        }

        @Override
        public float[] fromMemory(ParameterSpec tensor, float[] values) {
            return toMemory(tensor, values);
        }

        @Override
        public void close() {
            calls.add("close");
        }
    }

    private final TrainingBackend backend = new TrainingBackend() {
        @Override
        public String id() {
            return "fake";
        }

        @Override
        public Availability probe() {
            return engine.availability();
        }

        @Override
        public Support supports(NetworkSpec network) {
            return support;
        }

        @Override
        public TrainingSession open(NetworkSpec network, SessionOptions options) {
            return EngineSession.open(
                    this, engine, network, options, () -> new Backwards(network, options.precision()));
        }
    };

    private TrainingSession open(Precision precision) {
        return backend.open(NETWORK, new SessionOptions(7, 2, List.of(), precision));
    }

    private static Batch batch() {
        return new Batch(INPUTS, FloatTensor.zeros(2, 2), List.of("a", "b"));
    }

    @Test
    void anEngineThatCannotRunIsNamedWithItsRemedy() {
        availability = new Availability.Missing("there are no natives", "put them there");
        assertThatExceptionOfType(ModelException.class)
                .isThrownBy(() -> open(Precision.FLOAT32))
                .withMessage("backend fake cannot run: there are no natives; put them there");
    }

    @Test
    void aNetworkThatTheEngineCannotRunIsNamedWithTheReason() {
        support = Support.no("it has no waves");
        assertThatExceptionOfType(ModelException.class)
                .isThrownBy(() -> open(Precision.FLOAT32))
                .withMessage("backend fake cannot run network 'one layer': it has no waves");
    }

    @Test
    void theEngineIsLoadedOnceAndToldItsThreadsEachTime() {
        try (TrainingSession session = open(Precision.FLOAT32)) {
            session.predict(INPUTS);
        }
        backend.probe();
        assertThat(calls).containsExactly("load", "1 threads", "1 threads", "1 threads", "close");
    }

    @Test
    void onlyANetworkThatIsWorthItUsesAllThreads() {
        NetworkSpec large = new NetworkSpec(
                "one large layer",
                List.of(TensorSpec.floats("x", 400_000)),
                Sequence.of(new Operation.Linear(400_000, 4)),
                new IndependentNormalOutput(),
                Map.of());
        backend.open(large, new SessionOptions(7, 2, List.of())).close();
        assertThat(calls).containsExactly("load", "2 threads", "2 threads", "close");
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void weightsAndMomentsAreInTheOrderOfTheirShapes(Precision precision) {
        Weights initial = Weights.initial(NETWORK, 7);
        OptimizerState state;
        Weights moved;
        try (TrainingSession session = open(precision)) {
            assertThat(session.weights().sha256()).isEqualTo(initial.sha256());
            session.step(batch(), new GaussianNll(), STEP);
            state = session.optimizer();
            moved = session.weights();
        }
        assertThat(state.step()).isEqualTo(1);
        float[] first = state.moments().get("bias").first();
        assertThat(first[3] / first[2]).isEqualTo(1000f); // the last of the shape is the first of the memory
        try (TrainingSession session = open(precision)) {
            session.load(moved);
            session.load(state);
            assertThat(session.weights().sha256()).isEqualTo(moved.sha256());
            assertThat(session.optimizer().moments().get("bias").first()).containsExactly(first);
            assertThat(session.weights().sha256()).isNotEqualTo(initial.sha256());
        }
    }

    @Test
    void theEnginesOwnFaultIsSaidAndOthersPass() {
        try (TrainingSession session = open(Precision.FLOAT32)) {
            fault = new UnsupportedOperationException("no such kernel");
            assertThatExceptionOfType(ModelException.class)
                    .isThrownBy(() -> session.predict(INPUTS))
                    .withMessage("Fake failed to predict: no such kernel")
                    .withCause(fault)
                    .satisfies(told -> assertThat(told.subject()).isEqualTo("Fake"));
            fault = new IllegalStateException("ours");
            assertThatIllegalStateException()
                    .isThrownBy(() -> session.predict(INPUTS))
                    .withMessage("ours");
        }
    }

    @Test
    void aClosedSessionRefusesEverythingAndIsClosedOnce() {
        TrainingSession session = open(Precision.FLOAT32);
        session.close();
        session.close();
        assertThatIllegalStateException()
                .isThrownBy(() -> session.predict(INPUTS))
                .withMessage("the session is closed");
        assertThat(calls).containsOnlyOnce("close");
        assertThat(session.network()).isEqualTo(NETWORK);
    }

    @Test
    void nativesThatDoNotLoadAreToldByTheFirstCause() {
        Throwable thrown =
                new NoClassDefFoundError("last").initCause(new IllegalStateException(new UnsatisfiedLinkError("libx")));
        assertThat(Availability.Missing.notLoaded("Fake", thrown, "put it there"))
                .isEqualTo(new Availability.Missing("the native libraries of Fake did not load: libx", "put it there"));
        assertThat(Availability.Missing.notLoaded("Fake", new UnsatisfiedLinkError(), "")
                        .reason())
                .endsWith("UnsatisfiedLinkError");
    }

    @Test
    void propertiesThatTheUserGaveStay() {
        String key = "heimdall.test.engine.property";
        EngineProperties.setUnlessGiven(key, "ours");
        EngineProperties.setUnlessGiven(key, "later");
        assertThat(EngineProperties.value(key)).isEqualTo("ours");
        System.clearProperty(key);
        Map.Entry<String, String> variable =
                System.getenv().entrySet().iterator().next();
        EngineProperties.setUnlessGiven(variable.getKey(), "ours");
        assertThat(EngineProperties.value(variable.getKey())).isEqualTo(variable.getValue());
        assertThat(System.getProperty(variable.getKey())).isNull();
    }
}

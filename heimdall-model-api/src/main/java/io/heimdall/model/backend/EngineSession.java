package io.heimdall.model.backend;

import io.heimdall.model.Batch;
import io.heimdall.model.FloatTensor;
import io.heimdall.model.ModelException;
import io.heimdall.model.loss.Loss;
import io.heimdall.model.network.NetworkSpec;
import io.heimdall.model.network.NetworkSummary;
import io.heimdall.model.network.ParameterSpec;
import io.heimdall.model.optimizer.HostOptimizer;
import io.heimdall.model.optimizer.OptimizerState;
import io.heimdall.model.optimizer.OptimizerState.Moments;
import io.heimdall.model.optimizer.OptimizerStep;
import io.heimdall.model.weights.Weights;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/**
 * A session over an {@link EngineNetwork}: it checks arguments, runs on the engine's thread, keeps the optimiser, and
 * refuses calls after it is closed.
 */
public final class EngineSession implements TrainingSession {
    /**
     * With fewer operations a row, a second thread of an engine waits longer than it computes: trainings of {@code set} took a
     * fifth more processor time with two threads than with one, and no less time. The other processors draw the next batches.
     */
    private static final long WORTH_SHARING = 3_000_000;

    private static final int ELEMENTS_OF_A_SET = 8;

    private final NativeEngine engine;
    private final NetworkSpec spec;
    private final SessionOptions options;
    private final int threads;
    private final HostOptimizer optimizer;
    private StepTimes times = StepTimes.NONE;
    /** Of the engine's thread; null once closed. */
    private EngineNetwork network;

    private EngineSession(NativeEngine engine, NetworkSpec spec, SessionOptions options) {
        this.engine = engine;
        this.spec = spec;
        this.options = options;
        threads = NetworkSummary.of(spec, ELEMENTS_OF_A_SET).operations() < WORTH_SHARING ? 1 : options.threads();
        optimizer = new HostOptimizer(options.trained(spec), threads);
    }

    /**
     * Opens a session with the initial weights of the options' seed.
     *
     * @param backend that the session is of
     * @param open allocates the network in the engine, with arbitrary weights
     * @throws ModelException if the backend cannot run here, or cannot run the network; the message says why
     */
    public static EngineSession open(
            TrainingBackend backend,
            NativeEngine engine,
            NetworkSpec network,
            SessionOptions options,
            Supplier<? extends EngineNetwork> open) {
        if (backend.probe() instanceof Availability.Missing missing) {
            throw new ModelException(
                    "backend " + backend.id() + " cannot run: " + missing.reason() + "; " + missing.remedy());
        }
        Support support = backend.supports(network);
        if (!support.supported()) {
            throw new ModelException(
                    "backend " + backend.id() + " cannot run network '" + network.name() + "': " + support.reason());
        }
        EngineSession session = new EngineSession(engine, network, options);
        Weights initial = Weights.initial(network, options.seed());
        return engine.call("open a session", session.threads, () -> {
            session.network = open.get();
            session.write(initial);
            return session;
        });
    }

    private <T> T call(String what, Supplier<T> work) {
        return engine.call(what, threads, () -> {
            if (network == null) {
                throw new IllegalStateException("the session is closed");
            }
            return work.get();
        });
    }

    @Override
    public StepResult step(List<Batch> parts, Loss loss, OptimizerStep settings) {
        parts.forEach(spec::checkTrainable);
        StepWatch watch = new StepWatch();
        StepResult result = call("do step " + settings.step(), () -> {
            watch.begin();
            return parts.size() == 1
                    ? network.step(
                            parts.get(0),
                            watch.watched(loss),
                            options.stepSeed(settings.step()),
                            optimizer.moving(settings),
                            gradients -> watch.updated(() -> optimizer.update(settings, network::memory, gradients)))
                    : accumulated(parts, watch.watched(loss), settings, watch);
        });
        times = watch.times();
        return result;
    }

    @Override
    public StepTimes times() {
        return times;
    }

    /** The engine keeps the gradients of one part alone, so their sum is kept here; the last part moves the weights. */
    private StepResult accumulated(List<Batch> parts, Loss loss, OptimizerStep settings, StepWatch watch) {
        int rows = parts.stream().mapToInt(Batch::size).sum();
        GradientSum sum = new GradientSum(optimizer.moving(settings));
        double mean = 0;
        double norm = Double.NaN;
        for (int i = 0; i < parts.size(); i++) {
            double share = (double) parts.get(i).size() / rows;
            boolean last = i == parts.size() - 1;
            StepResult part = network.step(
                    parts.get(i),
                    loss,
                    options.stepSeed(settings.step(), i),
                    optimizer.moving(settings),
                    gradients -> watch.updated(() -> {
                        sum.add(gradients, share);
                        return last ? optimizer.update(settings, network::memory, sum::of) : 0;
                    }));
            if (!part.finite()) {
                return part;
            }
            mean += share * part.loss();
            norm = part.gradientNorm();
        }
        return new StepResult(mean, norm);
    }

    @Override
    public FloatTensor predict(Map<String, FloatTensor> inputs) {
        spec.checkPredictable(inputs);
        return call("predict", () -> network.predict(inputs));
    }

    @Override
    public NetworkSpec network() {
        return spec;
    }

    @Override
    public Weights weights() {
        return call("read its weights", () -> {
            var copies = new LinkedHashMap<String, FloatTensor>();
            for (ParameterSpec tensor : spec.parameters()) {
                float[] values = HostMemory.read(network.memory(tensor.name()));
                copies.put(tensor.name(), FloatTensor.of(network.fromMemory(tensor, values), tensor.shape()));
            }
            return new Weights(copies);
        });
    }

    @Override
    public void load(Weights weights) {
        Weights checked = weights.check(spec);
        call("take weights", () -> {
            write(checked);
            return null;
        });
    }

    private void write(Weights weights) {
        for (ParameterSpec tensor : spec.parameters()) {
            float[] values = weights.tensors().get(tensor.name()).values();
            HostMemory.write(network.memory(tensor.name()), network.toMemory(tensor, values));
        }
    }

    @Override
    public OptimizerState optimizer() {
        return call("read the optimiser", () -> ordered(optimizer.state(), network::fromMemory));
    }

    @Override
    public void load(OptimizerState state) {
        state.check(optimizer.trained());
        call("take an optimiser state", () -> {
            optimizer.load(ordered(state, network::toMemory));
            return null;
        });
    }

    /** Returns a copy of a state with its moments in another order; the optimiser has them in the order of the memory. */
    private OptimizerState ordered(OptimizerState state, BiFunction<ParameterSpec, float[], float[]> order) {
        var ordered = new LinkedHashMap<String, Moments>();
        for (ParameterSpec tensor : optimizer.trained()) {
            Moments moments = state.moments().get(tensor.name());
            ordered.put(
                    tensor.name(),
                    new Moments(order.apply(tensor, moments.first()), order.apply(tensor, moments.second())));
        }
        return new OptimizerState(state.step(), ordered);
    }

    @Override
    public void close() {
        engine.call("close a session", threads, () -> {
            if (network != null) {
                network.close();
                network = null;
            }
            return null;
        });
    }
}

package io.heimdall.pipeline.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heimdall.dataset.Workspace;
import io.heimdall.dataset.split.GroupBy;
import io.heimdall.model.backend.Availability;
import io.heimdall.model.backend.Backends;
import io.heimdall.model.backend.SessionOptions;
import io.heimdall.model.backend.StepResult;
import io.heimdall.model.backend.TrainingBackend;
import io.heimdall.model.backend.TrainingSession;
import io.heimdall.model.network.NetworkSpec;
import io.heimdall.model.network.Networks;
import io.heimdall.model.train.TrainingResult;
import io.heimdall.pipeline.PipelineException;
import io.heimdall.pipeline.PipelineListener;
import io.heimdall.pipeline.Services;
import io.heimdall.pipeline.data.TrainingData;
import io.heimdall.pipeline.input.Augmentation;
import io.heimdall.pipeline.input.SessionSamples;
import io.heimdall.tracking.RunInfo;
import io.heimdall.tracking.TrackedRun;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A pretraining whose loss is no number any more. */
class DivergingPretrainingTest {
    private static final Pretraining ASKED = Pretraining.ofSteps(10);

    @TempDir
    Path folder;

    private final List<String> warnings = new ArrayList<>();

    /** Its sessions do no step. */
    private record Diverging(TrainingBackend real) implements TrainingBackend {
        @Override
        public String id() {
            return real.id();
        }

        @Override
        public Availability probe() {
            return real.probe();
        }

        @Override
        public TrainingSession open(NetworkSpec network, SessionOptions options) {
            TrainingSession session = real.open(network, options);
            return (TrainingSession) Proxy.newProxyInstance(
                    getClass().getClassLoader(),
                    new Class<?>[] {TrainingSession.class},
                    (proxy, method, arguments) -> method.getName().equals("step")
                            ? new StepResult(Double.NaN, 1)
                            : method.invoke(session, arguments));
        }
    }

    private Optional<TrainingResult> pretrain(Services services, TrainingSession session, TrainingSettings settings)
            throws IOException {
        TrackedRun run = services.tracker().start(new RunInfo("diverging", "run", Map.of()));
        TrainingFolder training = TrainingFolder.create(services.trainings(), run.id(), settings);
        PipelineListener listener = new PipelineListener() {
            @Override
            public void warn(String message) {
                warnings.add(message);
            }
        };
        TrainingTrack track = new TrainingTrack(services.destination(), run, training);
        TrainingBackend diverging = new Diverging(Backends.preferred());
        try (TrainingData all =
                TrainingData.load(services.sessions(), settings.data(), settings.producer(), PipelineListener.NONE)) {
            TrainingData data = all.reading(session.network());
            SessionSamples samples = data.samples(data.sessions().training(), Augmentation.NONE);
            SessionSamples validation = data.samples(data.sessions().validation(), Augmentation.NONE);
            return new SimulatedTraining(training, listener, track, diverging)
                    .run(session, samples, validation, GroupBy.SOURCE)
                    .map(SimulatedTraining.Outcome::result);
        }
    }

    @Test
    void isLeftOutOrNamedWhereItWasAskedFor() throws IOException {
        TrainingSettings settings = TrainingSettings.seeded(1).withPretraining(ASKED);
        NetworkSpec network = Networks.named("set").network(settings.producer().example());
        try (Workspace workspace = SimulatedWorkspace.create(folder.resolve("w"), 150);
                Services services = Services.of(workspace);
                TrainingSession session = Backends.preferred().open(network, SessionOptions.seeded(0))) {
            assertThatThrownBy(() -> pretrain(services, session, settings))
                    .isInstanceOf(PipelineException.class)
                    .hasMessage("the pretraining has diverged: training stopped at step 1: loss NaN, gradient norm 1.0;"
                            + " '--pretrain off' trains without");
            assertThat(warnings).isEmpty();

            String before = session.weights().sha256();
            assertThat(pretrain(services, session, settings.withPretraining(ASKED.whereItHelps())))
                    .isEmpty();
            assertThat(warnings)
                    .containsExactly("no pretraining: the pretraining has diverged: training stopped at step 1:"
                            + " loss NaN, gradient norm 1.0");
            assertThat(session.weights().sha256()).isEqualTo(before);
        }
    }
}

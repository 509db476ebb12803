package io.heimdall.pipeline.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heimdall.dataset.Session;
import io.heimdall.dataset.SessionFilter;
import io.heimdall.dataset.Workspace;
import io.heimdall.dataset.sample.FeatureCache;
import io.heimdall.dataset.sample.RecordingFeatures;
import io.heimdall.dataset.split.GroupBy;
import io.heimdall.dataset.store.FeatureKey;
import io.heimdall.dataset.store.FeatureStore;
import io.heimdall.dataset.store.FeatureStores;
import io.heimdall.dataset.store.Precision;
import io.heimdall.features.spectrum.FeatureParameters;
import io.heimdall.files.ObjectKey;
import io.heimdall.model.network.LocalizationNet;
import io.heimdall.model.network.NetworkSpec;
import io.heimdall.model.weights.Safetensors;
import io.heimdall.model.weights.Weights;
import io.heimdall.pipeline.Phase;
import io.heimdall.pipeline.PipelineListener;
import io.heimdall.pipeline.Services;
import io.heimdall.pipeline.SessionSource;
import io.heimdall.pipeline.data.DataSettings;
import io.heimdall.pipeline.data.LayoutChoice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What only the end of a training needs is missed at its beginning: no recording is read, no run begun. */
class ReadinessTest {
    private static final int SESSIONS = 12;
    private static final TrainingSettings SETTINGS = SimulatedWorkspace.settings(1);

    @TempDir
    Path folder;

    private Workspace workspace;
    private Services services;

    @BeforeEach
    void simulate() throws IOException {
        workspace = SimulatedWorkspace.create(folder.resolve("w"), SESSIONS);
        services = Services.of(workspace);
    }

    @AfterEach
    void close() {
        workspace.close();
    }

    /** Trains with somebody watching who sees no recording read. */
    private AbstractThrowableAssert<?, ?> refused(TrainingSettings settings) {
        PipelineListener watch = new PipelineListener() {
            @Override
            public void begin(Phase phase, long steps) {
                throw new AssertionError(phase + " has begun");
            }
        };
        return assertThatThrownBy(() -> new TrainingPipeline(services, watch).train(settings));
    }

    private TrainingSpace space(TrainingSettings settings) {
        return new TrainingSpace(services.sessions(), services.working(), settings);
    }

    private void nothingIsBegun() {
        assertThat(services.tracker().runs()).isEmpty();
        assertThat(services.featureCache()).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a model", "north/west", "", ".hidden", "naïve", "x\ny"})
    void aNameThatCannotBeRegistered(String name) {
        refused(SETTINGS.withModelName(name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("model '" + name + "' is not a name of letters, digits, and _ - . and at most 200");
        nothingIsBegun();
    }

    @Test
    void aNameOfAnExperimentThatIsNone() {
        refused(withExperiment("   "))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("experiment '   ' is not a name of 1..250 characters");
        nothingIsBegun();
    }

    private static TrainingSettings withExperiment(String experiment) {
        return new TrainingSettings(
                SETTINGS.plan(),
                SETTINGS.data(),
                SETTINGS.augmentation(),
                SETTINGS.network(),
                SETTINGS.pretraining(),
                SETTINGS.pretrained(),
                SETTINGS.initial(),
                SETTINGS.backend(),
                SETTINGS.modelName(),
                experiment);
    }

    private TrainingSettings pretrainedOn(Path file) {
        return SETTINGS.withPretrained(Optional.of(file));
    }

    @Test
    void aPretrainedBackboneThatIsMissingOrOfAnotherNetwork() throws IOException {
        refused(pretrainedOn(folder.resolve("none.pth")))
                .hasMessage(folder.resolve("none.pth") + ": there is no such file of weights");
        NetworkSpec other = LocalizationNet.resnet18(3);
        Path file = folder.resolve("resnet18.safetensors");
        Safetensors.write(file, Weights.initial(other, 1), Map.of());
        refused(pretrainedOn(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(file + " holds no backbone of small: ");
        nothingIsBegun();
    }

    @Test
    void aRegistryThatCannotBeWrittenOrRead() throws IOException {
        Path models = Services.store(workspace).resolve("models");
        Files.writeString(models, "a file where the folder should be");
        refused(SETTINGS)
                .hasMessageContaining("the record of model heimdall-localization cannot be read or written: ")
                .hasMessageContaining(models.toString());
        Files.delete(models);
        Path version = Files.createDirectories(models.resolve("heimdall-localization/version-1"));
        Files.writeString(version.resolve("meta.yaml"), "version: [1");
        refused(SETTINGS).hasMessageContaining("version-1/meta.yaml: not YAML");
        nothingIsBegun();
    }

    @Test
    void aFolderOfModelsThatCannotBeWritten() throws IOException {
        Path bucket = workspace.directory().resolve("objects").resolve(ObjectKey.MODELS);
        Files.writeString(bucket, "a file where the folder should be");
        refused(SETTINGS).isInstanceOf(IOException.class).hasMessageContaining(bucket.toString());
        nothingIsBegun();
    }

    @Test
    void aFolderOfTrainingsThatIsNone() throws IOException {
        Files.writeString(services.trainings(), "a file where the folder should be");
        refused(SETTINGS).isInstanceOf(IOException.class).hasMessageContaining("trainings");
        nothingIsBegun();
    }

    @Test
    void aDiskWithoutRoomForCheckpointsAndModel() {
        space(SETTINGS).require(500_000_000, 500_000_000);
        assertThatThrownBy(() -> space(SETTINGS).require(412_345_678, 98_765_432))
                .hasMessage(
                        "a training of small needs about 412 MB for features, checkpoints and the model, and 98 MB are free in "
                                + workspace.directory() + "; make room there, or take a workspace on another disk");
    }

    @Test
    void theRoomThatATrainingNeedsGoesByItsNetworkAndItsRecordings() throws IOException {
        long small = space(SETTINGS).bytesNeeded(0, Long.MAX_VALUE);
        long large = space(SETTINGS.withNetwork("resnet18")).bytesNeeded(0, Long.MAX_VALUE);
        long weights = LocalizationNet.resnet18(1).parameters().stream()
                .mapToLong(p -> io.heimdall.model.FloatTensor.elements(p.shape()))
                .sum();

        assertThat(large - small).isBetween(6 * 4 * weights, 7 * 4 * weights);
        long recordings = workspace
                .catalog()
                .sessions()
                .mapToLong(s -> s.measurements().size())
                .sum();
        assertThat(space(SETTINGS).bytesNeeded(0, small) - small)
                .as("features of %d recordings", recordings)
                .isBetween(recordings * 16_384, recordings * 17_000);
        assertThat(space(SETTINGS).bytesNeeded(1_000_000, Long.MAX_VALUE))
                .as("with a megabyte there already")
                .isEqualTo(small - 1_000_000);
    }

    @Test
    void ofASharedStoreOnlyFeaturesOfTheTrainingsOwnRecordingsCountAsKept() throws IOException {
        FeatureParameters parameters = FeatureParameters.network();
        try (FeatureStore shared = FeatureStores.directory(services.featureCache())) {
            for (int other = 10; other < 99; other++) {
                shared.put(
                        new FeatureKey(Integer.toString(other).repeat(32), parameters),
                        new float[parameters.mels() * parameters.frames()]);
            }
        }
        assertThat(space(SETTINGS).keptShare()).isZero();
        RecordingFeatures features = new RecordingFeatures(
                workspace.objects(), parameters, services.sessions().features());
        workspace
                .catalog()
                .sessions()
                .limit(SESSIONS / 2)
                .forEach(session -> session.measurements().forEach(features::of));
        assertThat(space(SETTINGS).keptShare()).isEqualTo(0.5);
    }

    @Test
    void aStoreThatCannotAnswerKeepsNothing() throws IOException {
        SessionSource source = services.sessions();
        MissingStore missing = new MissingStore();
        SessionSource away =
                new SessionSource(source.catalog(), source.objects(), FeatureCache.over(missing), source.world());
        assertThat(new TrainingSpace(away, services.working(), SETTINGS).keptShare())
                .isZero();
        assertThat(missing.asked()).hasValue(1);
    }

    /** A store on a server that cannot be reached. */
    private record MissingStore(AtomicInteger asked) implements FeatureStore {
        MissingStore() {
            this(new AtomicInteger());
        }

        @Override
        public Precision precision() {
            return Precision.FLOAT32;
        }

        @Override
        public Optional<float[]> find(FeatureKey key) throws IOException {
            asked.incrementAndGet();
            throw new IOException("away");
        }

        @Override
        public float[] put(FeatureKey key, float[] features, Runnable published) throws IOException {
            throw new IOException("away");
        }

        @Override
        public void flush() {}

        @Override
        public long count() throws IOException {
            throw new IOException("away");
        }

        @Override
        public Compaction compact() throws IOException {
            throw new IOException("away");
        }

        @Override
        public void close() {}
    }

    @Test
    void tooFewSessionsForTheSplit() {
        List<String> three =
                workspace.catalog().sessions().map(Session::id).limit(3).toList();
        refused(SETTINGS.withData(new DataSettings(
                        SessionFilter.all().withSessions(three),
                        Optional.of(GroupBy.DAY),
                        OptionalInt.empty(),
                        1,
                        LayoutChoice.STATIONS,
                        1)))
                .hasMessageContaining("splitting 3 session(s) by day");
        assertThat(services.featureCache()).doesNotExist();
    }

    @Test
    void whatIsCheckedLeavesNoTrace() throws IOException {
        new Readiness(services.destination(), space(SETTINGS), SETTINGS).checkNew();

        assertThat(services.trainings()).doesNotExist();
        assertThat(workspace.objects().list(ObjectKey.MODELS, "")).isEmpty();
        assertThat(services.tracker().versions(SETTINGS.modelName())).isEmpty();
        try (var files = Files.walk(Services.store(workspace))) {
            assertThat(files.filter(Files::isRegularFile)).isEmpty();
        }
    }
}

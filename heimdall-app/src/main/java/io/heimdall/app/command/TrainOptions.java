package io.heimdall.app.command;

import io.heimdall.app.configuration.Configuration;
import io.heimdall.app.configuration.ConfiguredOptions;
import io.heimdall.app.configuration.NumberOptions;
import io.heimdall.app.configuration.StrictNumber;
import io.heimdall.dataset.split.GroupBy;
import io.heimdall.model.loss.Losses;
import io.heimdall.model.train.Schedule;
import io.heimdall.model.train.TrainingPlan;
import io.heimdall.pipeline.data.DataSettings;
import io.heimdall.pipeline.data.LayoutChoice;
import io.heimdall.pipeline.input.Augmentation;
import io.heimdall.pipeline.training.Pretraining;
import io.heimdall.pipeline.training.TrainingSettings;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

/** What a user may decide about a training; what is not typed stays as it was. */
final class TrainOptions {
    private static final long DEFAULT_SEED = 1;

    @Option(names = "--epochs", paramLabel = "N", description = "At most (default: 40).")
    private Integer epochs;

    @Option(names = "--batch-size", paramLabel = "N", description = "Sessions per step (default: 32).")
    private Integer batchSize;

    @Option(names = "--learning-rate", paramLabel = "R", description = "The largest one (default: 0.001).")
    private Double learningRate;

    @Option(names = "--weight-decay", paramLabel = "W", description = "AdamW's, decoupled (default: 0.0001).")
    private Double weightDecay;

    @Option(
            names = "--clip-norm",
            paramLabel = "N",
            converter = Norm.class,
            description = "Largest gradient norm, or Infinity (default: 1).")
    private Double clipNorm;

    @Option(
            names = "--schedule",
            paramLabel = "NAME",
            description = "warmup-cosine, reduce-on-plateau or constant (default: warmup-cosine).")
    private String schedule;

    @Option(
            names = "--loss",
            paramLabel = "NAME",
            description = "likelihood, gaussian-nll, beta-nll, huber or density-nll (default: likelihood).")
    private String loss;

    @Option(
            names = "--patience",
            paramLabel = "N",
            description = "Stop after so many epochs without a better validation loss (default: 10).")
    private Integer patience;

    @Option(
            names = "--network",
            paramLabel = "NAME",
            description =
                    "set: attention over any stations; set-cnn, set-resnet18: with each one's spectrogram; resnet18,"
                            + " resnet34, small: a channel for each station (default: set).")
    private String network;

    @Option(
            names = "--pretrain",
            paramLabel = "auto|N|off",
            description = "Of network set: learn first from N batches of sessions that are simulated by the law of the"
                    + " training sessions' levels; auto: 3200 where that helps (default: auto).")
    private String pretrain;

    @Option(
            names = "--pretrained",
            paramLabel = "FILE",
            description = "Begin with this backbone: safetensors, or torchvision's .pth (nothing in it is executed).")
    private Path pretrained;

    @Option(
            names = "--freeze-backbone",
            paramLabel = "N",
            description = "Train the heads alone for the first N epochs (default: 0).")
    private Integer frozenEpochs;

    @Option(
            names = "--layout",
            paramLabel = "NAME",
            converter = LayoutWord.class,
            description =
                    "Of resnet18, resnet34, small: stations, a channel each; or single-receiver, every recording by itself"
                            + " (default: stations).")
    private LayoutChoice layout;

    @Option(
            names = "--augment-power-db",
            paramLabel = "S",
            description = "Deviation of a random offset of all stations' levels in training samples (default: 3).")
    private Double augmentPowerDb;

    @Option(
            names = "--augment-station-db",
            paramLabel = "S",
            description = "Deviation of a random offset of each station's level in training samples (default: 2).")
    private Double augmentStationDb;

    @Option(names = "--no-augmentation", description = "Learn from the recordings just as they are.")
    private boolean noAugmentation;

    @Option(
            names = "--split-by",
            paramLabel = "GROUP",
            description = "What never stands on two sides of the split: source, cell (of 300 m), day or session"
                    + " (default: source, or what the data allows).")
    private GroupBy splitBy;

    @Option(
            names = "--folds",
            paramLabel = "N",
            description = "Train N members, each outside of its fold of the sessions: every session is judged, by the"
                    + " member that has not seen its group, and the model is the mixture of all (default: one network,"
                    + " judged on a tenth).")
    private Integer folds;

    @Option(
            names = "--backend",
            paramLabel = "ID",
            description = "The training engine; 'heimdall doctor' lists them (default: the first that works).")
    private String backend;

    @Option(names = "--threads", paramLabel = "N", description = "For computation (default: all processors).")
    private Integer threads;

    @Option(names = "--seed", paramLabel = "N", description = "Of all that is drawn at random (default: 1).")
    private Long seed;

    @Option(
            names = "--model-name",
            paramLabel = "NAME",
            description = "To register the model under (default: " + TrainingSettings.MODEL_NAME + ").")
    private String modelName;

    @Option(
            names = "--experiment",
            paramLabel = "NAME",
            description = "That the run belongs to (default: " + TrainingSettings.EXPERIMENT + ").")
    private String experiment;

    @ArgGroup(
            exclusive = false,
            validate = false,
            heading = "%nWhat to learn from (default: every approved session):%n")
    private DataOptions wanted = new DataOptions();

    /** For picocli. */
    TrainOptions() {}

    /**
     * Returns the settings of a training for which nothing is typed.
     *
     * @throws IllegalArgumentException naming a value that is set and makes no sense
     */
    static TrainingSettings configured(Configuration configuration) {
        TrainOptions options = new TrainOptions();
        CommandSpec train =
                CommandSpec.create().name("train").addMixin("options", CommandSpec.forAnnotatedObject(options));
        try {
            NumberOptions.strict(new CommandLine(train))
                    .setCaseInsensitiveEnumValuesAllowed(true)
                    .setDefaultValueProvider(new ConfiguredOptions(configuration))
                    .parseArgs();
            NumberOptions.check(train);
        } catch (ParameterException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
        return options.over(options.defaults()).checked();
    }

    TrainingSettings defaults() {
        return TrainingSettings.seeded(seed == null ? DEFAULT_SEED : seed);
    }

    /**
     * Returns the settings with what was typed in place of theirs.
     *
     * @throws IllegalArgumentException naming a value that makes no sense
     */
    TrainingSettings over(TrainingSettings base) {
        TrainingPlan plan = base.plan();
        DataSettings data = base.data();
        TrainingPlan newPlan = new TrainingPlan(
                or(epochs, plan.epochs()),
                or(batchSize, plan.batchSize()),
                or(learningRate, plan.learningRate()),
                or(weightDecay, plan.weightDecay()),
                or(clipNorm, plan.clipNorm()),
                loss == null ? plan.loss() : Losses.named(loss),
                schedule == null ? plan.schedule() : Schedule.named(schedule),
                or(patience, plan.patience()),
                or(frozenEpochs, plan.frozenEpochs()),
                or(seed, plan.seed()));
        DataSettings newData = new DataSettings(
                wanted.over(data.filter()),
                splitBy == null ? data.splitBy() : Optional.of(splitBy),
                folds == null ? data.folds() : OptionalInt.of(folds),
                or(seed, data.seed()),
                or(layout, data.layout()),
                or(threads, data.threads()));
        Augmentation usual = base.augmentation();
        Augmentation newAugmentation = noAugmentation
                ? Augmentation.NONE
                : new Augmentation(
                        or(augmentPowerDb, usual.powerDb()), or(augmentStationDb, usual.stationDb()), usual.shapes());
        return new TrainingSettings(
                newPlan,
                newData,
                newAugmentation,
                or(network, base.network()),
                pretrain == null ? base.pretraining() : Pretraining.parse(pretrain),
                pretrained == null ? base.pretrained() : Optional.of(pretrained),
                backend == null ? base.backend() : Optional.of(backend),
                or(modelName, base.modelName()),
                or(experiment, base.experiment()));
    }

    private static <T> T or(T typed, T usual) {
        return typed == null ? usual : typed;
    }

    /** A number, or {@code Infinity}. */
    static final class Norm implements ITypeConverter<Double> {
        Norm() {}

        @Override
        public Double convert(String text) {
            return text.equals("Infinity")
                    ? Double.valueOf(Double.POSITIVE_INFINITY)
                    : StrictNumber.decimal(text)
                            .orElseThrow(() -> new TypeConversionException(
                                    "'" + text + "' is neither a number such as 1 or 0.5 nor Infinity"));
        }
    }

    /** {@code single-receiver} as people type it. */
    static final class LayoutWord implements ITypeConverter<LayoutChoice> {
        LayoutWord() {}

        @Override
        public LayoutChoice convert(String text) {
            for (LayoutChoice choice : LayoutChoice.values()) {
                if (choice.name().replace('_', '-').equals(text.toUpperCase(Locale.ROOT))) {
                    return choice;
                }
            }
            throw new TypeConversionException("'" + text + "' is neither stations nor single-receiver");
        }
    }
}

package io.heimdall.pipeline.training;

import io.heimdall.dataset.split.FoldRule;
import io.heimdall.dataset.split.GroupBy;
import io.heimdall.model.network.Networks;
import io.heimdall.pipeline.data.DataSettings;
import io.heimdall.pipeline.data.FilterFields;
import io.heimdall.pipeline.data.LayoutChoice;
import io.heimdall.pipeline.input.Augmentation;
import io.heimdall.pipeline.settings.Caption;
import io.heimdall.pipeline.settings.Choice;
import io.heimdall.pipeline.settings.Decimal;
import io.heimdall.pipeline.settings.Field;
import io.heimdall.pipeline.settings.Fields;
import io.heimdall.pipeline.settings.Flag;
import io.heimdall.pipeline.settings.Whole;
import io.heimdall.pipeline.settings.Word;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The table of a training's settings. */
public final class TrainingFields {
    private static final int MOST_THREADS = 1024;

    private static final Fields<TrainingSettings> NETWORK = new Fields<>(List.of(
            Field.of(
                    "network",
                    Word.of(name -> name, name -> name, Networks::names),
                    TrainingSettings::network,
                    TrainingSettings::withNetwork,
                    Caption.of(
                                    "NAME",
                                    "Network",
                                    "The network. set: attention over any stations; set-cnn, set-resnet18: the same with each"
                                            + " station's spectrogram; resnet18, resnet34, small: a channel for each station")
                            .shownFirst()),
            Field.of(
                    "pretrain",
                    Word.of(Pretraining::parse, Pretraining::text, List::<String>of)
                            .orCount(1, 1_000_000)
                            .limited(
                                    "auto|off|[1-9][0-9]{0,5}|1000000",
                                    "auto, off or a number of batches in 1..1000000"),
                    TrainingSettings::pretraining,
                    TrainingSettings::withPretraining,
                    Caption.of(
                            "auto|N|off",
                            "Pretraining",
                            "For the network set: learn first from N batches of sessions simulated by the law that is"
                                    + " fitted to the levels of the training sessions; auto: 4000 batches where that helps;"
                                    + " off: none")),
            Field.<TrainingSettings, Path>optional(
                    "pretrained",
                    Word.file()
                            .limited(
                                    "[A-Za-z0-9_][A-Za-z0-9._\\-]{0,199}",
                                    "the name of a file in the workspace's folder 'pretrained'"),
                    TrainingSettings::pretrained,
                    TrainingSettings::withPretrained,
                    Caption.of(
                            "FILE",
                            "Pretrained file",
                            "Start from the backbone weights of this file: safetensors, or torchvision's .pth (no code"
                                    + " in it is executed)")),
            Field.<TrainingSettings, String>optional(
                    "initial",
                    Word.any()
                            .limited(
                                    "([A-Za-z0-9_][A-Za-z0-9_.\\-]{0,199}/)?[A-Za-z0-9_\\-]{1,200}",
                                    "the id of a run, or a version or an alias of the model: 3 or newest"),
                    TrainingSettings::initial,
                    TrainingSettings::withInitial,
                    Caption.of(
                            "MODEL|RUN",
                            "Go on from",
                            "Go on from the weights of a run of this workspace, or of a version or an alias of the model"
                                    + " (3, newest, other-name/3), with its input and units and a fifth of the learning"
                                    + " rate")),
            Field.<TrainingSettings, Long>of(
                            "frozen_epochs",
                            Whole.in(0, PlanFields.MOST_EPOCHS),
                            settings -> (long) settings.plan().frozenEpochs(),
                            (settings, epochs) ->
                                    settings.withPlan(settings.plan().withFrozenEpochs(Math.toIntExact(epochs))),
                            Caption.of("N", "Frozen epochs", "Train the heads alone for the first N epochs"))
                    .typedAs("freeze-backbone"),
            Field.of(
                    "layout",
                    Choice.among(LayoutChoice.class),
                    settings -> settings.data().layout(),
                    (settings, layout) -> settings.withData(settings.data().withLayout(layout)),
                    Caption.of(
                                    "NAME",
                                    "Input",
                                    "For resnet18, resnet34 and small: stations, a channel for each station; or"
                                            + " single-receiver, a sample for each recording")
                            .shownFirst())));

    private static final Fields<Augmentation> AUGMENTATION = new Fields<>(List.of(
            Field.of(
                            "augment_power_db",
                            Decimal.in("0", "60"),
                            Augmentation::powerDb,
                            (varied, db) -> new Augmentation(db, varied.stationDb(), varied.shapes()),
                            Caption.of(
                                            "S",
                                            "Offset of all levels",
                                            "Standard deviation of a random offset that all stations of a training sample share")
                                    .in("dB"))
                    .recordedAs(varied -> Optional.empty())
                    .where(varied -> !varied.equals(Augmentation.NONE)),
            Field.of(
                            "augment_station_db",
                            Decimal.in("0", "60"),
                            Augmentation::stationDb,
                            (varied, db) -> new Augmentation(varied.powerDb(), db, varied.shapes()),
                            Caption.of(
                                            "S",
                                            "Offset of each level",
                                            "Standard deviation of a random offset of each station's level in a training sample")
                                    .in("dB"))
                    .recordedAs(varied -> Optional.empty())
                    .where(varied -> !varied.equals(Augmentation.NONE)),
            Field.<Augmentation, Boolean>of(
                            "augment_shapes",
                            new Flag("Do not vary the spectrograms of training samples; vary their levels only"),
                            Augmentation::shapes,
                            (varied, shapes) -> new Augmentation(varied.powerDb(), varied.stationDb(), shapes),
                            Caption.of(
                                    "",
                                    "Vary spectrograms",
                                    "Roll, reverse, shift and mirror the spectrograms of training samples"))
                    .typedAs("no-augment-shapes")
                    .recordedAs(varied -> Optional.empty())
                    .where(varied -> !varied.equals(Augmentation.NONE)),
            Field.<Augmentation, Boolean>of(
                            "augmentation",
                            new Flag("Do not vary training samples"),
                            varied -> !varied.equals(Augmentation.NONE),
                            TrainingFields::switched,
                            Caption.of("", "Augmentation", "Vary training samples each time they are seen"))
                    .typedAs("no-augmentation")
                    .recordedAs(varied -> Optional.of(varied.toString()))));

    private static final Fields<TrainingSettings> REST = new Fields<>(List.of(
            Field.<TrainingSettings, GroupBy>optional(
                    "split_by",
                    Choice.among(GroupBy.class),
                    settings -> settings.data().splitBy(),
                    (settings, group) -> settings.withData(settings.data().withSplitBy(group)),
                    Caption.of(
                                    "GROUP",
                                    "Split by",
                                    "The sessions that stay on one side of the split together, those of one: source, cell (of"
                                            + " 300 m), day or session")
                            .usually("source, or what the data allows")
                            .shownFirst()),
            Field.<TrainingSettings, Long>optional(
                    "folds",
                    Whole.in(FoldRule.FEWEST, FoldRule.MOST),
                    TrainingFields::folds,
                    (settings, folds) -> settings.withData(settings.data()
                            .withFolds(folds.map(number -> OptionalInt.of(Math.toIntExact(number)))
                                    .orElseGet(OptionalInt::empty))),
                    Caption.of(
                                    "N",
                                    "Folds",
                                    "Divide the sessions into N parts and train N networks, each without one part, in N times"
                                            + " the time. Every session is judged by the network that has not seen it, and the model"
                                            + " mixes all networks")
                            .usually("one network, judged on a tenth")),
            Field.<TrainingSettings, String>optional(
                    "backend",
                    Word.any().limited("[A-Za-z0-9\\-]{1,100}", "letters, digits and -"),
                    TrainingSettings::backend,
                    TrainingSettings::withBackend,
                    Caption.of("ID", "Engine", "The training engine; 'heimdall doctor' lists them")
                            .usually("the first that works")),
            Field.<TrainingSettings, Long>of(
                    "threads",
                    Whole.in(1, MOST_THREADS),
                    settings -> (long) settings.data().threads(),
                    (settings, threads) -> settings.withData(settings.data().withThreads(Math.toIntExact(threads))),
                    Caption.of("N", "Threads", "Threads for computation").usually("all processors")),
            Field.<TrainingSettings, Long>of(
                    "seed",
                    Whole.in(Long.MIN_VALUE, Long.MAX_VALUE),
                    settings -> settings.plan().seed(),
                    TrainingFields::withSeed,
                    Caption.of("N", "Seed", "Seed of all random draws").shownFirst()),
            Field.<TrainingSettings, Long>optional(
                    "split_seed",
                    Whole.in(Long.MIN_VALUE, Long.MAX_VALUE),
                    TrainingFields::splitSeed,
                    (settings, seed) -> settings.withData(
                            settings.data().withSeed(seed.orElse(settings.plan().seed()))),
                    Caption.of("N", "Split seed", "Seed of the split alone: it keeps the split while --seed varies")
                            .usually("the seed")),
            Field.<TrainingSettings, String>of(
                            "model_name",
                            Word.any()
                                    .limited(
                                            "[A-Za-z0-9_][A-Za-z0-9_.\\-]{0,199}",
                                            "letters, digits, and _ - . and at most 200 characters"),
                            TrainingSettings::modelName,
                            TrainingSettings::withModelName,
                            Caption.of("NAME", "Model name", "Name of the registered model")
                                    .shownFirst())
                    .recordedAs(settings -> Optional.empty()),
            Field.<TrainingSettings, String>of(
                            "experiment",
                            Word.any()
                                    .limited(
                                            "[A-Za-z0-9_][A-Za-z0-9_.\\- ]{0,199}",
                                            "letters, digits, spaces, and _ - . and at most 200 characters"),
                            TrainingSettings::experiment,
                            TrainingSettings::withExperiment,
                            Caption.of("NAME", "Experiment", "MLflow experiment of the run"))
                    .recordedAs(settings -> Optional.empty())));

    private static final Fields<TrainingSettings> TABLE = PlanFields.table()
            .on(TrainingSettings::plan, TrainingSettings::withPlan)
            .and(NETWORK)
            .and(FilterFields.table()
                    .on(DataSettings::filter, DataSettings::withFilter)
                    .on(TrainingSettings::data, TrainingSettings::withData))
            .and(AUGMENTATION.on(TrainingSettings::augmentation, TrainingSettings::withAugmentation))
            .and(REST);

    private TrainingFields() {}

    /** Returns the table. */
    public static Fields<TrainingSettings> table() {
        return TABLE;
    }

    /**
     * Checks that settings come back as they are saved: a training that cannot be resumed is not begun.
     *
     * @throws IllegalArgumentException naming a setting that would be lost
     */
    static void checkSaved(TrainingSettings settings) {
        TrainingSettings saved;
        try {
            saved = TABLE.saved(TABLE.json(settings), TrainingSettings.seeded(0));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("the settings cannot be saved: " + e.getMessage(), e);
        }
        if (!saved.equals(settings)) {
            throw new IllegalArgumentException("the settings cannot be saved: what comes back is "
                    + String.join(", ", TABLE.differences(settings, saved)));
        }
    }

    private static Optional<Long> folds(TrainingSettings settings) {
        OptionalInt folds = settings.data().folds();
        return folds.isPresent() ? Optional.of((long) folds.getAsInt()) : Optional.empty();
    }

    private static Augmentation switched(Augmentation varied, boolean on) {
        if (!on) {
            return Augmentation.NONE;
        }
        return varied.equals(Augmentation.NONE) ? Augmentation.DEFAULT : varied;
    }

    /** The split follows the seed unless it has one of its own. */
    private static TrainingSettings withSeed(TrainingSettings settings, long seed) {
        TrainingSettings seeded = settings.withPlan(settings.plan().withSeed(seed));
        return splitSeed(settings).isPresent()
                ? seeded
                : seeded.withData(seeded.data().withSeed(seed));
    }

    private static Optional<Long> splitSeed(TrainingSettings settings) {
        long seed = settings.data().seed();
        return seed == settings.plan().seed() ? Optional.empty() : Optional.of(seed);
    }
}

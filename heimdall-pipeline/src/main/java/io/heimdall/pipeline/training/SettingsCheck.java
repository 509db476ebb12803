package io.heimdall.pipeline.training;

import io.heimdall.files.SettingException;
import io.heimdall.model.input.TensorSpec;
import io.heimdall.model.network.NetworkFamily;
import io.heimdall.model.network.Networks;
import io.heimdall.model.network.SetNet;
import io.heimdall.pipeline.data.LayoutChoice;
import io.heimdall.tracking.ModelVersion;
import io.heimdall.tracking.RunInfo;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Checks the settings of a training before it begins: what is used at its end is looked at first. */
public final class SettingsCheck {
    private SettingsCheck() {}

    /**
     * Returns settings after all has been checked that needs no service: the names of model and experiment, that the settings can be
     * saved, and that the loss fits the network.
     *
     * @throws IllegalArgumentException naming the one that cannot be used, and what is expected
     */
    public static TrainingSettings of(TrainingSettings settings) {
        SettingException.about(settings::decided, "network", "loss");
        SettingException.about(() -> checkLayout(settings), "network", "layout");
        SettingException.about(() -> checkPretraining(settings), "network", "pretrain");
        SettingException.about(() -> checkInitial(settings), "initial", "folds", "pretrained", "pretrain");
        SettingException.about(() -> ModelVersion.checkName(settings.modelName()), "model-name");
        SettingException.about(() -> RunInfo.of(settings.experiment(), settings.network()), "experiment");
        TrainingFields.checkSaved(settings);
        return settings;
    }

    /** Simulated are the statistics of levels; a network that reads spectrograms as well would miss them. */
    private static void checkPretraining(TrainingSettings settings) {
        Pretraining pretraining = settings.pretraining();
        boolean asked = pretraining.steps() > 0 && !pretraining.automatic();
        if (asked && !canBePretrained(settings)) {
            throw new IllegalArgumentException("network " + settings.network()
                    + " cannot be pretrained on simulated sessions; " + others(SettingsCheck::readsStatisticsAlone)
                    + " can. Say 'off' or 'auto' instead of " + pretraining.text());
        }
    }

    /** One model has one set of weights, and they have learned what a pretraining could teach. */
    private static void checkInitial(TrainingSettings settings) {
        if (settings.initial().isEmpty()) {
            return;
        }
        String goesOn = "a training that goes on from the weights of "
                + settings.initial().get();
        if (settings.data().folds().isPresent()) {
            throw new IllegalArgumentException(
                    goesOn + " cannot have folds: these weights have learned from sessions of"
                            + " all folds; leave out 'folds' or 'initial'");
        }
        if (settings.pretrained().isPresent()) {
            throw new IllegalArgumentException(goesOn + " takes no weights of "
                    + settings.pretrained().get() + "; leave out 'pretrained' or 'initial'");
        }
        Pretraining pretraining = settings.pretraining();
        if (pretraining.steps() > 0 && !pretraining.automatic()) {
            throw new IllegalArgumentException(goesOn + " has no pretraining: say 'off' or 'auto' instead of "
                    + pretraining.text() + ", or leave out 'initial'");
        }
    }

    /** Returns whether the network of a training can learn from simulated sessions. */
    static boolean canBePretrained(TrainingSettings settings) {
        return readsStatisticsAlone(Networks.named(settings.network()));
    }

    private static boolean readsStatisticsAlone(NetworkFamily family) {
        List<String> inputs = TrainingSettings.example(family).inputs().stream()
                .map(TensorSpec::name)
                .toList();
        return inputs.contains(SetNet.STATISTICS) && !inputs.contains(SetNet.SPECTROGRAM);
    }

    /** A network that reads no channels has one layout, which is the default. */
    private static void checkLayout(TrainingSettings settings) {
        LayoutChoice layout = settings.data().layout();
        List<String> readable = Networks.named(settings.network()).producers();
        if (layout != LayoutChoice.STATIONS && !readable.contains(layout.producer())) {
            throw new IllegalArgumentException("network " + settings.network() + " has no layout " + layout.producer()
                    + "; " + others(family -> family.producers().contains(layout.producer())) + " have it");
        }
    }

    /** Returns the names of the networks that have a property. */
    static String others(Predicate<NetworkFamily> property) {
        return Networks.all().stream().filter(property).map(NetworkFamily::name).collect(Collectors.joining(", "));
    }
}

package io.heimdall.pipeline.training;

import io.heimdall.dataset.RecordingCatalog;
import io.heimdall.files.SettingException;
import io.heimdall.pipeline.data.TrainingData;
import io.heimdall.tracking.ModelVersion;
import io.heimdall.tracking.Tracker;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Finds the model that a training is to go on from, and checks that it can.
 *
 * @param trainings of the workspace
 * @param tracker that has the versions
 * @param settings of the new training
 */
record InitialChoice(Path trainings, Tracker tracker, TrainingSettings settings) {
    private static final String SETTING = "initial";

    /**
     * Returns the model; empty if the training begins anew.
     *
     * @throws IllegalArgumentException if there is no such model, or its training was of another network or split
     */
    Optional<InitialModel> find(RecordingCatalog catalog) throws IOException {
        if (settings.initial().isEmpty()) {
            return Optional.empty();
        }
        String asked = settings.initial().get();
        TrainingFolder folder = folder(asked);
        if (!folder.finished()) {
            throw refused("the training of run " + folder.runId() + " has not ended; 'heimdall train --resume "
                    + folder.runId() + "' continues it");
        }
        if (TrainingFolder.isOfEnsemble(folder.path())) {
            throw refused("run " + folder.runId() + " has made an ensemble, and a training goes on from one network;"
                    + " name a run without folds");
        }
        if (!folder.settings().network().equals(settings.network())) {
            throw refused("run " + folder.runId() + " has trained the network "
                    + folder.settings().network() + ", this training is of " + settings.network() + "; give --network "
                    + folder.settings().network());
        }
        InitialModel model = InitialModel.of(folder);
        checkSplit(model, folder, catalog);
        return Optional.of(model);
    }

    /** Sessions that the former training has learned from must not judge the new one. */
    private void checkSplit(InitialModel model, TrainingFolder folder, RecordingCatalog catalog) {
        String rule = TrainingData.splits(catalog, settings.data(), settings.producer())
                .get(0)
                .rule()
                .canonical();
        String before = model.splitRule().orElse(rule);
        if (!rule.equals(before)) {
            throw refused("run " + folder.runId() + " has split its sessions otherwise (" + before + ", now " + rule
                    + "), so sessions that it has learned from would judge the new model; give its --split-by and"
                    + " --split-seed");
        }
    }

    private TrainingFolder folder(String asked) throws IOException {
        Optional<TrainingFolder> run = TrainingFolder.of(trainings, asked)
                .filter(folder -> folder.runId().equals(asked));
        if (run.isPresent()) {
            return run.get();
        }
        int slash = asked.lastIndexOf('/');
        String name = slash < 0 ? settings.modelName() : asked.substring(0, slash);
        String wanted = asked.substring(slash + 1);
        ModelVersion version = tracker.versions(name).stream()
                .filter(one -> wanted.equals(Integer.toString(one.version()))
                        || wanted.equals("v" + one.version())
                        || one.aliases().contains(wanted))
                .findFirst()
                .orElseThrow(() -> refused("there is neither a run " + asked
                        + " in this workspace nor such a version or alias of the model " + name
                        + "; 'heimdall runs' lists them"));
        return TrainingFolder.of(trainings, version.runId())
                .orElseThrow(() -> refused("version " + version.version() + " of " + name + " is of run "
                        + version.runId() + ", whose checkpoints are not in this workspace"));
    }

    private static SettingException refused(String why) {
        return new SettingException("initial model: " + why, SETTING);
    }
}

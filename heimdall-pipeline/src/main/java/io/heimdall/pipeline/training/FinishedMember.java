package io.heimdall.pipeline.training;

import io.heimdall.export.EnsembleMember;
import io.heimdall.model.train.Checkpoint;
import io.heimdall.model.train.TrainingResult;
import io.heimdall.pipeline.PipelineException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A member of an ensemble that has been trained, as its folder keeps it.
 *
 * @param model of it alone
 * @param kept weights
 */
record FinishedMember(TrainedModel model, Kept kept) {

    /**
     * Reads a member.
     *
     * @throws PipelineException if it has not been trained yet
     */
    static FinishedMember read(TrainingFolder folder) throws IOException {
        if (!folder.finished()) {
            throw new PipelineException(folder.path() + ": this member of the ensemble is not trained yet;"
                    + " 'heimdall train --resume' continues");
        }
        TrainedModel model = TrainedModelJson.read(folder.path());
        Checkpoint last = folder.checkpoints().last().orElseThrow(() -> none(folder));
        Checkpoint best = folder.checkpoints().best().orElseThrow(() -> none(folder));
        TrainingResult.End end = last.end().orElseThrow(() -> none(folder));
        TrainingResult result = new TrainingResult(end, best.epoch(), best.weights(), last.history());
        if (!model.pretrained()) {
            return new FinishedMember(model, Kept.best(result, folder.settings().plan()));
        }
        Checkpoint first = folder.pretraining().best().orElseThrow(() -> none(folder));
        TrainingResult pretraining = new TrainingResult(end, first.epoch(), first.weights(), first.history());
        return new FinishedMember(
                model, Kept.pretrained(pretraining, result, folder.settings().plan()));
    }

    /**
     * Returns the members of an ensemble whose training has a folder.
     *
     * @throws PipelineException if one of them has not been trained yet
     */
    static List<FinishedMember> all(Path folder) throws IOException {
        TrainingFolder training = TrainingFolder.read(folder);
        List<FinishedMember> members = new ArrayList<>();
        for (int k = 1; k <= training.settings().data().folds().orElseThrow(); k++) {
            members.add(read(training.member(k)));
        }
        return members;
    }

    private static PipelineException none(TrainingFolder folder) {
        return new PipelineException(folder.path() + " has lost its checkpoints");
    }

    /** Returns the member as it goes into the model file. */
    EnsembleMember exported() {
        return model.of(kept.result().weights());
    }

    static List<EnsembleMember> exported(List<FinishedMember> members) {
        return members.stream().map(FinishedMember::exported).toList();
    }
}

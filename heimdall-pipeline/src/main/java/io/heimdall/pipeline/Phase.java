package io.heimdall.pipeline;

/** The phases of a training, in their order. */
public enum Phase {
    /** Reading the catalogue and computing the features of its recordings. */
    LOAD("Features"),
    /** Deciding which sessions are learned from and which judge. */
    SPLIT("Split"),
    /** Learning from simulated sessions; not in every training. */
    PRETRAIN("Pretraining"),
    /** The epochs. */
    TRAIN("Training"),
    /** Writing the model file and holding it against the backend. */
    EXPORT("Export"),
    /** Copying model and settings to the tracked run. */
    UPLOAD("Upload"),
    /** Making the model a version with an alias. */
    REGISTER("Register"),
    /** Judging the model on the test split, beside the other methods. */
    REPORT("Evaluation");

    private final String title;

    Phase(String title) {
        this.title = title;
    }

    /** Returns what a progress bar calls it. */
    public String title() {
        return title;
    }
}

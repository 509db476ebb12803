package io.heimdall.dataset;

import java.util.Collection;
import java.util.List;

/**
 * Where the results of trainings are written down for the rest of Heimdall.
 *
 * <p>Implementations are safe for use by several threads. Every method throws {@link DatasetException} when the
 * database cannot answer.
 */
public interface ModelCatalog {

    /**
     * Writes a result down, or replaces the one of the same training and name: doing it twice is doing it once. A run that
     * {@link #locate} or an earlier call has named stays where the new result names the training itself.
     *
     * @param training what tells it from every other training, in all workspaces: its run's id in its workspace
     * @param result of it
     * @throws DatasetException also if it names a training dataset that is not there
     */
    void addModel(String training, ModelResult result);

    /**
     * Checks that a result could be written down, and leaves no trace of it: that it fits, and that this user may write.
     *
     * @param training as in {@link #addModel}
     * @param result of it
     */
    void checkModel(String training, ModelResult result);

    /**
     * Corrects where the runs of results are in MLflow: a server may have got them after the results were written down.
     *
     * @param runs of results; those that are not there are passed over
     * @return how many results were changed
     */
    int locate(Collection<ModelRun> runs);

    /**
     * Returns the results of one model's trainings.
     *
     * @param name the model's
     * @return the newest first
     */
    List<ModelResult> models(String name);
}

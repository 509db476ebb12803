package io.heimdall.dataset;

import java.util.List;

/**
 * Where the results of trainings are written down for the rest of Heimdall.
 *
 * <p>Implementations are safe for use by several threads. Every method throws {@link DatasetException} when the
 * database cannot answer.
 */
public interface ModelCatalog {

    /**
     * Writes a result down, or replaces the one of the same name and run: doing it twice is doing it once.
     *
     * @param result of a training
     * @throws DatasetException also if it names a training dataset that is not there
     */
    void addModel(ModelResult result);

    /**
     * The results of one model's trainings.
     *
     * @param name the model's
     * @return the newest first
     */
    List<ModelResult> models(String name);
}

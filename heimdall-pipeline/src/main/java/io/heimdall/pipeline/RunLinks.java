package io.heimdall.pipeline;

import io.heimdall.dataset.ModelCatalog;
import io.heimdall.dataset.ModelRun;
import io.heimdall.tracking.SentRun;
import java.util.Collection;

/** Tells other services of Heimdall the MLflow server's ids of the runs of its models. */
public final class RunLinks {
    private RunLinks() {}

    /**
     * Corrects the results of trainings whose runs the server has got.
     *
     * @param models where the results are written down
     * @param sent the runs; those without a result are passed over
     * @return how many results were changed
     * @throws io.heimdall.dataset.DatasetException if the database cannot answer
     */
    public static int write(ModelCatalog models, Collection<SentRun> sent) {
        return models.locate(sent.stream()
                .flatMap(run -> run.models().stream()
                        .map(model -> new ModelRun(run.runId(), model, run.serverRunId(), run.experimentNumber())))
                .toList());
    }
}

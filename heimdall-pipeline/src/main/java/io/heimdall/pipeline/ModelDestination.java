package io.heimdall.pipeline;

import io.heimdall.dataset.ModelCatalog;
import io.heimdall.files.ObjectStore;
import io.heimdall.tracking.Tracker;
import java.util.Optional;

/**
 * Where a trained model goes.
 *
 * @param tracker of runs and model versions
 * @param objects that hold the model files
 * @param models where results are written down for the rest of Heimdall, if there is such a table
 */
public record ModelDestination(Tracker tracker, ObjectStore objects, Optional<ModelCatalog> models) {}

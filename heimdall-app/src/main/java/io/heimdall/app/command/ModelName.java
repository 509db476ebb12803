package io.heimdall.app.command;

import io.heimdall.pipeline.training.TrainingSettings;
import picocli.CommandLine.Option;

/** The registered model whose versions and aliases a command names. */
final class ModelName {
    @Option(
            names = "--model-name",
            paramLabel = "NAME",
            defaultValue = TrainingSettings.MODEL_NAME,
            description = "Name of the registered model (default: ${DEFAULT-VALUE}).")
    private String name;

    ModelName() {}

    String name() {
        return name;
    }
}

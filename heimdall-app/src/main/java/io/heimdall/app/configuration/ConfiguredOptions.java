package io.heimdall.app.configuration;

import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Gives options that are not typed their configured value. */
public final class ConfiguredOptions implements IDefaultValueProvider {
    private final Configuration configuration;

    /** Creates a provider for picocli. */
    public ConfiguredOptions(Configuration configuration) {
        this.configuration = configuration;
    }

    @Override
    public String defaultValue(ArgSpec argument) {
        if (!(argument instanceof OptionSpec option)) {
            return null;
        }
        return configuration
                .option(option.command().name(), option.longestName())
                .orElse(null);
    }
}

package io.heimdall.app.configuration;

import java.util.List;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

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

    /** Returns the option whose configured value is refused, without its dashes; nothing where the value was typed. */
    public List<String> refused(ParameterException refusal) {
        return refusal.getArgSpec() instanceof OptionSpec option
                        && configuration
                                .option(option.command().name(), option.longestName())
                                .filter(value -> value.equals(refusal.getValue()))
                                .isPresent()
                ? List.of(option.longestName().substring(2))
                : List.of();
    }
}

package io.heimdall.app.configuration;

import io.heimdall.pipeline.settings.StrictNumber;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

/** Checks typed and configured numbers with {@link StrictNumber} and their {@link SettingRange}. */
public final class NumberOptions {
    private NumberOptions() {}

    /** Makes a command and those below it read numbers strictly. */
    public static CommandLine strict(CommandLine commandLine) {
        ITypeConverter<Integer> integers = text -> {
            Long number = whole(text);
            if (number != number.intValue()) {
                throw new TypeConversionException("'" + text + "' is not a whole number below 2^31");
            }
            return number.intValue();
        };
        ITypeConverter<Long> longs = NumberOptions::whole;
        ITypeConverter<Double> doubles = text -> StrictNumber.decimal(text)
                .orElseThrow(() -> new TypeConversionException("'" + text + "' is not a number such as 12.5 or 1e-3"));
        return commandLine
                .registerConverter(Integer.class, integers)
                .registerConverter(int.class, integers)
                .registerConverter(Long.class, longs)
                .registerConverter(long.class, longs)
                .registerConverter(Double.class, doubles)
                .registerConverter(double.class, doubles);
    }

    private static Long whole(String text) {
        return StrictNumber.whole(text)
                .orElseThrow(() -> new TypeConversionException("'" + text + "' is not a whole number such as 12"));
    }

    /**
     * Checks the options of a command that has been parsed.
     *
     * @throws ParameterException naming the option whose value is out of its range
     */
    public static void check(CommandSpec command) {
        for (OptionSpec option : command.options()) {
            Object value = option.getValue();
            if (value instanceof Number number) {
                SettingRange.ofOption(option.longestName())
                        .filter(range -> !range.range().admits(number))
                        .ifPresent(range -> {
                            String thing = range.option().replace('-', ' ');
                            String given = typed(option, number);
                            throw new ParameterException(
                                    command.commandLine(),
                                    thing + " " + given + " is not "
                                            + range.range().expected(),
                                    option,
                                    given);
                        });
            }
        }
    }

    private static String typed(OptionSpec option, Number value) {
        return option.originalStringValues().stream()
                .reduce((first, last) -> last)
                .orElse(value.toString());
    }
}

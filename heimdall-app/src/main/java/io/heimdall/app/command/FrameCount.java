package io.heimdall.app.command;

import io.heimdall.features.spectrum.FeatureParameters;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The value of {@code --frames}: a number from 1, or {@code all}. */
final class FrameCount implements ITypeConverter<Integer> {

    FrameCount() {}

    @Override
    public Integer convert(String text) {
        if (text.equals("all")) {
            return FeatureParameters.ALL_FRAMES;
        }
        try {
            int frames = Integer.parseInt(text);
            if (frames >= 1) {
                return frames;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new TypeConversionException("'" + text + "' is neither a number from 1 nor 'all'");
    }
}

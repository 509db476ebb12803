package io.heimdall.pipeline.input;

import com.fasterxml.jackson.core.type.TypeReference;
import io.heimdall.features.spectrum.FeatureParameters;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How recordings become the channels of an image.
 *
 * @param features of a recording
 * @param stations of the channels, in order; empty where one recording fills all channels
 * @param absentDb what fills the channel of a station that heard nothing, decibels
 * @param meanDb of the training split, decibels
 * @param deviationDb standard deviation of the training split, decibels, above 0
 */
record ChannelParameters(
        FeatureParameters features, List<String> stations, double absentDb, double meanDb, double deviationDb) {

    /** Checks the numbers and copies the list. */
    ChannelParameters {
        if (!Double.isFinite(absentDb)
                || !Double.isFinite(meanDb)
                || !(deviationDb > 0)
                || Double.isInfinite(deviationDb)) {
            throw new IllegalArgumentException("absent " + absentDb + " dB, mean " + meanDb + " dB, deviation "
                    + deviationDb + " dB: expected finite numbers, the deviation above 0");
        }
        stations = List.copyOf(stations);
    }

    static ChannelParameters parse(Map<String, String> parameters) {
        ParameterTexts texts = new ParameterTexts(parameters);
        return new ChannelParameters(
                FeatureParameters.parse(texts.text("feature_parameters")),
                texts.json("stations", new TypeReference<>() {}, "a list of names"),
                texts.number("absent_db"),
                texts.number("feature_mean_db"),
                texts.number("feature_deviation_db"));
    }

    /** Returns the parameters as a model keeps them. */
    Map<String, String> texts(String layout) {
        Map<String, String> texts = new TreeMap<>();
        texts.put("feature_parameters", features.canonical());
        texts.put("channel_layout", layout);
        texts.put("stations", ParameterTexts.json(stations));
        texts.put("absent_db", Double.toString(absentDb));
        texts.put("feature_mean_db", Double.toString(meanDb));
        texts.put("feature_deviation_db", Double.toString(deviationDb));
        return texts;
    }
}

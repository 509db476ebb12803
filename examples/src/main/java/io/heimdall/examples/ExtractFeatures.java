package io.heimdall.examples;

import io.heimdall.features.recording.Recording;
import io.heimdall.features.recording.Recordings;
import io.heimdall.features.spectrum.FeatureExtractor;
import io.heimdall.features.spectrum.FeatureParameters;
import java.io.IOException;
import java.nio.file.Path;

/** Computes the spectrogram that the network reads of a recording. Argument: a recording that states its sample rate. */
public final class ExtractFeatures {
    private ExtractFeatures() {}

    public static void main(String[] args) throws IOException {
        FeatureParameters parameters = FeatureParameters.network();
        try (Recording recording = Recordings.open(Path.of(args[0]))) {
            FeatureExtractor extractor = FeatureExtractor.of(parameters, Double.NaN);
            float[] decibels = new float[extractor.size()];
            extractor.extract(recording, 0, decibels, extractor.newScratch());
            float loudest = Float.NEGATIVE_INFINITY;
            for (float level : decibels) {
                loudest = Math.max(loudest, level);
            }
            System.out.printf("%d numbers, the loudest %.1f dB%n", decibels.length, loudest);
        }
    }
}

package io.heimdall.features.spectrum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Holds the features against the values of the reference program. */
class GoldenTest {

    @TestFactory
    Stream<DynamicTest> agreesWithTheReference() throws IOException {
        try (InputStream json = GoldenTest.class.getResourceAsStream("/features/golden.json")) {
            List<JsonNode> cases = StreamSupport.stream(
                            new ObjectMapper().readTree(json).spliterator(), false)
                    .toList();
            assertThat(cases).hasSize(13);
            return cases.stream()
                    .map(c -> DynamicTest.dynamicTest(
                            c.get("signal").asText() + " " + c.get("kind").asText(), () -> check(c)));
        }
    }

    private static void check(JsonNode c) throws IOException {
        boolean power = c.get("kind").asText().endsWith("power");
        float[] actual = compute(c);
        assertThat(actual.length)
                .isEqualTo(c.get("shape").get(0).asInt() * c.get("shape").get(1).asInt());
        double sum = 0;
        double largest = 0;
        for (float value : actual) {
            sum += value;
            largest = Math.max(largest, Math.abs(value));
        }
        assertThat(sum).isCloseTo(c.get("sum").asDouble(), within(1e-5 * Math.max(1, largest * actual.length)));
        for (int i = 0; i < c.get("index").size(); i++) {
            double expected = c.get("value").get(i).asDouble();
            double tolerance = power ? 5e-6 * Math.abs(expected) + 1e-12 * largest : 5e-5;
            assertThat((double) actual[c.get("index").get(i).asInt()]).isCloseTo(expected, within(tolerance));
        }
    }

    private static float[] compute(JsonNode c) throws IOException {
        String kind = c.get("kind").asText();
        String signal = c.get("signal").asText();
        int samples = c.get("samples").asInt();
        double rateHz = c.get("sample_rate_hz").asDouble();
        if (kind.equals("features_db")) {
            FeatureExtractor extractor = FeatureExtractor.of(FeatureParameters.network(), rateHz);
            float[] out = new float[extractor.size()];
            float[] iq = ReferenceSignals.complex(signal, samples);
            extractor.extract(ReferenceSignals.recording(iq, true), 0, out, extractor.newScratch());
            return out;
        }
        Sides sides = kind.startsWith("mel_two_sided")
                ? Sides.TWO_SIDED
                : kind.startsWith("mel_folded") ? Sides.FOLDED : Sides.REAL;
        MelSpectrogram mel = MelSpectrogram.of(parameters(c, rateHz).withSides(sides));
        float[] out = new float[mel.parameters().mels() * mel.frames(samples)];
        float[] x = ReferenceSignals.of(sides, signal, samples);
        if (!kind.startsWith("mfcc")) {
            mel.power(x, samples, out, mel.newScratch());
            return out;
        }
        mel.decibels(x, samples, out, mel.newScratch());
        float[] coefficients = new float[13 * mel.frames(samples)];
        Mfcc.of(128, 13).apply(out, mel.frames(samples), coefficients);
        return coefficients;
    }

    private static MelParameters parameters(JsonNode c, double rateHz) {
        return MelParameters.of(rateHz)
                .withFrames(c.path("n_fft").asInt(2048), c.path("hop").asInt(512))
                .withMels(c.path("n_mels").asInt(128))
                .withBand(c.path("fmin").asDouble(0), c.path("fmax").asDouble(Double.NaN))
                .withScale(c.path("htk").asBoolean(false) ? MelScale.HTK : MelScale.SLANEY)
                .withSlaneyNorm(c.path("slaney_norm").asBoolean(true))
                .withCentred(c.path("center").asBoolean(true));
    }
}

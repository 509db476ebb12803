package io.heimdall.bench;

import io.heimdall.model.FloatTensor;
import io.heimdall.model.network.LocalizationNet;
import io.heimdall.model.weights.Safetensors;
import io.heimdall.model.weights.Weights;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A kind of body of {@code /predict}, and a request with it.
 *
 * @param name of the kind
 * @param request whole, with its head
 */
record PredictBody(String name, byte[] request) {
    /** Name of the network of sets, and of its model. */
    static final String SET = "set";

    private static final int STATIONS = TrainingBench.CHANNELS;

    /**
     * Returns the features of a channel for each station, as JSON and as bytes, and the inputs of a set of as many
     * stations, as JSON and as a safetensors file.
     */
    static List<PredictBody> all() throws IOException {
        float[] decibels = new float[STATIONS * LocalizationNet.BANDS * LocalizationNet.FRAMES];
        Random random = new Random(1);
        for (int i = 0; i < decibels.length; i++) {
            decibels[i] = Math.round(100 * (-60 + 10 * random.nextGaussian())) / 100f;
        }
        ByteBuffer bytes = ByteBuffer.allocate(decibels.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(decibels);
        String channels = arrays(decibels);
        return List.of(
                json("json", "/predict", "{\"features\": " + channels + "}"),
                new PredictBody("bytes", BareClient.post("/predict", "application/octet-stream", bytes.array())),
                json(SET, "/predict?model_name=" + SET, "{\"inputs\": " + inputs(channels) + "}"),
                new PredictBody(
                        SET + "_safetensors",
                        BareClient.post("/predict?model_name=" + SET, "application/x-safetensors", file(decibels))));
    }

    /** Returns the inputs of a set as a safetensors file. */
    private static byte[] file(float[] spectrograms) throws IOException {
        Map<String, FloatTensor> inputs = new LinkedHashMap<>();
        inputs.put(
                "mel_spectrogram",
                FloatTensor.of(spectrograms, STATIONS, LocalizationNet.BANDS, LocalizationNet.FRAMES));
        inputs.put("station_position", ofStations(STATIONS * 2, 45, STATIONS, 2));
        inputs.put("heard", ofStations(STATIONS, 1, STATIONS));
        inputs.put("recorded", ofStations(STATIONS, 1, STATIONS));
        inputs.put("in_service", ofStations(STATIONS, 1, STATIONS));
        inputs.put("level_db", ofStations(STATIONS, -60, STATIONS));
        inputs.put("station_index", ofStations(STATIONS, 0, STATIONS));
        inputs.put("frequency_hz", FloatTensor.of(new float[] {145e6f}, 1));
        Path file = Files.createTempFile("inputs", ".safetensors");
        try {
            Safetensors.write(file, new Weights(inputs));
            return Files.readAllBytes(file);
        } finally {
            Files.delete(file);
        }
    }

    private static FloatTensor ofStations(int count, float value, int... shape) {
        float[] values = new float[count];
        Arrays.fill(values, value);
        return FloatTensor.of(values, shape);
    }

    private static PredictBody json(String name, String path, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return new PredictBody(name, BareClient.post(path, "application/json", bytes));
    }

    private static String inputs(String spectrograms) {
        return "{\"mel_spectrogram\": " + spectrograms + ", \"station_position\": " + ofStations("[45.07, 7.69]")
                + ", \"heard\": " + ofStations("true") + ", \"recorded\": " + ofStations("true")
                + ", \"in_service\": " + ofStations("true") + ", \"level_db\": " + ofStations("-60")
                + ", \"station_index\": " + ofStations("0") + ", \"frequency_hz\": 145000000}";
    }

    private static String ofStations(String value) {
        return Collections.nCopies(STATIONS, value).toString();
    }

    /** Returns values as nested arrays: of stations, of bands, of frames. */
    private static String arrays(float[] values) {
        return IntStream.range(0, STATIONS)
                .mapToObj(station -> IntStream.range(0, LocalizationNet.BANDS)
                        .mapToObj(band -> row(values, station * LocalizationNet.BANDS + band))
                        .collect(Collectors.joining(",", "[", "]")))
                .collect(Collectors.joining(",", "[", "]"));
    }

    private static String row(float[] values, int row) {
        return IntStream.range(0, LocalizationNet.FRAMES)
                .mapToObj(frame -> Float.toString(values[row * LocalizationNet.FRAMES + frame]))
                .collect(Collectors.joining(",", "[", "]"));
    }
}

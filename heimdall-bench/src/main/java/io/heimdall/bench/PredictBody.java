package io.heimdall.bench;

import io.heimdall.model.network.LocalizationNet;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
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

    /** Returns the features of a channel for each station, as JSON and as bytes, and the inputs of a set of as many stations. */
    static List<PredictBody> all() {
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
                json(SET, "/predict?model_name=" + SET, "{\"inputs\": " + inputs(channels) + "}"));
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

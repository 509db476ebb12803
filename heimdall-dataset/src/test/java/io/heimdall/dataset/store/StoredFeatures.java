package io.heimdall.dataset.store;

import io.heimdall.features.spectrum.FeatureParameters;
import io.heimdall.files.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;

/** Features to store, each a function of its number. */
public final class StoredFeatures {

    /** Few features, so that many recordings are quick. */
    public static final FeatureParameters SMALL =
            FeatureParameters.network().withMels(8).withFrames(4);

    private StoredFeatures() {}

    /** Returns the key of a number. */
    public static FeatureKey key(int number) {
        return key(number, SMALL);
    }

    static FeatureKey key(int number, FeatureParameters parameters) {
        byte[] digest = Sha256.digest().digest((number + " " + parameters).getBytes(StandardCharsets.UTF_8));
        return new FeatureKey(HexFormat.of().formatHex(digest), parameters);
    }

    /** Returns the features of a number, between -100 and 0 dB. */
    public static float[] features(int number) {
        return features(number, SMALL);
    }

    static float[] features(int number, FeatureParameters parameters) {
        Random random = new Random(number);
        float[] features = new float[parameters.mels() * parameters.frames()];
        for (int i = 0; i < features.length; i++) {
            features[i] = -100 * random.nextFloat();
        }
        return features;
    }

    /** Stores the features of some numbers. */
    public static void put(FeatureStore store, int from, int end) throws IOException {
        for (int number = from; number < end; number++) {
            store.put(key(number), features(number));
        }
    }
}

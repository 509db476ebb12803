package io.heimdall.dataset.store;

import io.heimdall.dataset.Recorded;
import io.heimdall.features.spectrum.FeatureParameters;
import io.heimdall.files.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * Names the features of one recording by all that they follow from.
 *
 * @param hex SHA-256 of the recording's content, of how it is read, and of the version and parameters of the features; 64 lower-case
 *     hexadecimal digits
 * @param parameters of the features, with a fixed number of frames
 */
public record FeatureKey(String hex, FeatureParameters parameters) implements Comparable<FeatureKey> {

    /** Length of the digest. */
    static final int BYTES = 32;

    /**
     * Checks both.
     *
     * @throws IllegalArgumentException if {@code hex} is no SHA-256, or the number of frames follows the recording's length
     */
    public FeatureKey {
        if (!isHex(hex)) {
            throw new IllegalArgumentException("feature key '" + hex + "' is not 64 lower-case hexadecimal digits");
        }
        if (parameters.frames() == FeatureParameters.ALL_FRAMES) {
            throw new IllegalArgumentException("the features of a store have a fixed number of frames, not all");
        }
    }

    /**
     * Returns the key of a recording's features.
     *
     * @param contentSha256 of the recording's file or files, hexadecimal
     * @param recorded says how the recording is read: format, sample rate, and the part of the file
     * @param parameters with a fixed number of frames
     */
    public static FeatureKey of(String contentSha256, Recorded recorded, FeatureParameters parameters) {
        String text = contentSha256 + " " + recorded.format().orElse("") + " "
                + recorded.sampleRateHz().orElse(0) + " " + parameters.canonical()
                + recorded.part().canonical();
        byte[] digest = Sha256.digest().digest(text.getBytes(StandardCharsets.UTF_8));
        return new FeatureKey(HexFormat.of().formatHex(digest), parameters);
    }

    /** Returns the number of features, mels times frames. */
    public int size() {
        return parameters.mels() * parameters.frames();
    }

    /** Compares digests, as unsigned bytes. */
    @Override
    public int compareTo(FeatureKey other) {
        return hex.compareTo(other.hex);
    }

    byte[] bytes() {
        return HexFormat.of().parseHex(hex);
    }

    static boolean isHex(String text) {
        return text.length() == 2 * BYTES && text.chars().allMatch(c -> c >= '0' && c <= '9' || c >= 'a' && c <= 'f');
    }
}

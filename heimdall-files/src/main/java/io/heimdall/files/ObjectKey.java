package io.heimdall.files;

/**
 * The name of an object in a store, written {@code s3://bucket/key}.
 *
 * @param bucket letters, digits, dots and hyphens, starting with a letter or digit
 * @param key segments separated by single slashes; no segment is empty, {@code .} or {@code ..}, none has a
 *     backslash or a control character: every key is also a safe relative path
 */
public record ObjectKey(String bucket, String key) {

    /** Bucket of the recordings. */
    public static final String RECORDINGS = "heimdall-raw-iq";

    /** Bucket of the exported models. */
    public static final String MODELS = "heimdall-models";

    private static final String SCHEME = "s3://";

    /** Checks both parts. */
    public ObjectKey {
        if (!bucket.matches("[A-Za-z0-9][A-Za-z0-9.-]{0,62}")) {
            throw new IllegalArgumentException("bucket '" + bucket
                    + "' is not 1..63 letters, digits, dots and hyphens starting with a letter or digit");
        }
        for (String segment : key.split("/", -1)) {
            if (!isSegment(segment)) {
                throw new IllegalArgumentException("object key '" + key + "' has the segment '" + segment
                        + "'; a segment is not empty, '.' or '..' and has no backslash or control character");
            }
        }
    }

    /**
     * Returns whether {@code text} can stand between two slashes of a key.
     *
     * @param text any text
     * @return false for empty, {@code .}, {@code ..} and what contains slashes, backslashes or control characters
     */
    public static boolean isSegment(String text) {
        return !text.isEmpty()
                && !text.equals(".")
                && !text.equals("..")
                && text.chars().noneMatch(c -> c == '/' || c == '\\' || Character.isISOControl(c));
    }

    /**
     * Reads {@code s3://bucket/key}.
     *
     * @param location as {@link #toString()} writes it
     * @return the key
     * @throws IllegalArgumentException if it is anything else
     */
    public static ObjectKey parse(String location) {
        int slash = location.indexOf('/', SCHEME.length());
        if (!location.startsWith(SCHEME) || slash < 0) {
            throw new IllegalArgumentException("'" + location + "' is not of the form s3://bucket/key");
        }
        return new ObjectKey(location.substring(SCHEME.length(), slash), location.substring(slash + 1));
    }

    /**
     * Returns the key of an object beside this one.
     *
     * @param name the last segment of the new key
     * @return same bucket and folder, other name
     */
    public ObjectKey sibling(String name) {
        return new ObjectKey(bucket, key.substring(0, key.lastIndexOf('/') + 1) + name);
    }

    /**
     * Returns the last segment of the key.
     *
     * @return a file name
     */
    public String name() {
        return key.substring(key.lastIndexOf('/') + 1);
    }

    @Override
    public String toString() {
        return SCHEME + bucket + "/" + key;
    }
}

package io.heimdall.features.recording;

/** How the names of SigMF's files end. */
final class SigmfNames {
    static final String META = ".sigmf-meta";
    static final String DATA = ".sigmf-data";
    static final String ARCHIVE = ".sigmf";
    static final String COLLECTION = ".sigmf-collection";

    private static final int MAX_NAME = 255;

    private SigmfNames() {}

    /** Returns whether a name from outside stays in the recording's folder, on any system. */
    static boolean isPlain(String name) {
        return name != null
                && name.length() <= MAX_NAME
                && !name.isBlank()
                && !name.equals(".")
                && !name.equals("..")
                && name.chars().noneMatch(c -> c < ' ' || "/\\:*?\"<>|".indexOf(c) >= 0);
    }

    /** Returns whether a name has a suffix, in upper or lower case. */
    static boolean ends(String name, String suffix) {
        return name.regionMatches(true, name.length() - suffix.length(), suffix, 0, suffix.length());
    }
}

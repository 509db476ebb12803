package org.nd4j.nativeblas;

/**
 * Tells Deeplearning4j 1.0.0-M2.1, which asks a class of this name, whether the native libraries have oneDNN.
 *
 * <p>The class is gone from ND4J, and the question then counts as answered with no: convolutions run seven times slower,
 * without a word. The truth is checked where the engine is loaded.
 */
public final class Nd4jCpu$Environment {
    private static final Nd4jCpu$Environment INSTANCE = new Nd4jCpu$Environment();

    private Nd4jCpu$Environment() {}

    /** Returns the only one; called by reflection. */
    public static Nd4jCpu$Environment getInstance() {
        return INSTANCE;
    }

    /** Returns true; called by reflection. */
    public boolean isUseMKLDNN() {
        return true;
    }
}

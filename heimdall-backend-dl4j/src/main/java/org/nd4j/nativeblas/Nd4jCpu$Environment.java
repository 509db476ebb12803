package org.nd4j.nativeblas;

/**
 * Tells Deeplearning4j 1.0.0-M2.1, which asks a class of this name, whether the native libraries have oneDNN.
 *
 * <p>ND4J no longer has this class. Without it Deeplearning4j assumes that oneDNN is missing, and convolutions run
 * seven times slower without a message. The engine checks for oneDNN when it is loaded.
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

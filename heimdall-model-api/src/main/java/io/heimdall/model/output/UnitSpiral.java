package io.heimdall.model.output;

/**
 * The numbers of a {@link SpiralSample} that no distribution changes, for samples up to a size. Logarithms and angles take most of
 * a sample's time, so the last table is kept for all.
 */
final class UnitSpiral {
    private static final double TURN = Math.PI * (Math.sqrt(5) - 1);
    private static final int LEAST_LENGTH = 4096;

    /** Two threads may make the same one twice, which does no harm. */
    private static volatile UnitSpiral last;

    private final double[] cosine;
    private final double[] sine;
    private final double[] log;

    private UnitSpiral(int length) {
        cosine = new double[length];
        sine = new double[length];
        log = new double[length];
        double turnCosine = Math.cos(TURN);
        double turnSine = Math.sin(TURN);
        cosine[0] = 1;
        for (int i = 1; i < length; i++) {
            cosine[i] = cosine[i - 1] * turnCosine - sine[i - 1] * turnSine;
            sine[i] = sine[i - 1] * turnCosine + cosine[i - 1] * turnSine;
        }
        for (int i = 0; i < length; i++) {
            log[i] = Math.log(i + 0.5);
        }
    }

    /** Returns a table for samples of up to {@code size} points. */
    static UnitSpiral of(int size) {
        UnitSpiral table = last;
        if (table == null || table.log.length < size) {
            table = new UnitSpiral(Math.max(size, LEAST_LENGTH));
            last = table;
        }
        return table;
    }

    /** Returns the cosines of the points' angles, of a spiral that is not turned; not to be changed. */
    double[] cosine() {
        return cosine;
    }

    /** Returns the sines of the points' angles; not to be changed. */
    double[] sine() {
        return sine;
    }

    /**
     * Writes the squares of the radii of {@code size} points.
     *
     * @param out written from {@code at} on
     */
    void squaredRadii(int size, double[] out, int at) {
        double all = Math.log(size);
        for (int i = 0; i < size; i++) {
            out[at + i] = 2 * (all - log[size - 1 - i]);
        }
    }
}

package io.heimdall.features.delay;

/** The values {@code exp(2i pi c k)} for successive {@code k}, by a recurrence. One thread at a time. */
final class Turn {
    /** So many steps lose some 1e-13. */
    private static final int STEPS = 512;

    private final double cycles;
    private final double stepCos;
    private final double stepSin;
    private int k;
    private double cos;
    private double sin;

    Turn(double cycles) {
        this.cycles = cycles;
        stepCos = Math.cos(2 * Math.PI * cycles);
        stepSin = Math.sin(2 * Math.PI * cycles);
        start(0);
    }

    /** Goes to {@code k}. */
    void start(int at) {
        k = at;
        double turns = cycles * k;
        double angle = 2 * Math.PI * (turns - Math.rint(turns));
        cos = Math.cos(angle);
        sin = Math.sin(angle);
    }

    /** Goes to the next {@code k}. */
    void next() {
        if (++k % STEPS == 0) {
            start(k);
            return;
        }
        double re = cos * stepCos - sin * stepSin;
        sin = cos * stepSin + sin * stepCos;
        cos = re;
    }

    double cos() {
        return cos;
    }

    double sin() {
        return sin;
    }
}

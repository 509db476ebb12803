package io.heimdall.features.recording;

/** How far time stamps lie from a straight line over the samples, by sums that do not grow. Confined to one thread. */
final class StampSpread {
    private long count;
    private double meanX;
    private double meanY;
    private double squaresX;
    private double squaresY;
    private double products;

    /**
     * Takes a stamp.
     *
     * @param sample any, from wherever it is counted
     * @param seconds how much later the stamp is than expected
     */
    void add(double sample, double seconds) {
        count++;
        double x = sample - meanX;
        double y = seconds - meanY;
        meanX += x / count;
        meanY += y / count;
        squaresX += x * (sample - meanX);
        squaresY += y * (seconds - meanY);
        products += x * (seconds - meanY);
    }

    /** Returns the deviation of the stamps from the line that fits them best, seconds; 0 for fewer than three. */
    double sigma() {
        return count < 3 ? 0 : Math.sqrt(Math.max(0, squaresY - products * products / squaresX) / (count - 2));
    }
}

package io.heimdall.features.delay;

import java.time.Instant;

/**
 * The estimated delay of a signal at the first of two receivers, with its standard deviation.
 *
 * <p>With {@code a(t)} and {@code b(t)} the recordings as functions of their receivers' own time (sample {@code n} stands at
 * the start time plus {@code n} over the rate, plus the gaps before it), the delay is the {@code tau} at which
 * {@code a(t)} is most like {@code b(t - tau) exp(2i pi nu t)}. So it is positive where the first recording has the signal
 * later, and for one path at the speed {@code c} it is {@code (distance to a - distance to b) / c}, plus the error of clock
 * {@code a} less that of clock {@code b}.
 *
 * <p>Three errors are independent of each other:
 * <ul>
 *   <li><em>noise</em>: Stein's bound, line by line: {@code 1 / sigma^2 = T_lines sum_k 2 C_k / (1 - C_k) (omega_k - mean)^2}
 *       with the measured coherence {@code C}; for flat spectra that is {@code 1 / (beta sqrt(B T gamma))}
 *   <li><em>dispersion</em>: the part that one delay cannot explain, since the phase between the recordings is no straight line over
 *       frequency: several paths, or the filters and antennas of the receivers; 0 where nothing of it is to be seen
 *   <li><em>clocks</em>: of both receivers together
 * </ul>
 *
 * @param delaySeconds the delay
 * @param noiseSigmaSeconds one sigma by noise
 * @param dispersionSigmaSeconds one sigma by dispersion
 * @param clockSigmaSeconds one sigma by the clocks
 * @param frequencyOffsetHz the signal's frequency in the first recording less that in the second, after what the receivers
 *     were tuned to
 * @param driftPpm by how much the delay grows in time, microseconds a second; 0 where nothing of it is to be seen
 * @param coherence the magnitude-squared coherence of the lines that tell the delay, their mean by weight, 0..1
 * @param rmsBandwidthHz the bandwidth that tells the delay: Stein's beta over 2 pi
 * @param secondPeakRatio the height of the highest other peak in the searched range to that of the peak, 0..1
 * @param time the middle of the common time, for which the delay holds
 * @param commonSeconds how much time both recorded
 * @param curve the cross-ambiguity around the peak
 * @see <a href="https://doi.org/10.1109/TASSP.1981.1163621">Stein, 1981</a>
 */
public record DelayEstimate(
        double delaySeconds,
        double noiseSigmaSeconds,
        double dispersionSigmaSeconds,
        double clockSigmaSeconds,
        double frequencyOffsetHz,
        double driftPpm,
        double coherence,
        double rmsBandwidthHz,
        double secondPeakRatio,
        Instant time,
        double commonSeconds,
        DelayCurve curve)
        implements Delay {

    /** Returns one sigma of the delay by the signal: noise and dispersion. */
    public double signalSigmaSeconds() {
        return Math.hypot(noiseSigmaSeconds, dispersionSigmaSeconds);
    }

    /** Returns one sigma of the delay by all that is known: noise, dispersion and clocks. */
    public double sigmaSeconds() {
        return Math.hypot(signalSigmaSeconds(), clockSigmaSeconds);
    }

    /**
     * Returns the log likelihood of a delay by the signal alone, the clocks aside, less that of the estimate: 0 there,
     * {@code -1/2} one {@link #signalSigmaSeconds()} away, and high again at the other peaks of the curve.
     *
     * @param delaySeconds any
     */
    public double logLikelihood(double delaySeconds) {
        double step = curve.stepSeconds();
        double bend = (2 - curve.heightAt(this.delaySeconds - step) - curve.heightAt(this.delaySeconds + step))
                / (step * step);
        double sigma = signalSigmaSeconds();
        return (curve.heightAt(delaySeconds) - 1) / (bend * sigma * sigma);
    }
}

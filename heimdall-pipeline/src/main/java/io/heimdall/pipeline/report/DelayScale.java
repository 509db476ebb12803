package io.heimdall.pipeline.report;

import io.heimdall.features.delay.DelayCurve;
import io.heimdall.features.delay.DelayEstimate;

/**
 * The axes of a delay's pictures.
 *
 * @param wholeFrom the curve's first delay, seconds
 * @param wholeTo its last
 * @param peakFrom the first delay around the peak, seconds
 * @param peakTo the last
 * @param seconds the unit of both axes
 * @param name what they are called
 */
record DelayScale(double wholeFrom, double wholeTo, double peakFrom, double peakTo, double seconds, String name) {
    private static final double SIGMAS = 5;

    static DelayScale of(DelayEstimate estimate) {
        DelayCurve curve = estimate.curve();
        double from = curve.delaySeconds(0);
        double to = Math.max(from + curve.stepSeconds(), curve.delaySeconds(curve.points() - 1));
        double lobe = 0.5 / Math.max(1e-9, estimate.rmsBandwidthHz());
        double around = Math.max(lobe, SIGMAS * estimate.signalSigmaSeconds());
        double unit = to - from >= 2e-3 ? 1e-3 : 1e-6;
        return new DelayScale(
                from,
                to,
                Math.max(from, estimate.delaySeconds() - around),
                Math.min(to, estimate.delaySeconds() + around),
                unit,
                unit == 1e-3 ? "delay / ms" : "delay / us");
    }
}

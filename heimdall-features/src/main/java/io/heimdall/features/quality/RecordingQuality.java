package io.heimdall.features.quality;

import java.util.OptionalDouble;

/**
 * Measures of a recording, by which training can leave out the bad ones.
 *
 * <p>With samples {@code x[n]} of full scale 1.0, the spectrum {@code S[k]} by Welch's method (Hann, half overlapping)
 * scaled so that it adds up to the mean power, and the noise floor {@code N} a line, estimated from the lower quartile of
 * the lines and so right while signals fill less than about half of the band:
 * <pre>{@code
 * level     = 10 log10 mean |x|^2           at least -200 dB, as all levels here
 * dc        = 10 log10 |mean x|^2
 * clipped   = share of samples whose I or Q has the largest value of its type, or the negative of that, or less
 * signal    = lines that noise alone would pass once in 30 000 lines
 * snr       = 10 log10 ( sum over signal of (S[k] - N) / sum over all lines of N )
 * occupied  = width of the band that leaves 0.5 % of sum (S[k] - N) above and 0.5 % below
 * offset    = mean frequency of the signal, weighted by S[k] - N
 * }</pre>
 *
 * <p>The signal-to-noise ratio is that in the whole recorded band, less what a receiver's own filter takes away at the
 * band's ends: where the spectrum rises by 20 dB within a fiftieth of the band, as far from 0 Hz on either side, the lines
 * beyond are left out of signal and noise. In the occupied band it is higher by {@code 10 log10
 * (recorded / occupied)}. A receiver's own carrier at 0 Hz counts as a signal like any other.
 *
 * @param samples how many samples were looked at
 * @param levelDbfs mean power, decibels to full scale
 * @param peakDbfs the largest value of I or Q, squared, decibels to full scale
 * @param clippedShare 0..1
 * @param dcDbfs power of the mean, decibels to full scale
 * @param snrDb decibels, empty where nothing stands out of the noise or there are less than 128 samples
 * @param occupiedBandwidthHz hertz, empty where {@code snrDb} is or the rate is unknown
 * @param frequencyOffsetHz hertz above the tuned frequency (of a real recording: above 0 Hz), empty likewise
 * @param invalidSamples samples that hold a NaN or an infinity, taken as 0
 * @see <a href="https://www.itu.int/rec/R-REC-SM.443">ITU-R SM.443, bandwidth measurement at monitoring stations</a>
 * @see <a href="https://doi.org/10.1109/TAU.1967.1161901">Welch, 1967</a>
 */
public record RecordingQuality(
        long samples,
        double levelDbfs,
        double peakDbfs,
        double clippedShare,
        double dcDbfs,
        OptionalDouble snrDb,
        OptionalDouble occupiedBandwidthHz,
        OptionalDouble frequencyOffsetHz,
        long invalidSamples) {}

package io.heimdall.features.spectrum;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Makes complex noise whose mel bands have given mean powers: a signal with the spectrum of a recorded one.
 *
 * <p>The powers {@code P} of the bins are those that the bands' powers {@code b} follow from, {@code b = H P} with the filter
 * bank {@code H}, by the iteration of Richardson and Lucy, which keeps them positive. Noise of this spectrum comes from blocks of
 * random phases and amplitudes that overlap by half. Immutable and thread-safe.
 *
 * @see <a href="https://doi.org/10.1364/JOSA.62.000055">Richardson, Bayesian-based iterative method of image restoration, 1972</a>
 */
public final class NoiseShaper {
    private static final int ROUNDS = 50;

    private final FeatureParameters parameters;
    private final Fft fft;
    /** The filter bank, {@code [band][bin]}. */
    private final double[][] bank;

    /** Of each band, the first bin that it holds and the one after the last. */
    private final int[] first;

    private final int[] end;
    private final double[] bankOfBin;
    private final double windowEnergy;

    private NoiseShaper(FeatureParameters parameters) {
        this.parameters = parameters;
        int bins = parameters.fftLength();
        fft = Fft.of(bins);
        bank = new double[parameters.mels()][bins];
        first = new int[parameters.mels()];
        end = new int[parameters.mels()];
        bankOfBin = new double[bins];
        windowEnergy = IntStream.range(0, bins).mapToDouble(this::windowPower).sum();
        MelBank bands = MelBank.of(parameters.melParameters(1));
        double[] power = new double[bins];
        float[] response = new float[parameters.mels()];
        for (int k = 0; k < bins; k++) {
            power[k] = 1;
            bands.apply(power, response);
            power[k] = 0;
            for (int band = 0; band < response.length; band++) {
                bank[band][k] = response[band];
                bankOfBin[k] += response[band];
                if (response[band] > 0) {
                    first[band] = end[band] == 0 ? k : first[band];
                    end[band] = k + 1;
                }
            }
        }
    }

    /**
     * Returns the shaper for features of complex recordings.
     *
     * @throws IllegalArgumentException if the features are not two-sided ones on the audio scale, with a number of frames
     */
    public static NoiseShaper of(FeatureParameters parameters) {
        if (parameters.sides() != Sides.TWO_SIDED || parameters.scale() != MelScale.AUDIO || parameters.frames() < 1) {
            throw new IllegalArgumentException(
                    "noise is shaped by two-sided bands on the audio scale, not by " + parameters.canonical());
        }
        return new NoiseShaper(parameters);
    }

    /** Returns the mean power of a band that white noise has whose samples have a mean power of 1. */
    public double whitePower() {
        return windowEnergy * Arrays.stream(bankOfBin).sum() / parameters.mels();
    }

    /**
     * Makes noise.
     *
     * @param bands power of each band, over all frames; not negative, and some positive
     * @param frames power of each frame over all bands, as multiples of their mean; a recording's edges count as what they are
     * @param samples of the noise, at least 1
     * @return pairs I, Q; the mean of its bands' powers is that of {@code bands} but for what falls into bands without bins
     * @throws IllegalArgumentException if there are not as many bands and frames as features have
     */
    public float[] noise(double[] bands, double[] frames, int samples, SplittableRandom random) {
        if (bands.length != parameters.mels() || frames.length != parameters.frames()) {
            throw new IllegalArgumentException(bands.length + " bands and " + frames.length + " frames, where "
                    + parameters.mels() + " and " + parameters.frames() + " are wanted");
        }
        double[] power = binPowers(bands);
        double[] noise = stationary(power, samples, random);
        double[] envelope = envelope(frames, samples);
        double wanted = Arrays.stream(power).sum() / parameters.fftLength() / windowEnergy;
        double wantedSum = 0;
        double sum = 0;
        for (int n = 0; n < samples; n++) {
            wantedSum += wanted * envelope[n];
            sum += envelope[n] * (noise[2 * n] * noise[2 * n] + noise[2 * n + 1] * noise[2 * n + 1]);
        }
        double scale = sum > 0 ? Math.sqrt(wantedSum / sum) : 0;
        float[] iq = new float[2 * samples];
        for (int n = 0; n < iq.length; n++) {
            iq[n] = (float) (scale * Math.sqrt(envelope[n / 2]) * noise[n]);
        }
        return iq;
    }

    /** Returns the power of each bin, of a frame's windowed spectrum. */
    private double[] binPowers(double[] bands) {
        double[] power = new double[parameters.fftLength()];
        Arrays.fill(power, Math.max(Arrays.stream(bands).average().orElse(0), Double.MIN_NORMAL));
        double[] correction = new double[power.length];
        for (int round = 0; round < ROUNDS; round++) {
            Arrays.fill(correction, 0);
            for (int band = 0; band < bands.length; band++) {
                double explained = 0;
                for (int k = first[band]; k < end[band]; k++) {
                    explained += bank[band][k] * power[k];
                }
                double ratio = explained > 0 ? bands[band] / explained : 0;
                for (int k = first[band]; k < end[band]; k++) {
                    correction[k] += bank[band][k] * ratio;
                }
            }
            for (int k = 0; k < power.length; k++) {
                power[k] *= bankOfBin[k] > 0 ? correction[k] / bankOfBin[k] : 0;
            }
        }
        return power;
    }

    /** Blocks of half a sine as their window add up to noise of constant power. */
    private double[] stationary(double[] power, int samples, SplittableRandom random) {
        int length = parameters.fftLength();
        int half = length / 2;
        double[] noise = new double[2 * samples];
        double[] block = new double[2 * length];
        double[] work = new double[fft.workLength()];
        for (int start = -half; start < samples; start += half) {
            for (int k = 0; k < length; k++) {
                // The transform runs the other way round, and the mirrored spectrum with it.
                int mirrored = (length - k) % length;
                double amplitude = Math.sqrt(power[k] / windowEnergy / length / 2);
                block[2 * mirrored] = amplitude * random.nextGaussian();
                block[2 * mirrored + 1] = amplitude * random.nextGaussian();
            }
            fft.forward(block, work);
            for (int n = Math.max(0, -start); n < length && start + n < samples; n++) {
                double window = Math.sin(Math.PI * (n + 0.5) / length);
                noise[2 * (start + n)] += window * block[2 * n];
                noise[2 * (start + n) + 1] += window * block[2 * n + 1];
            }
        }
        return noise;
    }

    /** Returns the power of each sample: frames, without what they lose where their window reaches beyond the recording. */
    private double[] envelope(double[] frames, int samples) {
        double[] inner = new double[frames.length];
        for (int f = 0; f < frames.length; f++) {
            double middle = (f + 0.5) / frames.length * samples;
            double inside = 0;
            for (int n = 0; n < parameters.fftLength(); n++) {
                double at = middle - parameters.fftLength() / 2.0 + n;
                inside += at >= 0 && at < samples ? windowPower(n) : 0;
            }
            inner[f] = frames[f] * windowEnergy / Math.max(inside, windowEnergy / 8);
        }
        double[] envelope = new double[samples];
        for (int n = 0; n < samples; n++) {
            double at = (n + 0.5) / samples * frames.length - 0.5;
            int before = (int) Math.max(0, Math.min(frames.length - 1.0, Math.floor(at)));
            int after = Math.min(frames.length - 1, before + 1);
            double share = Math.max(0, Math.min(1, at - before));
            envelope[n] = (1 - share) * inner[before] + share * inner[after];
        }
        return envelope;
    }

    private double windowPower(int n) {
        double window = 0.5 - 0.5 * Math.cos(2 * Math.PI * n / parameters.fftLength());
        return window * window;
    }
}

package io.heimdall.export;

import io.heimdall.model.FloatTensor;
import java.util.OptionalDouble;

/**
 * How the spectrogram that a model reads follows from IQ samples.
 *
 * <p>With {@code N} the FFT length, {@code w} a periodic Hann window, {@code B} the bank, {@code F} hop frames centred on the samples
 * {@code t hop}, zeros outside of the recording, and {@code G} columns:
 * <pre>{@code
 * power[m][t] = sum_k B[m][k] | sum_n w[n] x[t hop - N/2 + n] exp(-2i pi k n / N) |^2
 * dB[m][g]    = 10 log10( max( mean of power[m][t], t in floor(g F / G) .. floor((g+1) F / G) - 1, 1e-10 ) )
 * }</pre>
 *
 * @param samples of each recording, at least the columns
 * @param hopSamples from one frame to the next
 * @param columns of the spectrogram, at most {@code F}
 * @param bank weights of the bands, (bands, N): bin k of 0..N-1 as the transform gives it, 0 Hz first
 * @param absentDb level of all bands where a recording is all zeros: the station has none; empty where the model has another input for
 *     that
 */
public record FrontEnd(int samples, int hopSamples, int columns, FloatTensor bank, OptionalDouble absentDb) {
    /** The most samples in all frames of the recordings of one row together; ONNX Runtime holds several copies of them, 8 bytes each. */
    public static final long MOST_FRAME_SAMPLES = 1L << 24;

    private static final int MOST_SLICES = 64;

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException with the value and what is expected
     */
    public FrontEnd {
        int length = bank.shape()[1];
        if (hopSamples < 1 || (length + hopSamples - 1) / hopSamples > MOST_SLICES) {
            throw new IllegalArgumentException(
                    "a hop of " + hopSamples + " samples is too short for frames of " + length
                            + ": a recording in a model file takes " + (long) columns * length / MOST_SLICES
                            + " samples or more, and has "
                            + samples);
        }
        if (frames(samples, hopSamples) < columns) {
            throw new IllegalArgumentException(samples + " samples have " + frames(samples, hopSamples)
                    + " frames, expected " + columns + " or more");
        }
        checkRoom(1, samples, frames(samples, hopSamples), length);
    }

    /**
     * Checks that the frames of so many recordings are not too many.
     *
     * @param recordings that each row has, at least 1
     * @throws IllegalArgumentException with the number of frames, and how many there may be
     */
    void checkRoom(long recordings) {
        checkRoom(recordings, samples, frames(), fftLength());
    }

    private static void checkRoom(long recordings, int samples, long frames, int length) {
        long most = MOST_FRAME_SAMPLES / length / recordings;
        if (frames > most) {
            String each = recordings == 1 ? "recordings" : recordings + " recordings at a time, each";
            throw new IllegalArgumentException(each + " of " + samples + " samples have " + frames + " frames of "
                    + length + ", expected are at most " + most
                    + ": all of them are in memory at a time; take fewer seconds");
        }
    }

    private static long frames(long samples, int hop) {
        return 1 + samples / hop;
    }

    /** Returns the number of hop frames. */
    int frames() {
        return Math.toIntExact(frames(samples, hopSamples));
    }

    /** Returns the samples of a frame. */
    int fftLength() {
        return bank.shape()[1];
    }

    /** Returns the bands of the spectrogram. */
    int bands() {
        return bank.shape()[0];
    }
}

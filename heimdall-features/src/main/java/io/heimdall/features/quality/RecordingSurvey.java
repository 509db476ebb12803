package io.heimdall.features.quality;

import io.heimdall.features.recording.Recording;
import io.heimdall.features.recording.RecordingInfo;
import io.heimdall.features.spectrum.Scratch;
import io.heimdall.features.spectrum.Stft;
import java.io.IOException;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** The result of one pass over a recording: its quality, its mean spectrum, and its spectrum over time. Immutable. */
public final class RecordingSurvey {
    private static final int MAX_FFT = 2048;
    private static final int MIN_FFT = 16;
    private static final int BLOCK_FRAMES = 32;

    private final RecordingInfo info;
    private final RecordingQuality quality;
    private final List<String> warnings;
    private final float[] spectrumDb;
    private final float[][] columnsDb;

    private RecordingSurvey(
            RecordingInfo info,
            RecordingQuality quality,
            List<String> warnings,
            float[] spectrumDb,
            float[][] columnsDb) {
        this.info = info;
        this.quality = quality;
        this.warnings = warnings;
        this.spectrumDb = spectrumDb;
        this.columnsDb = columnsDb;
    }

    /**
     * Looks at a recording.
     *
     * @param recording is read, and left open
     * @param columns into how many equal times it is divided at most, 1..100 000
     * @throws IllegalArgumentException if {@code columns} is not in its range
     * @throws IOException if it cannot be read
     */
    public static RecordingSurvey of(Recording recording, int columns) throws IOException {
        if (columns < 1 || columns > 100_000) {
            throw new IllegalArgumentException("columns " + columns + " is not in 1..100000");
        }
        RecordingInfo info = recording.info();
        SampleStatistics statistics = new SampleStatistics(info);
        int fft = fftLength(info.samples());
        int hop = Math.max(1, fft / 2);
        long frames = info.samples() < fft ? 0 : (info.samples() - fft) / hop + 1;
        WelchSpectrum spectrum = new WelchSpectrum(fft, info.complex(), frames, columns);
        Stft stft = Stft.of(fft, hop, info.complex(), false);
        Scratch scratch = stft.newScratch();
        int block = (BLOCK_FRAMES - 1) * hop + fft;
        int width = info.complex() ? 2 : 1;
        float[] samples = new float[block * width];
        float[] frame = new float[fft * width];
        float[] transformed = new float[2 * stft.bins()];
        long counted = 0;
        for (long first = 0; first < info.samples(); first += (long) BLOCK_FRAMES * hop) {
            int read = recording.read(first, samples, 0, block);
            statistics.cleanAndCount(samples, (int) Math.min(read, counted - first), read);
            counted = Math.max(counted, first + read);
            int blockFrames = Math.min(BLOCK_FRAMES, stft.frames(read));
            for (int t = 0; t < blockFrames; t++) {
                // One frame at a time: its lines then stand side by side, which is three times as fast.
                System.arraycopy(samples, t * hop * width, frame, 0, frame.length);
                stft.transform(frame, fft, transformed, scratch);
                spectrum.add(transformed, first / hop + t);
            }
        }
        return new RecordingSurvey(
                info,
                quality(info, statistics, spectrum),
                SampleWarnings.of(info, statistics),
                spectrum.meanDb(),
                spectrum.columnsDb());
    }

    private static RecordingQuality quality(RecordingInfo info, SampleStatistics statistics, WelchSpectrum spectrum) {
        SignalLines signal = SignalLines.of(LineSpectrum.of(spectrum, statistics, info), info.complex());
        OptionalDouble rate = info.sampleRateHz();
        boolean known = signal.found() && rate.isPresent();
        double hertz = rate.orElse(0) / spectrum.fftLength();
        return new RecordingQuality(
                statistics.samples(),
                statistics.levelDbfs(),
                statistics.peakDbfs(),
                statistics.clippedShare(),
                statistics.dcDbfs(),
                signal.snrDb(),
                known ? OptionalDouble.of(signal.occupiedLines() * hertz) : OptionalDouble.empty(),
                known ? OptionalDouble.of(signal.meanLine() * hertz) : OptionalDouble.empty(),
                statistics.invalid());
    }

    /** The longest transform of which half overlapping ones fit 15 times into the recording. */
    private static int fftLength(long samples) {
        int length = MAX_FFT;
        while (length > MIN_FFT && length > samples / 8) {
            length /= 2;
        }
        return length;
    }

    /** Returns what the recording says of itself. */
    public RecordingInfo info() {
        return info;
    }

    /** Returns the measures. */
    public RecordingQuality quality() {
        return quality;
    }

    /**
     * Returns what speaks against the use of the recording: what its reader warns of, then what its samples show, such as a
     * level above full scale, silence, or I equal to Q. Each is a sentence without the recording's name; none is empty.
     */
    public List<String> warnings() {
        return Stream.concat(info.warnings().stream(), warnings.stream()).toList();
    }

    /** Returns the number of spectral lines: of a complex recording from -rate/2 on, of a real one from 0 to rate/2. */
    public int bins() {
        return spectrumDb.length;
    }

    /**
     * Returns the frequency of a line in cycles per sample, -0.5..0.5.
     *
     * @param bin 0..{@link #bins()} - 1
     */
    public double cyclesPerSample(int bin) {
        return info.complex() ? (double) bin / bins() - 0.5 : bin * 0.5 / (bins() - 1);
    }

    /** Returns the mean power of each line, decibels to full scale, at least -200; a fresh array. */
    public float[] spectrumDb() {
        return spectrumDb.clone();
    }

    /** Returns the number of equal times that the recording is divided into; 0 where it is shorter than a frame. */
    public int columns() {
        return columnsDb.length;
    }

    /**
     * Returns the mean power of each line in one of the times, decibels to full scale, at least -200; a fresh array.
     *
     * @param index 0..{@link #columns()} - 1
     */
    public float[] columnDb(int index) {
        return columnsDb[index].clone();
    }
}

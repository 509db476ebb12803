package io.heimdall.features.delay;

import io.heimdall.features.recording.Recording;
import java.io.IOException;

/**
 * Spectra at lines that are not those of the recording's own rate: the chirp z-transform resamples exactly, whatever the
 * ratio of the rates.
 *
 * <p>With line {@code k} at {@code alpha k} cycles per sample, {@code k i = (k^2 + i^2 - (k - i)^2) / 2} makes the sum over
 * samples {@code i} a convolution with a chirp, which two transforms do.
 *
 * @see <a href="https://doi.org/10.1109/TAU.1969.1162034">Rabiner, Schafer, Rader, 1969</a>
 */
final class ChirpSpectra implements LineSpectra {
    private final GroupFft lines;
    private final GroupFft convolution;
    private final SegmentReader reader;
    private final double rateHz;
    private final double lineHz;
    private final int length;
    private final float[] chirp;
    private final float[] filter;
    private final float[] work;
    private final float[] product;
    private final float[] group;
    private final double[] off = new double[GroupFft.SEGMENTS];
    private final long[] firsts = new long[GroupFft.SEGMENTS];

    /**
     * Prepares spectra.
     *
     * @param lines of the other recording, whose layout is taken
     * @param lineHz the distance of the lines
     * @param raiseHz by which all frequencies are raised
     */
    ChirpSpectra(Recording recording, GroupFft lines, double lineHz, double raiseHz) {
        this.lines = lines;
        this.lineHz = lineHz;
        rateHz = recording.info().sampleRateHz().orElseThrow();
        length = (int) Math.round(rateHz / lineHz);
        // Raised by half of the lines, they count from 0.
        reader = new SegmentReader(recording, length, (raiseHz + lineHz * lines.size() / 2) / rateHz);
        int reach = length + lines.size();
        convolution = new GroupFft(Integer.highestOneBit(reach - 1) * 2, lines.kernels());
        chirp = chirp(reach, lineHz / rateHz);
        filter = filter();
        work = convolution.newGroup();
        product = convolution.newGroup();
        group = lines.newGroup();
    }

    /** Returns {@code exp(-i pi alpha j^2)} for {@code j = 0 .. count - 1}; the phase is reduced before it is rounded. */
    private static float[] chirp(int count, double alpha) {
        float[] values = new float[2 * count];
        for (int j = 0; j < count; j++) {
            double half = alpha * j * j / 2;
            double angle = 2 * Math.PI * (half - Math.rint(half));
            values[2 * j] = (float) Math.cos(angle);
            values[2 * j + 1] = (float) -Math.sin(angle);
        }
        return values;
    }

    @Override
    public void compute(Piece piece, double[] centres, int count, double[] late) throws IOException {
        for (int s = 0; s < count; s++) {
            long first = Math.round(piece.sampleAt(centres[s]) - length / 2.0);
            firsts[s] = Math.max(piece.first(), Math.min(first, piece.end() - length));
            late[s] = piece.secondsAt(firsts[s] + length / 2.0) - centres[s];
            off[s] = late[s] * rateHz;
        }
        reader.read(firsts, off, count, convolution, work);
        multiply(work, 0, length, chirp);
        convolution.forward(work, count);
        multiply(work, 0, convolution.size(), filter);
        conjugate(count);
        convolution.forward(product, count);
        for (int s = 0; s < count; s++) {
            spread(s, late[s] + 0.5 / lineHz - length / 2.0 / rateHz);
        }
    }

    @Override
    public boolean allowForLateness() {
        return true;
    }

    /** Multiplies value {@code i} of each segment by factor {@code i}. */
    private void multiply(float[] values, int from, int to, float[] factors) {
        int lanes = convolution.lanes();
        for (int s = 0; s < GroupFft.SEGMENTS; s += lanes) {
            int batch = convolution.batch(s / lanes);
            for (int i = from; i < to; i++) {
                float re = factors[2 * i];
                float im = factors[2 * i + 1];
                int at = batch + 2 * i * lanes;
                for (int lane = at; lane < at + lanes; lane++) {
                    float x = values[lane];
                    float y = values[lane + lanes];
                    values[lane] = x * re - y * im;
                    values[lane + lanes] = x * im + y * re;
                }
            }
        }
    }

    /** Puts the conjugate product into the order of the lines, so that the next transform goes back. */
    private void conjugate(int count) {
        int lanes = convolution.lanes();
        int[] place = convolution.place();
        for (int s = 0; s < count; s += lanes) {
            int batch = convolution.batch(s / lanes);
            for (int k = 0; k < place.length; k++) {
                int from = batch + 2 * place[k] * lanes;
                int to = batch + 2 * k * lanes;
                for (int lane = 0; lane < lanes; lane++) {
                    product[to + lane] = work[from + lane];
                    product[to + lanes + lane] = -work[from + lanes + lane];
                }
            }
        }
    }

    /** Writes the lines of a segment that begins so many seconds late. */
    private void spread(int segment, double late) {
        int lanes = lines.lanes();
        int from = convolution.batch(segment / lanes) + segment % lanes;
        int to = lines.batch(segment / lanes) + segment % lanes;
        int size = lines.size();
        double scale = 1.0 / convolution.size();
        Turn turn = new Turn(-lineHz * late);
        turn.start(-size / 2);
        for (int k = 0; k < size; k++) {
            int place = from + 2 * convolution.place()[k] * lanes;
            double re = product[place] * scale;
            double im = -product[place + lanes] * scale;
            double c = chirp[2 * k] * turn.cos() - chirp[2 * k + 1] * turn.sin();
            double d = chirp[2 * k] * turn.sin() + chirp[2 * k + 1] * turn.cos();
            int line = to + 2 * lines.place()[k < size / 2 ? k + size / 2 : k - size / 2] * lanes;
            group[line] = (float) (re * c - im * d);
            group[line + lanes] = (float) (re * d + im * c);
            turn.next();
        }
    }

    /** Returns the spectrum of the conjugate chirp, in the order in which the transform leaves it. */
    private float[] filter() {
        int lanes = convolution.lanes();
        int size = convolution.size();
        float[] values = convolution.newGroup();
        for (int j = 1 - length; j < lines.size(); j++) {
            int at = 2 * (j < 0 ? j + size : j) * lanes;
            values[at] = chirp[2 * Math.abs(j)];
            values[at + lanes] = -chirp[2 * Math.abs(j) + 1];
        }
        convolution.forward(values, 1);
        float[] spectrum = new float[2 * size];
        for (int i = 0; i < size; i++) {
            spectrum[2 * i] = values[2 * i * lanes];
            spectrum[2 * i + 1] = values[2 * i * lanes + lanes];
        }
        return spectrum;
    }

    @Override
    public float[] group() {
        return group;
    }
}

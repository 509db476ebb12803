package io.heimdall.features.delay;

import io.heimdall.features.recording.Recording;
import java.io.IOException;

/** Spectra whose lines are those of the recording's own rate. */
final class DirectSpectra implements LineSpectra {
    private final GroupFft fft;
    private final SegmentReader reader;
    private final float[] group;
    private final double[] off = new double[GroupFft.SEGMENTS];
    private final long[] firsts = new long[GroupFft.SEGMENTS];

    DirectSpectra(Recording recording, GroupFft fft, double raiseHz) {
        this.fft = fft;
        double rateHz = recording.info().sampleRateHz().orElseThrow();
        reader = new SegmentReader(recording, fft.size(), raiseHz / rateHz);
        group = fft.newGroup();
    }

    @Override
    public void compute(Piece piece, double[] centres, int count, double[] late) throws IOException {
        int hop = fft.size() / 2;
        double centre = (centres[0] + centres[count - 1]) / 2;
        double half = ((count - 1) * hop + fft.size()) / 2.0;
        long first = Math.round(piece.sampleAt(centre) - half);
        first = Math.max(piece.first(), Math.min(first, piece.end() - (long) (2 * half)));
        for (int s = 0; s < count; s++) {
            firsts[s] = first + (long) s * hop;
            late[s] = piece.secondsAt(firsts[s] + hop) - centres[s];
            off[s] = (piece.secondsAt(first + half) - centre) * piece.rateHz();
        }
        reader.read(firsts, off, count, fft, group);
        fft.forward(group, count);
    }

    @Override
    public boolean allowForLateness() {
        return false;
    }

    @Override
    public float[] group() {
        return group;
    }
}

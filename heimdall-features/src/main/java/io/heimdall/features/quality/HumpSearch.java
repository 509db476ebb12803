package io.heimdall.features.quality;

import io.heimdall.features.quality.Circle.Arc;
import java.util.Comparator;
import java.util.List;

/** Finds the wide signals of a spectrum whose narrow ones are gone. Confined to one thread. */
final class HumpSearch {
    private static final int MOST_CELLS = 256;

    private final LineSpectrum spectrum;
    private final Cells cells;
    private final int size;
    private final double[] rest;
    private final boolean[] doubtful;

    private HumpSearch(LineSpectrum spectrum, double[] rest, boolean[] lines) {
        this.spectrum = spectrum;
        int perCell = Math.max(1, rest.length / MOST_CELLS);
        size = rest.length / perCell;
        double[] spread = new double[size];
        this.rest = new double[size];
        for (int c = 0; c < size; c++) {
            double weights = 0;
            for (int k = c * perCell; k < (c + 1) * perCell; k++) {
                this.rest[c] += rest[k] / perCell;
                if (!lines[k]) {
                    weights += spectrum.power()[k];
                    spread[c] += spectrum.power()[k] * spectrum.spread()[k];
                }
            }
            spread[c] = weights > 0 ? spread[c] / weights : 1;
        }
        cells = new Cells(perCell, spread, new boolean[size], spectrum.frames());
        doubtful = new boolean[size];
    }

    static HumpSearch of(LineSpectrum spectrum, double[] rest, boolean[] lines) {
        HumpSearch search = new HumpSearch(spectrum, rest, lines);
        search.run();
        return search;
    }

    Cells cells() {
        return cells;
    }

    /** Returns the level of the noise of each cell. */
    double[] noise() {
        return rest;
    }

    /** Returns which cells may hold a signal or not. */
    boolean[] doubtful() {
        return doubtful;
    }

    private int span() {
        return Math.max(2, 16 / cells.lines());
    }

    private void run() {
        int width = Math.max(16, 50 / cells.lines());
        while (true) {
            width = Math.min(width | 1, size);
            double[] level = rest.clone();
            double[] low = Circle.opening(level, width);
            double sum = 0;
            for (int c = 0; c < size; c++) {
                low[c] = Math.min(low[c], level[c]);
                sum += level[c];
            }
            List<Arc> arcs = Circle.arcs(size, cells.least(2, 1), c -> level[c] > 1.4 * low[c]);
            double least = 0.05 * sum;
            arcs.stream()
                    .filter(arc -> above(arc, level, low) >= least)
                    .sorted(Comparator.comparingDouble(arc -> -above(arc, level, low)))
                    .forEach(arc -> judge(arc, level, low));
            if (width == size) {
                return;
            }
            width = 2 * (width - 1);
        }
    }

    private double above(Arc arc, double[] level, double[] low) {
        double sum = 0;
        for (int k = 0; k < arc.length(); k++) {
            int at = arc.at(k, size);
            sum += Math.max(0, level[at] - low[at]);
        }
        return sum;
    }

    /** Returns the share of the power that is known to be signal. */
    private double share() {
        double sum = 0;
        for (double value : rest) {
            sum += value * cells.lines();
        }
        return Math.max(0, 1 - sum / spectrum.total());
    }

    private void judge(Arc arc, double[] level, double[] low) {
        boolean known = true;
        boolean touches = false;
        for (int k = 0; k < arc.length(); k++) {
            known &= cells.signal()[arc.at(k, size)];
            touches |= cells.signal()[arc.at(k, size)];
        }
        if (known) {
            return;
        }
        Hump hump = Hump.of(cells, arc, level, level, low, spectrum.total());
        double rounding = spectrum.rounding();
        if (hump.isSteady()) {
            accept(arc, level, false);
        } else if (hasConstantEnvelope(hump, touches)) {
            boolean passband = hump.sharp() && hump.heightDb() >= 40 && hump.part(cells) > Hump.WIDE;
            if (passband || hump.isOnRounding(cells, rounding)) {
                doubt(arc);
            } else {
                accept(arc, level, true);
            }
        } else if (hump.isOnFlatGround(cells, rounding)) {
            if (hump.isSignal(cells)) {
                accept(arc, level, false);
            } else if (hump.sharp() && hump.heightDb() < 40) {
                doubt(arc);
            }
        }
    }

    /**
     * Returns whether the samples' fourth cumulant is that of a signal of constant envelope in the hump, less what the signals
     * that are known already make of it.
     *
     * @param touches whether a known signal is in the hump
     */
    private boolean hasConstantEnvelope(Hump hump, boolean touches) {
        double known = share();
        double unexplained = spectrum.cumulant() + known * known;
        return hump.share() > (touches ? 0.02 : 0.1)
                && unexplained < -Math.max(0.02, spectrum.cumulantError() * (1 - known))
                && unexplained < -0.3 * hump.share() * hump.share();
    }

    private void doubt(Arc arc) {
        for (int k = 0; k < arc.length(); k++) {
            doubtful[arc.at(k, size)] = true;
        }
    }

    private void accept(Arc arc, double[] level, boolean envelope) {
        Foot before = Foot.of(cells, level, arc, -1);
        Foot after = Foot.of(cells, level, arc, 1);
        int length = Math.min(size, before.distance() + arc.length() + after.distance());
        Arc grown = new Arc(arc.at(-before.distance(), size), length);
        boolean[] with = cells.signal().clone();
        for (int k = 0; k < length; k++) {
            with[grown.at(k, size)] = true;
        }
        double low = Circle.beside(rest, with, grown.first(), -1, span());
        double high = Circle.beside(rest, with, grown.last(size), 1, span());
        boolean rounding = Math.min(low, high) < 2 * spectrum.rounding();
        if (envelope && (length > size / 2 || rounding || (before.wall() && after.wall() && length > size / 3))) {
            doubt(grown);
            return;
        }
        // A receiver's filter may cut off a signal on one side: what is beyond is no noise of the passband.
        low = before.wall() && !after.wall() ? high : low;
        high = after.wall() && !before.wall() ? low : high;
        for (int k = 0; k < length; k++) {
            int at = grown.at(k, size);
            double way = (k + 1.0) / (length + 1);
            rest[at] = Math.min(rest[at], low * (1 - way) + high * way);
            cells.signal()[at] = true;
        }
    }
}

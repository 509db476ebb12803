package io.heimdall.localization.posterior;

import io.heimdall.localization.evidence.Evidence;
import io.heimdall.localization.posterior.CellDensity.Spot;
import java.util.Arrays;
import java.util.List;

/** The log likelihoods of several pieces of evidence over cells, each computed when it is first asked for. For one thread. */
final class CellLogs {
    private static final int FIRST_SLOTS = 1 << 15;

    private final List<Evidence> evidence;

    /** An open hash table of which a quarter stays free; 0 is the name of no cell. */
    private long[] names = new long[FIRST_SLOTS];

    private int[] rows = new int[FIRST_SLOTS];
    private double[] logs;
    private int count;

    CellLogs(List<Evidence> evidence) {
        this.evidence = evidence;
        logs = new double[evidence.size() * FIRST_SLOTS / 4 * 3];
    }

    /** Returns the sum of all evidence, each times its exponent; evidence of exponent 0 has no say. */
    double weighted(Spot spot, double[] exponents) {
        int row = row(spot);
        double sum = 0;
        for (int k = 0; k < exponents.length; k++) {
            sum += exponents[k] == 0 ? 0 : exponents[k] * logs[row + k];
        }
        return sum;
    }

    /** Copies the log likelihoods of a cell, in the order of the evidence. */
    void copy(Spot spot, double[] into) {
        int row = row(spot); // before logs, which it may replace
        System.arraycopy(logs, row, into, 0, into.length);
    }

    /** Returns where the log likelihoods of a cell begin. */
    private int row(Spot spot) {
        long name = spot.cell() << 2 | spot.blur().ordinal();
        int slot = slot(name);
        if (names[slot] == 0) {
            if (count == names.length / 4 * 3) {
                grow();
                slot = slot(name);
            }
            int row = count * evidence.size();
            for (int k = 0; k < evidence.size(); k++) {
                logs[row + k] = evidence.get(k).logDensity(spot.eastM(), spot.northM(), spot.blurM());
            }
            names[slot] = name; // when all are known: evidence may throw
            rows[slot] = row;
            count++;
        }
        return rows[slot];
    }

    private int slot(long name) {
        int slot = (int) (name * 0x9E3779B97F4A7C15L >>> 32) & names.length - 1;
        while (names[slot] != 0 && names[slot] != name) {
            slot = slot + 1 & names.length - 1;
        }
        return slot;
    }

    private void grow() {
        long[] former = names;
        int[] rowsOfFormer = rows;
        names = new long[2 * former.length];
        rows = new int[names.length];
        logs = Arrays.copyOf(logs, 2 * logs.length);
        for (int i = 0; i < former.length; i++) {
            if (former[i] != 0) {
                int slot = slot(former[i]);
                names[slot] = former[i];
                rows[slot] = rowsOfFormer[i];
            }
        }
    }
}

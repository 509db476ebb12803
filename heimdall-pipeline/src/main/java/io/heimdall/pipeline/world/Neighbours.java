package io.heimdall.pipeline.world;

import java.util.Arrays;

/**
 * Places of training sessions, and which of them are near to another place: the nearest in each quarter of the compass, so that they
 * surround it where they can.
 *
 * @param eastM metres
 * @param northM metres
 * @param groups of which no place is looked at for a place of the same group
 * @see <a href="https://doi.org/10.1093/oso/9780195115383.001.0001">Deutsch and Journel, GSLIB, 1998, on search by octants</a>
 */
record Neighbours(double[] eastM, double[] northM, int[] groups) {
    private static final int QUARTERS = 4;
    private static final int OF_QUARTER = 6;
    static final int NO_GROUP = -1;

    /** Returns those places of which the number is wanted. */
    Neighbours only(int[] wanted) {
        return new Neighbours(
                Arrays.stream(wanted).mapToDouble(i -> eastM[i]).toArray(),
                Arrays.stream(wanted).mapToDouble(i -> northM[i]).toArray(),
                Arrays.stream(wanted).map(i -> groups[i]).toArray());
    }

    /** Returns the neighbours of a place, those of one group aside. */
    int[] of(double east, double north, int group) {
        int[][] nearest = new int[QUARTERS][OF_QUARTER];
        double[][] squares = new double[QUARTERS][OF_QUARTER];
        int[] counts = new int[QUARTERS];
        for (int i = 0; i < eastM.length; i++) {
            if (groups[i] == group) {
                continue;
            }
            double e = eastM[i] - east;
            double n = northM[i] - north;
            int quarter = (e < 0 ? 1 : 0) + (n < 0 ? 2 : 0);
            counts[quarter] = insert(nearest[quarter], squares[quarter], counts[quarter], i, e * e + n * n);
        }
        int[] all = new int[Arrays.stream(counts).sum()];
        int at = 0;
        for (int q = 0; q < QUARTERS; q++) {
            System.arraycopy(nearest[q], 0, all, at, counts[q]);
            at += counts[q];
        }
        return all;
    }

    private static int insert(int[] nearest, double[] squares, int count, int i, double square) {
        if (count == OF_QUARTER && square >= squares[count - 1]) {
            return count;
        }
        int at = Math.min(count, OF_QUARTER - 1);
        while (at > 0 && squares[at - 1] > square) {
            squares[at] = squares[at - 1];
            nearest[at] = nearest[at - 1];
            at--;
        }
        squares[at] = square;
        nearest[at] = i;
        return Math.min(count + 1, OF_QUARTER);
    }
}

package io.heimdall.localization.posterior;

import java.util.List;

/** The log density of a product of evidence over a cell of a grid. */
@FunctionalInterface
interface CellDensity {
    /**
     * Returns the log density of a cell.
     *
     * @param spot the cell
     */
    double log(Spot spot);

    /**
     * The middle of a cell and how far around it a density is averaged.
     *
     * @param cell that no other cell of any grid in this area is called
     * @param blur of the cell
     * @param eastM metres
     * @param northM metres
     * @param blurM standard deviation along each axis, metres
     */
    record Spot(long cell, Blur blur, double eastM, double northM, double blurM) {
        static Spot of(SearchArea area, CellTree tree, int cell, Blur blur) {
            double side = tree.side(cell);
            return new Spot(
                    tree.name(cell),
                    blur,
                    area.westM() + (tree.west(cell) + side / 2) * area.widthM(),
                    area.southM() + (tree.south(cell) + side / 2) * area.heightM(),
                    blur.inCells * side * Math.max(area.widthM(), area.heightM()));
        }
    }

    /** How far around the middle of a cell a density is averaged, in sides of the cell. */
    enum Blur {
        /** None. */
        MIDDLE(0),
        /** As far as no evidence between the middles is missed. */
        SEARCH(0.5),
        /** That of the same variance as the cell. */
        CELL(1 / Math.sqrt(12));

        private final double inCells;

        Blur(double inCells) {
            this.inCells = inCells;
        }
    }

    /** Returns the density of weighted evidence. */
    static CellDensity of(List<WeightedEvidence> evidence) {
        return spot -> {
            double sum = 0;
            for (WeightedEvidence one : evidence) {
                sum += one.logDensity(spot.eastM(), spot.northM(), spot.blurM());
            }
            return sum;
        };
    }
}

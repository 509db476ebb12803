package io.heimdall.localization.posterior;

/**
 * The part of the plane that a place is looked for in: a rectangle with sides to the east and to the north, metres.
 *
 * @param westM of the origin's meridian, less than {@code eastM}
 * @param southM less than {@code northM}
 * @param eastM likewise
 * @param northM likewise
 */
public record SearchArea(double westM, double southM, double eastM, double northM) {

    /**
     * Checks the sides.
     *
     * @throws IllegalArgumentException if a side has no length or is not finite
     */
    public SearchArea {
        double width = eastM - westM;
        double height = northM - southM;
        if (!(width > 0 && height > 0 && Double.isFinite(width) && Double.isFinite(height))) {
            throw new IllegalArgumentException("an area from " + westM + ", " + southM + " to " + eastM + ", " + northM
                    + " m has no finite width and height");
        }
    }

    /** Returns the square around a place, from the middle to each side so far. */
    public static SearchArea around(double eastM, double northM, double halfM) {
        return new SearchArea(eastM - halfM, northM - halfM, eastM + halfM, northM + halfM);
    }

    double widthM() {
        return eastM - westM;
    }

    double heightM() {
        return northM - southM;
    }
}

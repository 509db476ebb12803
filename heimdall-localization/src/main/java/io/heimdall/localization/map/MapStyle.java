package io.heimdall.localization.map;

/** The style of a feature. Regions are translucent: the map is darkest where regions of several levels overlap. */
public enum MapStyle {
    /** A region of highest density. */
    REGION("1f6fb4"),

    /** The mean of a density. */
    POSITION("d7301f"),

    /** The spatial median of a density. */
    MEDIAN("f59d00"),

    /** A receiver. */
    STATION("333333"),

    /** Where the transmitter stood. */
    SOURCE("1a9850");

    private final String colour;

    MapStyle(String colour) {
        this.colour = colour;
    }

    /** Returns red, green and blue, two hexadecimal digits each. */
    String colour() {
        return colour;
    }
}

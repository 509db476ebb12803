package io.heimdall.pipeline.report;

/** Colours from dark to bright for levels from low to high; equal steps look equal, also in grey (matplotlib's viridis). */
final class Palette {
    private static final int[] STOPS = {
        0x440154, 0x482878, 0x3e4989, 0x31688e, 0x26828e, 0x1f9e89, 0x35b779, 0x6ece58, 0xb5de2b, 0xfde725
    };

    private Palette() {}

    /** Returns the colour, 0xRRGGBB, of a share 0..1; what lies outside has the colour of the end. */
    static int rgb(double share) {
        double at = Math.min(1, Math.max(0, share)) * (STOPS.length - 1);
        int index = (int) Math.min(STOPS.length - 2, Math.floor(at));
        int mixed = 0;
        for (int shift = 0; shift <= 16; shift += 8) {
            double low = STOPS[index] >> shift & 0xff;
            double high = STOPS[index + 1] >> shift & 0xff;
            mixed |= (int) Math.round(low + (high - low) * (at - index)) << shift;
        }
        return mixed;
    }
}

package io.heimdall.simulation;

import java.util.List;

/**
 * The clocks of stations that state how good they are, so that delays between their recordings tell a place.
 *
 * <p>A clock is good in most sessions. In a share of them it is coarse and says so; in another share it is a second early or late and
 * says nothing of it. Each station and session is drawn by itself. Some stations hear the signal twice, see {@link Echo}.
 *
 * @param sigmaSeconds one sigma of a good clock, 0..0.1; 0 where clocks state nothing
 * @param coarseShare of stations and sessions whose clock is coarse, 0..0.9
 * @param coarseSigmaSeconds one sigma of a coarse clock, 1e-9..0.1
 * @param wrongShare of stations and sessions whose clock is wrong, 0..0.9
 * @param wrongSeconds that a wrong clock is early or late, each as often, 0..10
 * @param echoing names of stations that hear the signal a second time
 */
public record Clocks(
        double sigmaSeconds,
        double coarseShare,
        double coarseSigmaSeconds,
        double wrongShare,
        double wrongSeconds,
        List<String> echoing) {
    /** Nothing is stated of any clock. */
    public static final Clocks UNSTATED = new Clocks(0, 0, 1e-3, 0, 0, List.of());

    /** Checks the ranges and copies the list. */
    public Clocks {
        Range.check("sigma of clocks in s", sigmaSeconds, 0, 0.1);
        Range.check("share of coarse clocks", coarseShare, 0, 0.9);
        Range.check("sigma of coarse clocks in s", coarseSigmaSeconds, 1e-9, 0.1);
        Range.check("share of wrong clocks", wrongShare, 0, 0.9);
        Range.check("error of wrong clocks in s", wrongSeconds, 0, 10);
        echoing = List.copyOf(echoing);
    }

    /** Returns whether stations tell how good their clocks are. */
    public boolean areStated() {
        return sigmaSeconds > 0;
    }

    /** Returns the largest error that a clock has, seconds. */
    double farthestSeconds() {
        return 3 * Math.max(sigmaSeconds, coarseShare > 0 ? coarseSigmaSeconds : 0)
                + (wrongShare > 0 ? wrongSeconds : 0);
    }
}

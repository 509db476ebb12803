package io.heimdall.pipeline.location;

import io.heimdall.features.delay.DelayEstimate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How well the delays of a triangle of stations add up to 0. The clocks' errors cancel around a triangle, so it tells how good the
 * measurements are, and nothing of the clocks.
 *
 * @param stations the triangle
 * @param seconds the sum of the delays around it
 * @param sigmaSeconds one sigma of that sum by the signals alone
 */
public record Closure(List<String> stations, double seconds, double sigmaSeconds) {

    /** Copies the list. */
    public Closure {
        stations = List.copyOf(stations);
    }

    /** Returns how far the triangle is from closing, sigmas. */
    public double sigmas() {
        return Math.abs(seconds) / sigmaSeconds;
    }

    /** Returns the triangles of a session's delays. */
    static List<Closure> of(List<PairDelay> pairs) {
        List<PairDelay> found =
                pairs.stream().filter(pair -> pair.estimate().isPresent()).toList();
        List<Closure> closures = new ArrayList<>();
        for (PairDelay ab : found) {
            for (PairDelay bc : found) {
                if (bc.first().name().equals(ab.second().name())) {
                    pair(found, ab.first().name(), bc.second().name())
                            .ifPresent(ac -> closures.add(closure(ab, bc, ac)));
                }
            }
        }
        return closures;
    }

    private static Optional<PairDelay> pair(List<PairDelay> pairs, String first, String second) {
        return pairs.stream()
                .filter(pair -> pair.first().name().equals(first)
                        && pair.second().name().equals(second))
                .findFirst();
    }

    private static Closure closure(PairDelay ab, PairDelay bc, PairDelay ac) {
        DelayEstimate first = ab.estimate().orElseThrow();
        DelayEstimate second = bc.estimate().orElseThrow();
        DelayEstimate around = ac.estimate().orElseThrow();
        return new Closure(
                List.of(ab.first().name(), ab.second().name(), bc.second().name()),
                first.delaySeconds() + second.delaySeconds() - around.delaySeconds(),
                Math.sqrt(square(first) + square(second) + square(around)));
    }

    private static double square(DelayEstimate estimate) {
        return estimate.signalSigmaSeconds() * estimate.signalSigmaSeconds();
    }
}

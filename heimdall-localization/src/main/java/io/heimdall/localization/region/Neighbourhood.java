package io.heimdall.localization.region;

import io.heimdall.localization.region.GridLines.Span;
import io.heimdall.model.output.GaussianDistribution;
import io.heimdall.model.output.HighestDensityRegion;
import io.heimdall.model.output.NormalDistribution;
import io.heimdall.model.output.NormalMixture;
import java.util.ArrayList;
import java.util.List;

/**
 * A box that a part of a region lies in, and how fine its grid must be.
 *
 * <p>Where the density of {@code K} components is at least {@code t}, one of them has {@code w N >= t / K}: the region lies within
 * the ellipses of those. Boxes around the ellipses that overlap are one neighbourhood, so modes far apart have grids of their own.
 *
 * @param box around the ellipses
 * @param east how close the lines must be along the axis
 * @param north likewise
 */
record Neighbourhood(PlaneBox box, List<Span> east, List<Span> north) {
    /** Grid lines across half an ellipse that is not tilted. */
    private static final int LINES = 10;

    /** In sigmas; the density of a larger ellipse is no smoother. */
    private static final double WIDEST = 2.5;

    /** Room around an ellipse, lest the edge touch its box. */
    private static final double ROOM = 1.05;

    /** Returns the neighbourhoods that a region lies in. */
    static List<Neighbourhood> of(HighestDensityRegion region, GaussianDistribution density) {
        List<NormalMixture.Component> components =
                density.components().stream().filter(c -> c.weight() > 0).toList();
        List<Neighbourhood> found = new ArrayList<>();
        for (NormalMixture.Component component : components) {
            NormalDistribution normal = component.normal();
            double peak = normal.logDensity(normal.meanEast(), normal.meanNorth());
            double drop = Math.log(component.weight()) + peak - region.edgeLogDensity() + Math.log(components.size());
            if (drop > 0) {
                add(found, around(normal, Math.sqrt(2 * drop)));
            }
        }
        return found;
    }

    private static Neighbourhood around(NormalDistribution normal, double radius) {
        double east = ROOM * radius * normal.sigmaEast();
        double north = ROOM * radius * normal.sigmaNorth();
        PlaneBox box = new PlaneBox(
                normal.meanEast() - east,
                normal.meanNorth() - north,
                normal.meanEast() + east,
                normal.meanNorth() + north);
        double tilt = Math.sqrt((1 - normal.correlation()) * (1 + normal.correlation()));
        double step = Math.min(radius, WIDEST) * tilt / LINES;
        return new Neighbourhood(
                box,
                List.of(new Span(box.west(), box.east(), step * normal.sigmaEast())),
                List.of(new Span(box.south(), box.north(), step * normal.sigmaNorth())));
    }

    /** Adds one, joined with all that it overlaps; the joined box may overlap further ones. */
    private static void add(List<Neighbourhood> found, Neighbourhood one) {
        Neighbourhood joined = one;
        for (int i = 0; i < found.size(); ) {
            if (found.get(i).box.overlaps(joined.box)) {
                joined = joined.and(found.remove(i));
                i = 0;
            } else {
                i++;
            }
        }
        found.add(joined);
    }

    private Neighbourhood and(Neighbourhood other) {
        List<Span> bothEast = new ArrayList<>(east);
        bothEast.addAll(other.east);
        List<Span> bothNorth = new ArrayList<>(north);
        bothNorth.addAll(other.north);
        return new Neighbourhood(box.union(other.box), bothEast, bothNorth);
    }

    /** Returns the parts of a density's region that lie in this neighbourhood and within limits. */
    List<PlaneRings.Polygon> polygons(GaussianDistribution density, HighestDensityRegion region, PlaneBox limits) {
        PlaneBox part = box.within(limits);
        if (part.isEmpty()) {
            return List.of();
        }
        double[] eastLines = GridLines.between(part.west(), part.east(), east);
        double[] northLines = GridLines.between(part.south(), part.north(), north);
        return PlaneRings.polygons(
                Contour.rings(density, region.edgeLogDensity(), eastLines, northLines), 1e-9 * region.area());
    }
}

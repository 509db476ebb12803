package io.heimdall.pipeline.evaluation;

import io.heimdall.dataset.GeoPoint;
import io.heimdall.dataset.Level;
import io.heimdall.dataset.Session;
import io.heimdall.model.LocalPlane;
import java.util.List;

/**
 * Multilateration: the place whose distances to the stations explain their levels best, by least squares.
 *
 * <p>{@code level = power + gain[station] - 10 n log10(distance)}: exponent and gains come from the training split,
 * and the transmitter's power is free in each session. The place is searched on a grid over the training positions and
 * the stations, then between the grid's points. Levels near a station's lowest one are noise and count as silence.
 *
 * @see <a href="https://doi.org/10.1109/MSP.2005.1458287">Patwari et al., Locating the nodes, 2005</a>
 */
public final class RssMultilateration implements LevelMethod {
    private static final int GRID = 48;
    private static final double FINEST_M = 50;
    private static final int FEWEST_STATIONS = 3;

    private final PathLoss loss;
    private final LocalPlane plane;
    private final double[] box;

    private RssMultilateration(PathLoss loss, LocalPlane plane, double[] box) {
        this.loss = loss;
        this.plane = plane;
        this.box = box;
    }

    /** Fits exponent and gains. */
    public static RssMultilateration fit(List<Session> training) {
        GeoPoint origin = training.get(0).source().orElseThrow();
        LocalPlane plane = new LocalPlane(origin.latitude(), origin.longitude());
        double[] box = {
            Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY
        };
        for (Session session : training) {
            widen(box, plane, session.source().orElseThrow());
            session.levels().forEach(level -> widen(box, plane, level.station().position()));
        }
        return new RssMultilateration(PathLoss.fit(training), plane, box);
    }

    private static void widen(double[] box, LocalPlane plane, GeoPoint place) {
        double east = plane.east(place.longitude());
        double north = plane.north(place.latitude());
        box[0] = Math.min(box[0], east);
        box[1] = Math.max(box[1], east);
        box[2] = Math.min(box[2], north);
        box[3] = Math.max(box[3], north);
    }

    @Override
    public String id() {
        return "rss_multilateration";
    }

    @Override
    public String title() {
        return "RSS multilateration";
    }

    /** Locates by the stations above their noise; by all of them where those are fewer than three. */
    @Override
    public GeoPoint locate(Session session) {
        List<Level> all = session.levels();
        List<Level> heard = all.stream().filter(loss::aboveNoise).toList();
        Search search = new Search(heard.size() >= FEWEST_STATIONS ? heard : all);
        double stepEast = Math.max((box[1] - box[0]) / GRID, FINEST_M);
        double stepNorth = Math.max((box[3] - box[2]) / GRID, FINEST_M);
        for (int i = 0; i <= GRID; i++) {
            for (int j = 0; j <= GRID; j++) {
                search.visit(box[0] + i * stepEast, box[2] + j * stepNorth);
            }
        }
        while (Math.max(stepEast, stepNorth) > FINEST_M) {
            if (!search.around(stepEast, stepNorth)) {
                stepEast /= 2;
                stepNorth /= 2;
            }
        }
        return search.place();
    }

    /** The best place so far. */
    private final class Search {
        private final List<Level> heard;
        private double east;
        private double north;
        private double least = Double.POSITIVE_INFINITY;

        Search(List<Level> heard) {
            this.heard = heard;
        }

        /** Looks at a place; returns whether it is better than all before. */
        boolean visit(double candidateEast, double candidateNorth) {
            double misfit = loss.misfit(at(candidateEast, candidateNorth), heard);
            if (misfit >= least) {
                return false;
            }
            least = misfit;
            east = candidateEast;
            north = candidateNorth;
            return true;
        }

        boolean around(double stepEast, double stepNorth) {
            double fromEast = east;
            double fromNorth = north;
            boolean better = false;
            for (int i = -1; i <= 1; i++) {
                for (int j = -1; j <= 1; j++) {
                    better |= visit(
                            Math.max(box[0], Math.min(box[1], fromEast + i * stepEast)),
                            Math.max(box[2], Math.min(box[3], fromNorth + j * stepNorth)));
                }
            }
            return better;
        }

        GeoPoint place() {
            return at(east, north);
        }

        private GeoPoint at(double candidateEast, double candidateNorth) {
            return new GeoPoint(
                    Math.max(-89.9, Math.min(89.9, plane.latitudeOf(candidateNorth))),
                    Math.IEEEremainder(plane.longitudeOf(candidateEast), 360));
        }
    }
}

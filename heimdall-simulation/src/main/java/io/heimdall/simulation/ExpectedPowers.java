package io.heimdall.simulation;

import io.heimdall.dataset.GeoPoint;
import io.heimdall.dataset.Station;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/** The power that a transmitter in each cell of a grid makes expect. Thread-safe. */
final class ExpectedPowers {
    private record Where(Station station, Propagation propagation) {}

    private final World world;
    private final int rows;
    private final int columns;
    private final GeoPoint[] cells;
    private final Optional<FieldWaves> field;
    /** Of stations at home, which all sessions have in common. */
    private final Map<Where, double[]> atHome = new ConcurrentHashMap<>();

    private final Map<Station, double[]> shadowing = new ConcurrentHashMap<>();

    ExpectedPowers(World world, double cellM) {
        this.world = world;
        this.rows = (int) Math.ceil(world.box().heightM() / cellM);
        this.columns = (int) Math.ceil(world.box().widthM() / cellM);
        this.cells = IntStream.range(0, rows * columns)
                .mapToObj(cell -> world.box().at((cell / columns + 0.5) / rows, (cell % columns + 0.5) / columns))
                .toArray(GeoPoint[]::new);
        this.field = world.conditions().field().isNone()
                ? Optional.empty()
                : Optional.of(new FieldWaves(world.conditions().field(), world.box()));
    }

    int rows() {
        return rows;
    }

    int columns() {
        return columns;
    }

    /** Returns them at the stations of a part of the world, {@code [cell][station]}, dBm. */
    double[][] of(World part) {
        double[][] expected = new double[cells.length][part.stations().size()];
        for (int i = 0; i < part.stations().size(); i++) {
            double[] column = of(new Where(part.stations().get(i).station(), part.propagation()));
            for (int cell = 0; cell < cells.length; cell++) {
                expected[cell][i] = column[cell];
            }
        }
        return expected;
    }

    private double[] of(Where where) {
        return world.conditions().moving().contains(where.station().name())
                ? computed(where)
                : atHome.computeIfAbsent(where, this::computed);
    }

    private double[] computed(Where where) {
        GeoPoint place = where.station().position();
        double[] expected = new double[cells.length];
        for (int cell = 0; cell < cells.length; cell++) {
            expected[cell] =
                    world.transmitters().powerDbm() - where.propagation().lossDb(cells[cell].distanceMetres(place));
        }
        field.ifPresent(waves -> {
            double[] here = shadowing.computeIfAbsent(where.station(), station -> waves.at(cells, place));
            for (int cell = 0; cell < cells.length; cell++) {
                expected[cell] += here[cell];
            }
        });
        return expected;
    }
}

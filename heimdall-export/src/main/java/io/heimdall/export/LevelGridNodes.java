package io.heimdall.export;

import io.heimdall.model.FloatTensor;
import io.heimdall.model.evidence.LevelGrid;
import io.heimdall.model.network.SetNet;
import java.util.Map;

/** Writes {@link LevelGrid#logMass}: values of shape (batch, stations, cells), and their sums over the stations. */
final class LevelGridNodes {
    private static final long WHOLE = 7;
    private static final long FLOAT = 1;
    private static final double DECADES_OF_SQUARES = 0.5 / Math.log(10);
    private static final double DECADES_OF_A_KILOMETRE = 3;

    private final OnnxGraph graph;
    private final LevelGrid grid;
    private final Map<String, String> inputs;

    private LevelGridNodes(OnnxGraph graph, LevelGrid grid, Map<String, String> inputs) {
        this.graph = graph;
        this.grid = grid;
        this.inputs = inputs;
    }

    /**
     * Adds the nodes.
     *
     * @param inputs values of the network's inputs, by their names
     * @return the logarithm of each cell's probability, up to a constant, (batch, cells)
     */
    static String add(OnnxGraph graph, LevelGrid grid, Map<String, String> inputs) {
        return new LevelGridNodes(graph, grid, inputs).logMass();
    }

    private String logMass() {
        LevelGrid.Stations stations = grid.stations();
        int count = stations.common().length;
        String index = inputs.get(SetNet.INDEX);
        String known = graph.node(
                "And",
                "grid_known",
                set("grid_in_service", inputs.get(SetNet.IN_SERVICE)),
                graph.node("Less", "grid_named", index, graph.vector("grid_unknown", count - 0.5)));
        String heard = set("grid_heard", inputs.get(SetNet.HEARD));
        String hears = number("grid_hears", graph.node("And", "grid_known_heard", known, heard));
        String silent = number(
                "grid_silent",
                graph.node("And", "grid_known_silent", known, graph.node("Not", "grid_not_heard", heard)));
        String least = graph.node("Min", "grid_index", index, graph.vector("grid_last", count - 1));
        String number = graph.node("Cast", "grid_number", NodeAttributes.none().with("to", WHOLE), least);
        String row = graph.node("Squeeze", "grid_row", number, graph.indices("last_axis", -1));

        String expected = expected(row);
        String deviation = table("grid_deviation", stations.deviationDb(), row);
        String common = column("grid_common", stations.common(), row);
        String square = graph.node("Mul", "grid_common_square", common, common);
        String own = graph.node("Sub", "grid_own", graph.vector("one", 1), square);

        String level = affine(
                "grid_level",
                feature("grid_statistic", SetNet.STATISTICS, 0),
                grid.scalars().unitDb(),
                grid.scalars().meanDb());
        String z = standard("grid_z", level, expected, deviation);
        String weight = graph.node("Div", "grid_weight", hears, own);
        String squares = sum("grid_squares", graph.node("Mul", "grid_z_square", z, z), weight);
        String pull = graph.node("Mul", "grid_pull", common, weight);
        String shares = graph.node("Mul", "grid_share", square, weight);
        String precision = graph.node("Add", "grid_precision", reduced("grid_shares", shares), graph.vector("one", 1));
        String shared = graph.node("Div", "grid_shared", sum("grid_pulled", z, pull), precision);
        String taken =
                graph.node("Mul", "grid_taken", graph.node("Mul", "grid_shared_square", shared, shared), precision);
        String left = graph.node("Sub", "grid_left", squares, taken);
        String logs = sum("grid_logs", graph.node("Log", "grid_log_deviation", deviation), hears);

        String silence = sum("grid_silence", silence(row, expected, deviation, common, own, shared, precision), silent);
        String rest = graph.node("Sub", "grid_rest", silence, logs);
        String log = graph.node("Sub", "grid_likelihood", rest, deviations(left, reduced("grid_levels", hears)));
        String trusted = graph.node(
                "Mul",
                "grid_trusted",
                log,
                graph.vector("grid_trust", grid.scalars().exponent()));
        return graph.node(
                "Add",
                "grid_log_mass",
                trusted,
                cells("grid_prior", grid.cells().logPrior()));
    }

    private String deviations(String squares, String levels) {
        double freedom = grid.scalars().freedom();
        if (Double.isInfinite(freedom)) {
            return graph.node("Mul", "grid_deviations", squares, graph.vector("half", 0.5));
        }
        String ratio = affine("grid_ratio", squares, 1 / freedom, 1);
        String half = affine("grid_half_levels", levels, 0.5, freedom / 2);
        return graph.node("Mul", "grid_deviations", half, graph.node("Log", "grid_log_ratio", ratio));
    }

    /** Returns the logarithm of the probability that a station hears nothing, of all stations. */
    private String silence(
            String row, String expected, String deviation, String common, String own, String shared, String precision) {
        String threshold = column("grid_threshold", grid.stations().thresholdDb(), row);
        String below = standard("grid_below", threshold, expected, deviation);
        String axis = graph.indices("elements_axis", 1);
        String pulled = graph.node(
                "Mul", "grid_silent_shared", common, graph.node("Unsqueeze", "grid_shared_all", shared, axis));
        String square = graph.once("Mul", "grid_common_square", common, common);
        String open =
                graph.node("Div", "grid_open", square, graph.node("Unsqueeze", "grid_precision_all", precision, axis));
        String spread = graph.node("Sqrt", "grid_spread", graph.node("Add", "grid_variance", own, open));
        String argument = graph.node("Div", "grid_argument", graph.node("Sub", "grid_distance", below, pulled), spread);
        String scaled = graph.node("Mul", "grid_scaled", argument, graph.vector("grid_root", Math.sqrt(0.5)));
        String normal = affine("grid_normal", graph.node("Erf", "grid_erf", scaled), 0.5, 0.5);
        String off = column("grid_drop_out", grid.stations().dropOut(), row);
        String on = graph.node("Sub", "grid_on", graph.vector("one", 1), off);
        String weak = graph.node("Mul", "grid_weak", on, normal);
        return graph.node("Log", "grid_log_silence", graph.node("Add", "grid_probability", off, weak));
    }

    private String expected(String row) {
        LevelGrid.Scalars scalars = grid.scalars();
        String east = distance("east", 0, grid.cells().eastM());
        String north = distance("north", 1, grid.cells().northM());
        String squared = graph.node("Add", "grid_squared", east, north);
        String nearest = graph.vector("grid_nearest", scalars.nearestM() * scalars.nearestM());
        String log = graph.node("Log", "grid_log_distance", graph.node("Max", "grid_clipped", squared, nearest));
        String law = affine(
                "grid_law", log, scalars.slope() * DECADES_OF_SQUARES, -scalars.slope() * DECADES_OF_A_KILOMETRE);
        return graph.node(
                "Add", "grid_expected", law, table("grid_map", grid.stations().expectedDb(), row));
    }

    private String distance(String axis, int column, float[] places) {
        String name = "grid_" + axis;
        String place = feature(name + "_unit", SetNet.PLACE, column);
        String metres = graph.node(
                "Mul",
                name + "_station",
                place,
                graph.vector("grid_unit", grid.scalars().unitM()));
        String distance = graph.node("Sub", name, metres, cells(name + "_cells", places));
        return graph.node("Mul", name + "_square", distance, distance);
    }

    private String standard(String name, String level, String expected, String deviation) {
        return graph.node("Div", name, graph.node("Sub", name + "_residual", level, expected), deviation);
    }

    private String set(String name, String flag) {
        return graph.node("Greater", name, flag, graph.vector("half", 0.5));
    }

    private String number(String name, String flag) {
        return graph.node("Cast", name, NodeAttributes.none().with("to", FLOAT), flag);
    }

    /** Returns a feature of each station, (batch, stations, 1). */
    private String feature(String name, String input, int index) {
        NodeAttributes last = NodeAttributes.none().with("axis", -1L);
        return graph.node("Gather", name, last, inputs.get(input), graph.indices("column_" + index, index));
    }

    private String affine(String name, String value, double scale, double offset) {
        String scaled = graph.node("Mul", name + "_scaled", value, graph.vector(name + "_scale", scale));
        return graph.node("Add", name, scaled, graph.vector(name + "_offset", offset));
    }

    /** Returns the sum over the stations, (batch, features). */
    private String reduced(String name, String value) {
        NodeAttributes gone = NodeAttributes.none().with("keepdims", 0L);
        return graph.node("ReduceSum", name, gone, value, graph.indices("elements_axis", 1));
    }

    private String sum(String name, String value, String weight) {
        return reduced(name, graph.node("Mul", name + "_weighted", value, weight));
    }

    private String cells(String name, float[] values) {
        return graph.constant(name, FloatTensor.of(values, values.length));
    }

    private String column(String name, float[] ofStations, String row) {
        FloatTensor table = FloatTensor.of(ofStations, ofStations.length, 1);
        return graph.node("Gather", name, graph.constant(name + "_of_stations", table), row);
    }

    private String table(String name, float[][] ofStations, String row) {
        int cells = grid.size();
        float[] all = new float[ofStations.length * cells];
        for (int i = 0; i < ofStations.length; i++) {
            System.arraycopy(ofStations[i], 0, all, i * cells, cells);
        }
        FloatTensor table = FloatTensor.of(all, ofStations.length, cells);
        return graph.node("Gather", name, graph.constant(name + "_of_stations", table), row);
    }
}

package io.heimdall.export;

import io.heimdall.model.FloatTensor;
import io.heimdall.model.evidence.LevelGrid;
import io.heimdall.model.evidence.LogPool;
import java.util.Map;

/** Writes a {@link LogPool}: values of shape (batch, components, cells), and their sums over the cells. */
final class LogPoolNodes {
    private static final double LOG_2_PI = Math.log(2 * Math.PI);
    private static final double LEAST = Float.MIN_NORMAL;

    private final OnnxGraph graph;
    private final LogPool pool;
    private final LevelGrid.Cells cells;

    private LogPoolNodes(OnnxGraph graph, LogPool pool) {
        this.graph = graph;
        this.pool = pool;
        this.cells = pool.grid().cells();
    }

    /**
     * Adds the nodes.
     *
     * @param network its components, metres
     * @param inputs values of the network's inputs, by their names
     * @return the components of the pool, as many
     */
    static MixtureComponents add(OnnxGraph graph, LogPool pool, MixtureComponents network, Map<String, String> inputs) {
        String logMass = LevelGridNodes.add(graph, pool.grid(), inputs);
        return new LogPoolNodes(graph, pool).pooled(network, logMass);
    }

    private MixtureComponents pooled(MixtureComponents network, String logMass) {
        String east = offsets("pool_east", cells.eastM(), network.east());
        String north = offsets("pool_north", cells.northM(), network.north());
        String density = density(network, east, north);
        NodeAttributes kept = NodeAttributes.none().with("keepdims", 1L).listed("axes", 1);
        String largest = graph.node("ReduceMax", "pool_largest", kept, density);
        String relative = graph.node("Exp", "pool_relative", graph.node("Sub", "pool_below", density, largest));
        String all = graph.node(
                "ReduceSum",
                "pool_all",
                NodeAttributes.none().with("keepdims", 1L),
                relative,
                graph.indices("components_axis", 1));
        String share = graph.node("Div", "pool_share", relative, all);
        String log = graph.node("Add", "pool_log", graph.node("Log", "pool_log_all", all), largest);
        String own = times("pool_network", log, pool.networkExponent());
        String evidence = times("pool_grid", logMass, pool.gridExponent());
        String both = graph.node(
                "Add",
                "pool_both",
                own,
                graph.node("Unsqueeze", "pool_grid_row", evidence, graph.indices("row_axis", 1)));
        String mass = graph.node("Softmax", "pool_mass", NodeAttributes.none().with("axis", -1L), both);
        return components(network, graph.node("Mul", "pool_part", mass, share), east, north);
    }

    /** Returns where the cells are, seen from the mean of each component, (batch, components, cells). */
    private String offsets(String name, float[] places, String means) {
        String column = graph.node("Unsqueeze", name + "_means", means, graph.indices("last_axis", -1));
        return graph.node("Sub", name, graph.constant(name + "_cells", FloatTensor.of(places, places.length)), column);
    }

    /** Returns the logarithm of each component's density times its weight, the component being widened by the cell. */
    private String density(MixtureComponents network, String east, String north) {
        String varianceEast = widened("pool_variance_east", network.sigmaEast());
        String varianceNorth = widened("pool_variance_north", network.sigmaNorth());
        String sigmas = graph.node("Mul", "pool_sigmas", network.sigmaEast(), network.sigmaNorth());
        String covariance = graph.node("Mul", "pool_covariance", sigmas, network.rho());
        String product = graph.node("Mul", "pool_variances", varianceEast, varianceNorth);
        String square = graph.node("Mul", "pool_covariance_square", covariance, covariance);
        String determinant = graph.node("Sub", "pool_determinant", product, square);
        String eastEast = quadratic("pool_ee", varianceNorth, determinant, east, east);
        String northNorth = quadratic("pool_nn", varianceEast, determinant, north, north);
        String eastNorth = quadratic("pool_en", covariance, determinant, east, north);
        String both = graph.node("Add", "pool_squares", eastEast, northNorth);
        String distance = graph.node("Sub", "pool_distance", both, times("pool_cross", eastNorth, 2));
        String weight = graph.node(
                "Log",
                "pool_log_weight",
                graph.node("Max", "pool_weight", network.weight(), graph.vector("pool_least", LEAST)));
        String half = times("pool_log_area", graph.node("Log", "pool_log_determinant", determinant), 0.5);
        String peak = graph.node("Sub", "pool_peak", weight, half);
        String shifted = graph.node("Sub", "pool_peak_density", peak, graph.vector("pool_log_2_pi", LOG_2_PI));
        return graph.node("Sub", "pool_density", column("pool_peaks", shifted), times("pool_half", distance, 0.5));
    }

    private String quadratic(String name, String factor, String determinant, String left, String right) {
        String scale = column(name + "_column", graph.node("Div", name + "_scale", factor, determinant));
        return graph.node("Mul", name, scale, graph.node("Mul", name + "_product", left, right));
    }

    private String widened(String name, String sigma) {
        String own = graph.node("Mul", name + "_own", sigma, sigma);
        return graph.node("Add", name, own, graph.vector("pool_cell", pool.cellVariance()));
    }

    private MixtureComponents components(MixtureComponents network, String part, String east, String north) {
        String weight = graph.node(
                "Add", "pooled_weight", sum("pool_parts", part), graph.vector("pool_floor", LogPool.LEAST_WEIGHT));
        String partEast = graph.node("Mul", "pool_part_east", part, east);
        String partNorth = graph.node("Mul", "pool_part_north", part, north);
        String meanEast = graph.node("Div", "pool_shift_east", sum("pool_sum_east", partEast), weight);
        String meanNorth = graph.node("Div", "pool_shift_north", sum("pool_sum_north", partNorth), weight);
        String sigmaEast = sigma("east", partEast, east, weight, meanEast);
        String sigmaNorth = sigma("north", partNorth, north, weight, meanNorth);
        String cross = second(
                "pool_second_cross", partEast, north, weight, graph.node("Mul", "pool_means", meanEast, meanNorth));
        String sigmas = graph.node("Mul", "pooled_sigmas", sigmaEast, sigmaNorth);
        String rho = graph.node(
                "Clip",
                "pooled_rho",
                graph.node("Div", "pooled_correlation", cross, sigmas),
                graph.scalar("pool_least_rho", -LogPool.LARGEST_CORRELATION),
                graph.scalar("pool_most_rho", LogPool.LARGEST_CORRELATION));
        return new MixtureComponents(
                weight,
                graph.node("Add", "pooled_east", network.east(), meanEast),
                graph.node("Add", "pooled_north", network.north(), meanNorth),
                sigmaEast,
                sigmaNorth,
                rho);
    }

    private String sigma(String axis, String part, String offset, String weight, String mean) {
        String squares = sum("pool_squares_" + axis, graph.node("Mul", "pool_part_square_" + axis, part, offset));
        String floor = graph.vector("pool_floor_square", LogPool.LEAST_WEIGHT * pool.cellVariance());
        String seconds = graph.node("Add", "pool_seconds_" + axis, squares, floor);
        String mean2 = graph.node("Mul", "pool_mean_square_" + axis, mean, mean);
        String variance = graph.node(
                "Sub", "pool_spread_" + axis, graph.node("Div", "pool_second_" + axis, seconds, weight), mean2);
        String floored =
                graph.node("Max", "pooled_variance_" + axis, variance, graph.vector("pool_cell", pool.cellVariance()));
        return graph.node("Sqrt", "pooled_sigma_" + axis, floored);
    }

    private String second(String name, String part, String offset, String weight, String means) {
        String sum = sum(name + "_sum", graph.node("Mul", name + "_part", part, offset));
        return graph.node("Sub", name, graph.node("Div", name + "_mean", sum, weight), means);
    }

    private String sum(String name, String value) {
        NodeAttributes gone = NodeAttributes.none().with("keepdims", 0L);
        return graph.node("ReduceSum", name, gone, value, graph.indices("last_axis", -1));
    }

    private String column(String name, String value) {
        return graph.node("Unsqueeze", name, value, graph.indices("last_axis", -1));
    }

    private String times(String name, String value, double factor) {
        return graph.node("Mul", name, value, graph.vector(name + "_factor", factor));
    }
}

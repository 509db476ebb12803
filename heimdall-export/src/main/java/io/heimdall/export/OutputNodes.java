package io.heimdall.export;

import io.heimdall.model.FloatTensor;
import io.heimdall.model.LocalPlane;
import io.heimdall.model.input.TensorSpec;
import io.heimdall.model.output.AffineMap;
import io.heimdall.model.output.IndependentNormalOutput;
import io.heimdall.model.output.NormalMixtureOutput;
import io.heimdall.model.output.NormalOutput;
import io.heimdall.model.output.OutputSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes what the numbers of a network's last layer mean, in degrees and metres: the outputs {@value #POSITION},
 * {@value #UNCERTAINTY}, {@value #COVARIANCE} and, of a mixture, {@value #MIXTURE}.
 */
final class OutputNodes {
    /** (batch, 2): latitude and longitude of the mean, degrees. */
    static final String POSITION = "position";

    /** (batch, 2): one standard deviation of latitude and longitude, degrees. */
    static final String UNCERTAINTY = "uncertainty";

    /** (batch, 2, 2): of east and north, square metres. */
    static final String COVARIANCE = "covariance";

    /** (batch, components, 6): weight, latitude, longitude, sigma east, sigma north in metres, correlation. */
    static final String MIXTURE = "mixture";

    /** Numbers of one component in {@link #MIXTURE}. */
    static final int COMPONENT = 6;

    private final OnnxGraph graph;
    private final DegreeScale degrees;
    private final AffineMap metres;
    private final LocalPlane plane;
    private final double sigmaScale;

    private OutputNodes(OnnxGraph graph, ModelDescription description) {
        this.graph = graph;
        degrees = DegreeScale.of(description.scale(), description.sigmaScale());
        metres = description.scale().metres();
        plane = description.scale().plane();
        sigmaScale = description.sigmaScale();
    }

    /** Adds the outputs behind the value {@code numbers}, (batch, width). */
    static void add(OnnxGraph graph, ModelDescription description, String numbers) {
        OutputNodes nodes = new OutputNodes(graph, description);
        if (description.output() instanceof IndependentNormalOutput) {
            nodes.independent(numbers);
        } else if (description.output() instanceof NormalOutput) {
            nodes.normal(numbers);
        } else if (description.output() instanceof NormalMixtureOutput mixture) {
            nodes.mixture(numbers, mixture.components());
        }
        specs(description.output()).forEach(graph::output);
    }

    /** Returns the outputs, in order. */
    static List<TensorSpec> specs(OutputSpec output) {
        List<TensorSpec> specs = new ArrayList<>(List.of(
                TensorSpec.floats(POSITION, 2),
                TensorSpec.floats(UNCERTAINTY, 2),
                TensorSpec.floats(COVARIANCE, 2, 2)));
        if (output instanceof NormalMixtureOutput mixture) {
            specs.add(TensorSpec.floats(MIXTURE, mixture.components(), COMPONENT));
        }
        return specs;
    }

    private void independent(String numbers) {
        position(columns("position_north_east", numbers, 1, 0));
        String deviation = columns("sigma_north_east", numbers, 3, 2);
        graph.node("Mul", UNCERTAINTY, deviation, graph.vector("degrees_sigma_scale", degrees.sigmaScale()));
        String sigma = graph.node(
                "Mul",
                "sigma_m",
                columns("sigma_east_north", numbers, 2, 3),
                graph.vector("metres_sigma_scale", metres.scaleEast() * sigmaScale, metres.scaleNorth() * sigmaScale));
        String variances = graph.node("Mul", "variances", sigma, sigma);
        String column = graph.node("Unsqueeze", "variances_column", variances, graph.indices("last_axis", -1));
        String diagonal = graph.constant("identity", FloatTensor.of(new float[] {1, 0, 0, 1}, 2, 2));
        graph.node("Mul", COVARIANCE, column, diagonal);
    }

    /** North and east in the network's units become latitude and longitude: scaled, and moved to the origin. */
    private void position(String northEast) {
        String offset = graph.node("Mul", "position_offset", northEast, graph.vector("degrees_scale", degrees.scale()));
        graph.node("Add", POSITION, offset, graph.vector("degrees_origin", degrees.origin()));
    }

    private void normal(String numbers) {
        position(columns("position_north_east", numbers, 1, 0));
        String east = sigma("sigma_east", columns("raw_sigma_east", numbers, 2), metres.scaleEast());
        String north = sigma("sigma_north", columns("raw_sigma_north", numbers, 3), metres.scaleNorth());
        String rho = correlation(columns("raw_correlation", numbers, 4));
        String product = graph.node("Mul", "sigma_product", east, north);
        covariance(
                graph.node("Mul", "variance_east", east, east),
                graph.node("Mul", "covariance_east_north", product, rho),
                graph.node("Mul", "variance_north", north, north));
    }

    private String sigma(String name, String raw, double scale) {
        String positive = graph.node("Softplus", name + "_softplus", raw);
        String shifted =
                graph.node("Add", name + "_shifted", positive, graph.vector("sigma_min", NormalOutput.LEAST_SIGMA));
        return scaled(name, shifted, scale);
    }

    private String scaled(String name, String sigma, double scale) {
        return graph.node("Mul", name, sigma, graph.vector(name + "_scale", Math.abs(scale) * sigmaScale));
    }

    private String correlation(String raw) {
        return graph.node(
                "Mul",
                "correlation",
                graph.node("Tanh", "correlation_tanh", raw),
                graph.vector("correlation_max", NormalOutput.LARGEST_CORRELATION));
    }

    /** Adds {@link #COVARIANCE} and {@link #UNCERTAINTY} of square metres, each (batch, 1). */
    private void covariance(String eastEast, String eastNorth, String northNorth) {
        NodeAttributes side = NodeAttributes.none().with("axis", 1L);
        String all = graph.node("Concat", "covariance_row", side, eastEast, eastNorth, eastNorth, northNorth);
        graph.node("Reshape", COVARIANCE, all, graph.indices("covariance_shape", -1, 2, 2));
        String variances = graph.node("Concat", "variances", side, northNorth, eastEast);
        String sigmas = graph.node("Sqrt", "sigmas_m", variances);
        String perDegree = graph.vector("metres_per_degree", plane.metresPerDegreeNorth(), plane.metresPerDegreeEast());
        graph.node("Div", UNCERTAINTY, sigmas, perDegree);
    }

    private void mixture(String numbers, int components) {
        write(components(numbers, components));
    }

    /** Adds nothing but the components of the mixture that {@code numbers}, (batch, width), are; a normal is a mixture of one. */
    static MixtureComponents components(OnnxGraph graph, ModelDescription description, String numbers) {
        OutputNodes nodes = new OutputNodes(graph, description);
        if (description.output() instanceof NormalMixtureOutput mixture) {
            return nodes.components(numbers, mixture.components());
        }
        boolean raw = description.output() instanceof NormalOutput;
        return nodes.component(numbers, raw);
    }

    /** Adds the outputs behind the components of a mixture. */
    static void add(OnnxGraph graph, ModelDescription description, MixtureComponents components) {
        new OutputNodes(graph, description).write(components);
        specs(description.output()).forEach(graph::output);
    }

    private MixtureComponents component(String numbers, boolean raw) {
        String east = columns("raw_east", numbers, 0);
        String sigmaEast = columns("raw_sigma_east", numbers, 2);
        String sigmaNorth = columns("raw_sigma_north", numbers, 3);
        return new MixtureComponents(
                graph.node("Softmax", "weights", NodeAttributes.none().with("axis", -1L), east), // of one number: 1
                metres("east", east, metres.offsetEast(), metres.scaleEast()),
                metres("north", columns("raw_north", numbers, 1), metres.offsetNorth(), metres.scaleNorth()),
                raw
                        ? sigma("sigma_east", sigmaEast, metres.scaleEast())
                        : scaled("sigma_east", sigmaEast, metres.scaleEast()),
                raw
                        ? sigma("sigma_north", sigmaNorth, metres.scaleNorth())
                        : scaled("sigma_north", sigmaNorth, metres.scaleNorth()),
                raw
                        ? correlation(columns("raw_correlation", numbers, 4))
                        : graph.node("Mul", "correlation", east, graph.vector("zero", 0)));
    }

    private MixtureComponents components(String numbers, int components) {
        String parts = graph.node("Reshape", "parts", numbers, graph.indices("parts_shape", -1, COMPONENT, components));
        String weight =
                graph.node("Softmax", "weights", NodeAttributes.none().with("axis", -1L), part("logits", parts, 0));
        return new MixtureComponents(
                weight,
                metres("east", part("raw_east", parts, 1), metres.offsetEast(), metres.scaleEast()),
                metres("north", part("raw_north", parts, 2), metres.offsetNorth(), metres.scaleNorth()),
                sigma("sigma_east", part("raw_sigma_east", parts, 3), metres.scaleEast()),
                sigma("sigma_north", part("raw_sigma_north", parts, 4), metres.scaleNorth()),
                correlation(part("raw_correlation", parts, 5)));
    }

    private void write(MixtureComponents all) {
        String weight = all.weight();
        String east = all.east();
        String north = all.north();
        String sigmaEast = all.sigmaEast();
        String sigmaNorth = all.sigmaNorth();
        String meanEast = expected("mean_east", weight, east);
        String meanNorth = expected("mean_north", weight, north);
        String fromEast = graph.node("Sub", "from_mean_east", east, meanEast);
        String fromNorth = graph.node("Sub", "from_mean_north", north, meanNorth);
        String own = graph.node("Mul", "own", graph.node("Mul", "sigmas", sigmaEast, sigmaNorth), all.rho());
        covariance(
                second("east_east", weight, graph.node("Mul", "own_east", sigmaEast, sigmaEast), fromEast, fromEast),
                second("east_north", weight, own, fromEast, fromNorth),
                second(
                        "north_north",
                        weight,
                        graph.node("Mul", "own_north", sigmaNorth, sigmaNorth),
                        fromNorth,
                        fromNorth));
        NodeAttributes side = NodeAttributes.none().with("axis", 1L);
        graph.node("Concat", POSITION, side, latitude("latitude", meanNorth), longitude("longitude", meanEast));
        String latitudes = latitude("latitudes", north);
        String longitudes = longitude("longitudes", east);
        stack(weight, latitudes, longitudes, sigmaEast, sigmaNorth, all.rho());
    }

    private String part(String name, String parts, int index) {
        return graph.node(
                "Gather",
                name,
                NodeAttributes.none().with("axis", 1L),
                parts,
                graph.scalarIndex("part_" + index, index));
    }

    private String metres(String name, String value, double offset, double scale) {
        String scaled = graph.node("Mul", name + "_scaled", value, graph.vector(name + "_metres", scale));
        return graph.node("Add", name, scaled, graph.vector(name + "_offset", offset));
    }

    /** Returns the mean over the components, (batch, 1). */
    private String expected(String name, String weight, String value) {
        String weighted = graph.node("Mul", name + "_weighted", weight, value);
        NodeAttributes kept = NodeAttributes.none().with("keepdims", 1L);
        return graph.node("ReduceSum", name, kept, weighted, graph.indices("components_axis", 1));
    }

    private String second(String name, String weight, String own, String left, String right) {
        String between = graph.node("Mul", name + "_between", left, right);
        return expected(name, weight, graph.node("Add", name + "_second", own, between));
    }

    private String latitude(String name, String north) {
        return degrees(name, north, plane.metresPerDegreeNorth(), plane.latitude());
    }

    private String longitude(String name, String east) {
        return degrees(name, east, plane.metresPerDegreeEast(), plane.longitude());
    }

    private String degrees(String name, String value, double perDegree, double origin) {
        String offset = graph.node("Div", name + "_offset", value, graph.vector(name + "_per_degree", perDegree));
        return graph.node("Add", name, offset, graph.vector(name + "_origin", origin));
    }

    private void stack(String... parts) {
        String[] columns = new String[parts.length];
        for (int i = 0; i < parts.length; i++) {
            columns[i] = graph.node("Unsqueeze", "mixture_" + i, parts[i], graph.indices("last_axis", -1));
        }
        graph.node("Concat", MIXTURE, NodeAttributes.none().with("axis", -1L), columns);
    }

    private String columns(String name, String numbers, long... indices) {
        NodeAttributes columns = NodeAttributes.none().with("axis", 1L);
        return graph.node("Gather", name, columns, numbers, graph.indices(name + "_columns", indices));
    }
}

package io.heimdall.export;

import java.util.ArrayList;
import java.util.List;

/**
 * The components of a mixture of normal distributions, as values (batch, components) of a graph.
 *
 * @param weight of each
 * @param east of the mean, metres in the file's plane
 * @param north of the mean, metres in the file's plane
 * @param sigmaEast metres
 * @param sigmaNorth metres
 * @param rho correlation
 */
record MixtureComponents(String weight, String east, String north, String sigmaEast, String sigmaNorth, String rho) {
    private static final List<String> FIELDS =
            List.of("member_weights", "east", "north", "sigma_east", "sigma_north", "correlation");

    /** Adds the mixture of several mixtures with equal weights, the components of the first one first. */
    static MixtureComponents joined(OnnxGraph graph, List<MixtureComponents> members) {
        List<String> joined = new ArrayList<>();
        for (int field = 0; field < FIELDS.size(); field++) {
            int which = field;
            String[] parts =
                    members.stream().map(member -> member.fields().get(which)).toArray(String[]::new);
            joined.add(graph.node(
                    "Concat", FIELDS.get(field), NodeAttributes.none().with("axis", 1L), parts));
        }
        String share = graph.vector("member_share", 1.0 / members.size());
        return new MixtureComponents(
                graph.node("Mul", "weights", joined.get(0), share),
                joined.get(1),
                joined.get(2),
                joined.get(3),
                joined.get(4),
                joined.get(5));
    }

    /** Adds the same mixture with every sigma multiplied by a factor. */
    MixtureComponents withSigmasTimes(OnnxGraph graph, double factor) {
        String scale = graph.vector("pooled_sigma_scale", factor);
        return new MixtureComponents(
                weight,
                east,
                north,
                graph.node("Mul", "pooled_scaled_east", sigmaEast, scale),
                graph.node("Mul", "pooled_scaled_north", sigmaNorth, scale),
                rho);
    }

    private List<String> fields() {
        return List.of(weight, east, north, sigmaEast, sigmaNorth, rho);
    }
}

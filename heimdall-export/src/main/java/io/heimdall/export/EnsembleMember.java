package io.heimdall.export;

import io.heimdall.model.FloatTensor;
import io.heimdall.model.evidence.LogPool;
import io.heimdall.model.network.NetworkSpec;
import io.heimdall.model.output.GaussianDistribution;
import io.heimdall.model.output.NormalMixture;
import io.heimdall.model.output.NormalMixtureOutput;
import io.heimdall.model.output.OutputSpec;
import io.heimdall.model.weights.Weights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One of several networks of the same kind. A model file mixes their answers with equal weights.
 *
 * @param network that all members have
 * @param weights of this one
 * @param pool with evidence beside the network
 */
public record EnsembleMember(NetworkSpec network, Weights weights, Optional<LogPool> pool) {

    /** Makes a member that is the network alone. */
    public EnsembleMember(NetworkSpec network, Weights weights) {
        this(network, weights, Optional.empty());
    }

    /** Returns the output of a file that mixes members: the components of the first one first. */
    public static NormalMixtureOutput output(OutputSpec member, int members) {
        int components = member instanceof NormalMixtureOutput mixture ? mixture.components() : 1;
        return new NormalMixtureOutput(members * components);
    }

    /** Returns the weights of all members, the names of each beginning with {@code member-1.} and so on. */
    public static Weights joined(List<Weights> members) {
        Map<String, FloatTensor> all = new LinkedHashMap<>();
        for (int k = 0; k < members.size(); k++) {
            String prefix = prefix(k);
            members.get(k).tensors().forEach((name, tensor) -> all.put(prefix + name, tensor));
        }
        return new Weights(all);
    }

    /** Returns the mixture of what the members say with equal weights. */
    public static NormalMixture mixture(List<? extends GaussianDistribution> members) {
        double[] equal = new double[members.size()];
        Arrays.fill(equal, 1);
        return NormalMixture.join(new ArrayList<>(members), equal);
    }

    /** Returns what the names of a member's nodes and weights begin with. */
    static String prefix(int member) {
        return "member-" + (member + 1) + ".";
    }
}

package io.heimdall.model.loss;

import io.heimdall.model.output.OutputSpec;
import java.util.List;

/** The losses that users can name. */
public final class Losses {
    private static final List<Loss> ALL =
            List.of(new Likelihood(), new GaussianNll(), new BetaNll(), new Huber(), new DensityNll());

    private Losses() {}

    /** Returns the names, the default first. */
    public static List<String> names() {
        return ALL.stream().map(Loss::name).toList();
    }

    /**
     * Returns the loss that a network is trained with unless told otherwise, and that it is validated by: the negative
     * log-likelihood in the form that is usual for its output.
     */
    public static Loss likelihood(OutputSpec output) {
        Loss axes = new GaussianNll();
        return axes.fits(output) ? axes : new DensityNll();
    }

    /**
     * Returns the loss of a name, with its usual parameters.
     *
     * @throws IllegalArgumentException listing the names there are
     */
    public static Loss named(String name) {
        return ALL.stream()
                .filter(loss -> loss.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "unknown loss '" + name + "'; there are " + String.join(", ", names())));
    }
}

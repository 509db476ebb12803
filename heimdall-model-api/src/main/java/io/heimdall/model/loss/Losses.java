package io.heimdall.model.loss;

import io.heimdall.model.NamedServices;
import io.heimdall.model.Tunable;
import java.util.List;

/** The losses by name: those of this library, and those that a class path adds. */
public final class Losses {
    private static final NamedServices<Loss> ALL = new NamedServices<>(
            Loss.class,
            "loss",
            Loss::name,
            List.of(new Likelihood(), new GaussianNll(), new BetaNll(), new Huber(), new DensityNll()));

    private Losses() {}

    /** Returns the names, the default first. */
    public static List<String> names() {
        return ALL.names();
    }

    /**
     * Returns the loss of a name, with its usual numbers or with those behind the name: {@code huber:delta=2}.
     *
     * @throws IllegalArgumentException listing the names there are, or the numbers that the loss has
     */
    public static Loss named(String text) {
        return Tunable.parse(text, ALL::named);
    }

    /**
     * Returns the text that {@link #named} reads.
     *
     * @throws IllegalArgumentException if the loss is not among those that can be named
     */
    public static String text(Loss loss) {
        return Tunable.text(loss, ALL.named(loss.name()));
    }
}

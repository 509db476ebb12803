package io.heimdall.pipeline.training;

/**
 * The choice whether a network first learns from sessions of a world that is fitted to the training split.
 *
 * @param automatic whether to go on without where it cannot be done or does not help
 * @param steps of 64 simulated sessions each, at least 0; 0 is none
 */
public record Pretraining(boolean automatic, int steps) {
    private static final String AUTO_WORD = "auto";
    private static final String OFF_WORD = "off";
    private static final int USUAL_STEPS = 4000;
    private static final int MOST_STEPS = 1_000_000;

    /** Where it helps. */
    public static final Pretraining AUTO = new Pretraining(true, USUAL_STEPS);

    /** Never. */
    public static final Pretraining OFF = new Pretraining(false, 0);

    /** Checks the steps. */
    public Pretraining {
        if (steps < 0 || steps > MOST_STEPS) {
            throw new IllegalArgumentException(
                    "pretraining of " + steps + " steps; 1.." + MOST_STEPS + " are possible");
        }
    }

    /**
     * Returns a pretraining that is done, or fails where it cannot be done.
     *
     * @throws IllegalArgumentException if the steps are not in 1..1000000
     */
    public static Pretraining ofSteps(int steps) {
        return parse(Integer.toString(steps));
    }

    /** Returns this pretraining where it helps, and none where it cannot be done. */
    public Pretraining whereItHelps() {
        return new Pretraining(true, steps);
    }

    /**
     * Returns the pretraining of a text, as {@link #text} writes it.
     *
     * @throws IllegalArgumentException if it is neither auto, off nor a number of steps
     */
    public static Pretraining parse(String text) {
        if (text.equals(AUTO_WORD)) {
            return AUTO;
        }
        if (text.equals(OFF_WORD)) {
            return OFF;
        }
        boolean automatic = text.startsWith(AUTO_WORD + " ");
        String number = automatic ? text.substring(AUTO_WORD.length() + 1) : text;
        if (!number.matches("[1-9][0-9]{0,6}") || Integer.parseInt(number) > MOST_STEPS) {
            throw new IllegalArgumentException(
                    "pretraining '" + text + "' is neither auto, off nor a number of steps in 1.." + MOST_STEPS);
        }
        return new Pretraining(automatic, Integer.parseInt(number));
    }

    /** Returns {@code auto}, {@code off}, the number of steps, or {@code auto} with a number that is not the usual one. */
    public String text() {
        if (equals(AUTO)) {
            return AUTO_WORD;
        }
        return steps == 0 ? OFF_WORD : (automatic ? AUTO_WORD + " " : "") + steps;
    }
}

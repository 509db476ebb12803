package io.heimdall.model.train;

import io.heimdall.model.Tunable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A learning-rate schedule: a factor on the plan's learning rate for each step.
 *
 * <p>It is a pure function of a checkpoint's content, so it has no state to save.
 */
public sealed interface Schedule extends Tunable<Schedule> {

    /** Returns the name that users type: {@code warmup-cosine}. */
    @Override
    String name();

    /**
     * Returns the factor of one step, from 0 to 1.
     *
     * @param step number of the step, from 1
     * @param totalSteps of the run if it does not stop early
     * @param validationNll of the epochs done, in their order
     */
    double factor(long step, long totalSteps, List<Double> validationNll);

    /** Returns the schedules that can be named, the default first. */
    static List<Schedule> all() {
        return List.of(WarmupCosine.DEFAULT, ReduceOnPlateau.DEFAULT, new Constant());
    }

    /** Returns the names, the default first. */
    static List<String> names() {
        return all().stream().map(Schedule::name).toList();
    }

    /**
     * Returns the schedule of a name, with its usual numbers or with those behind the name: {@code warmup-cosine:floor=0.01}.
     *
     * @throws IllegalArgumentException listing the names there are, or the numbers that the schedule has
     */
    static Schedule named(String text) {
        return Tunable.parse(text, Schedule::usual);
    }

    /** Returns the text that {@link #named} reads. */
    default String text() {
        return Tunable.text(this, usual(name()));
    }

    private static Schedule usual(String name) {
        return all().stream()
                .filter(schedule -> schedule.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "unknown schedule '" + name + "'; there are " + String.join(", ", names())));
    }

    /** The same learning rate all the way. */
    record Constant() implements Schedule {
        @Override
        public String name() {
            return "constant";
        }

        @Override
        public Constant withNumbers(Map<String, Double> numbers) {
            return this;
        }

        @Override
        public double factor(long step, long totalSteps, List<Double> validationNll) {
            return 1;
        }
    }

    /**
     * Rises in a line over the first part of the run, then falls along half a cosine.
     *
     * @param warmup part of all steps in which the rate rises, from 0 to below 1
     * @param floor the last factor, from 0 to 1
     * @see <a href="https://arxiv.org/abs/1608.03983">Loshchilov and Hutter, SGDR, 2017</a>
     */
    record WarmupCosine(double warmup, double floor) implements Schedule {
        static final WarmupCosine DEFAULT = new WarmupCosine(0.3, 0.001);

        /** Checks the ranges. */
        public WarmupCosine {
            if (!(warmup >= 0 && warmup < 1)) {
                throw new IllegalArgumentException("warm-up " + warmup + " is not from 0 to below 1");
            }
            if (!(floor >= 0 && floor <= 1)) {
                throw new IllegalArgumentException("floor " + floor + " is not in 0..1");
            }
        }

        @Override
        public String name() {
            return "warmup-cosine";
        }

        @Override
        public Map<String, Double> numbers() {
            Map<String, Double> numbers = new LinkedHashMap<>();
            numbers.put("warmup", warmup);
            numbers.put("floor", floor);
            return numbers;
        }

        @Override
        public WarmupCosine withNumbers(Map<String, Double> numbers) {
            return new WarmupCosine(numbers.get("warmup"), numbers.get("floor"));
        }

        @Override
        public double factor(long step, long totalSteps, List<Double> validationNll) {
            long rising = Math.round(warmup * totalSteps);
            if (step <= rising) {
                return (double) step / rising;
            }
            double fallen = (double) (step - rising) / (totalSteps - rising);
            return floor + (1 - floor) * (1 + Math.cos(Math.PI * fallen)) / 2;
        }
    }

    /**
     * Multiplies the rate by {@code decrease} whenever the validation loss has not improved for more than
     * {@code patience} epochs.
     *
     * @param decrease above 0, below 1
     * @param patience epochs, at least 0
     * @param floor the smallest factor, from 0 to 1
     */
    record ReduceOnPlateau(double decrease, int patience, double floor) implements Schedule {
        static final ReduceOnPlateau DEFAULT = new ReduceOnPlateau(0.5, 4, 0.001);

        /** Less than this is no improvement. */
        private static final double THRESHOLD = 1e-4;

        /** Checks the ranges. */
        public ReduceOnPlateau {
            if (!(decrease > 0 && decrease < 1)) {
                throw new IllegalArgumentException("decrease " + decrease + " is not between 0 and 1");
            }
            if (patience < 0) {
                throw new IllegalArgumentException("patience " + patience + " is below 0");
            }
            if (!(floor >= 0 && floor <= 1)) {
                throw new IllegalArgumentException("floor " + floor + " is not in 0..1");
            }
        }

        @Override
        public String name() {
            return "reduce-on-plateau";
        }

        @Override
        public Map<String, Double> numbers() {
            Map<String, Double> numbers = new LinkedHashMap<>();
            numbers.put("decrease", decrease);
            numbers.put("patience", (double) patience);
            numbers.put("floor", floor);
            return numbers;
        }

        @Override
        public ReduceOnPlateau withNumbers(Map<String, Double> numbers) {
            double epochs = numbers.get("patience");
            if (epochs != (int) epochs) {
                throw new IllegalArgumentException("patience " + epochs + " is not a whole number");
            }
            return new ReduceOnPlateau(numbers.get("decrease"), (int) epochs, numbers.get("floor"));
        }

        @Override
        public double factor(long step, long totalSteps, List<Double> validationNll) {
            double factor = 1;
            double best = Double.POSITIVE_INFINITY;
            int waited = 0;
            for (double nll : validationNll) {
                if (nll < best - THRESHOLD) {
                    best = nll;
                    waited = 0;
                } else if (++waited > patience) {
                    factor = Math.max(floor, factor * decrease);
                    waited = 0;
                }
            }
            return factor;
        }
    }
}

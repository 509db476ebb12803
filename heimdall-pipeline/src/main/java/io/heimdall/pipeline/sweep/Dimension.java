package io.heimdall.pipeline.sweep;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;

/** The values that a sweep tries of one setting. */
public sealed interface Dimension {

    /**
     * Returns the value at a place along the dimension; equal parts of 0..1 have equal shares of the values.
     *
     * @param u in 0..1, without 1
     * @return a value of JSON
     */
    Object at(double u);

    /** Returns the dimension as a person reads it. */
    String text();

    /**
     * Some values, in any order.
     *
     * @param all values of JSON, one at least
     */
    record Values(List<Object> all) implements Dimension {
        /**
         * Copies the list.
         *
         * @throws IllegalArgumentException if it is empty
         */
        public Values {
            all = List.copyOf(all);
            if (all.isEmpty()) {
                throw new IllegalArgumentException("the list of values is empty");
            }
        }

        @Override
        public Object at(double u) {
            return all.get((int) Math.min(all.size() - 1, u * all.size()));
        }

        @Override
        public String text() {
            return all.toString();
        }
    }

    /**
     * Numbers between two. Without a step, a decimal has four digits, which is as exact as a setting need be known.
     *
     * @param min the least, included
     * @param max the largest, included where steps lead to it
     * @param log whether equal ratios have equal shares, in place of equal differences
     * @param step between two values; 0 for none
     * @param whole whether the values are whole numbers
     */
    record Interval(double min, double max, boolean log, double step, boolean whole) implements Dimension {
        private static final MathContext DIGITS = new MathContext(4);

        /**
         * Checks the numbers.
         *
         * @throws IllegalArgumentException naming what cannot be
         */
        public Interval {
            if (!(min < max)) {
                throw new IllegalArgumentException("min " + text(min) + " is not below max " + text(max));
            }
            if (log && min <= 0) {
                throw new IllegalArgumentException("min " + text(min) + " is not above 0, which log needs");
            }
            if (log && step > 0) {
                throw new IllegalArgumentException("step and log exclude each other");
            }
            if (step < 0 || step > max - min) {
                throw new IllegalArgumentException(
                        "step " + text(step) + " is not between 0 and max - min = " + text(max - min));
            }
            if (whole && step != Math.rint(step)) {
                throw new IllegalArgumentException("step " + text(step) + " is not whole, as the setting is");
            }
        }

        @Override
        public Object at(double u) {
            double value = log ? logarithmic(u) : linear(u);
            return whole ? (Object) Math.round(value) : value;
        }

        private double linear(double u) {
            double between = whole ? Math.max(1, step) : step;
            if (between == 0) {
                return rounded(min + u * (max - min));
            }
            long cells = (long) Math.floor((max - min) / between + 1e-9) + 1;
            double value = min + Math.min(cells - 1, Math.floor(u * cells)) * between;
            return BigDecimal.valueOf(value).round(new MathContext(12)).doubleValue();
        }

        private double logarithmic(double u) {
            double value = min * Math.pow(max / min, u);
            return whole ? Math.min(max, Math.max(min, Math.rint(value))) : rounded(value);
        }

        private double rounded(double value) {
            double round = new BigDecimal(value).round(DIGITS).doubleValue();
            return Math.min(max, Math.max(min, round));
        }

        @Override
        public String text() {
            return text(min) + ".." + text(max) + (log ? " log" : "") + (step > 0 ? " step " + text(step) : "");
        }

        private static String text(double number) {
            return BigDecimal.valueOf(number).stripTrailingZeros().toString();
        }
    }
}

package io.heimdall.model.input;

import java.util.List;

/**
 * The computation of one tensor from the tensors that a client gives. {@link FormulaEvaluation} computes it in Java,
 * and the exporter writes it into a model file as nodes, so that no client can get it wrong.
 *
 * <p>Axes are counted with the batch as axis 0. Two tensors of one operation have the same number of axes; an axis of length
 * 1 stands for any length.
 */
public sealed interface Formula {

    /** Calls the interpreter's method for this kind of formula. */
    <V> V interpret(Interpreter<V> interpreter);

    /**
     * One method for each kind of formula.
     *
     * @param <V> the interpreter's representation of a tensor
     */
    interface Interpreter<V> {
        V given(Given formula);

        V constant(Constant formula);

        V standard(Standard formula);

        V exp(Exp formula);

        V log(Log formula);

        V mean(Mean formula);

        V ranked(Ranked formula);

        V clipped(Clipped formula);

        V picked(Picked formula);

        V column(Column formula);

        V stack(Stack formula);

        V product(Product formula);

        V choose(Choose formula);
    }

    /**
     * A tensor that the client gives; flags and whole numbers as floating-point numbers.
     *
     * @param tensor its name
     */
    record Given(String tensor) implements Formula {
        @Override
        public <V> V interpret(Interpreter<V> interpreter) {
            return interpreter.given(this);
        }
    }

    /**
     * One number, of any shape.
     *
     * @param value finite
     */
    record Constant(double value) implements Formula {
        @Override
        public <V> V interpret(Interpreter<V> interpreter) {
            return interpreter.constant(this);
        }
    }

    /**
     * (x - mean) / deviation, in single precision.
     *
     * @param of x
     * @param means one for all values, or one for each index of the last axis
     * @param deviations as many, not 0
     */
    record Standard(Formula of, List<Double> means, List<Double> deviations) implements Formula {
        /** Checks and copies the lists. */
        public Standard {
            means = List.copyOf(means);
            deviations = List.copyOf(deviations);
            if (means.isEmpty() || means.size() != deviations.size()) {
                throw new IllegalArgumentException(
                        means.size() + " means and " + deviations.size() + " deviations: expected as many of each");
            }
        }

        /** Makes one with the same mean and deviation for all values. */
        public Standard(Formula of, double mean, double deviation) {
            this(of, List.of(mean), List.of(deviation));
        }

        @Override
        public <V> V interpret(Interpreter<V> interpreter) {
            return interpreter.standard(this);
        }
    }

    /**
     * e to the power of x.
     *
     * @param of x
     */
    record Exp(Formula of) implements Formula {
        @Override
        public <V> V interpret(Interpreter<V> interpreter) {
            return interpreter.exp(this);
        }
    }

    /**
     * The natural logarithm.
     *
     * @param of of these values, above 0
     */
    record Log(Formula of) implements Formula {
        @Override
        public <V> V interpret(Interpreter<V> interpreter) {
            return interpreter.log(this);
        }
    }

    /**
     * The mean along one axis, which goes.
     *
     * @param of of these values
     * @param axis at least 1
     */
    record Mean(Formula of, int axis) implements Formula {
        @Override
        public <V> V interpret(Interpreter<V> interpreter) {
            return interpreter.mean(this);
        }
    }

    /**
     * The value of one rank along one axis, which goes.
     *
     * @param of of these values
     * @param axis at least 1, of fixed length
     * @param rank 0 for the largest, 1 for the second largest
     */
    record Ranked(Formula of, int axis, int rank) implements Formula {
        @Override
        public <V> V interpret(Interpreter<V> interpreter) {
            return interpreter.ranked(this);
        }
    }

    /**
     * The same values, none below or above a bound.
     *
     * @param of the values
     * @param least lower bound
     * @param most upper bound
     */
    record Clipped(Formula of, double least, double most) implements Formula {
        @Override
        public <V> V interpret(Interpreter<V> interpreter) {
            return interpreter.clipped(this);
        }
    }

    /**
     * The values of one index of the last axis, which goes.
     *
     * @param of the values
     * @param index from 0
     */
    record Picked(Formula of, int index) implements Formula {
        @Override
        public <V> V interpret(Interpreter<V> interpreter) {
            return interpreter.picked(this);
        }
    }

    /**
     * The same values with a last axis of length 1.
     *
     * @param of the values
     */
    record Column(Formula of) implements Formula {
        @Override
        public <V> V interpret(Interpreter<V> interpreter) {
            return interpreter.column(this);
        }
    }

    /**
     * Tensors of one shape side by side, along a new last axis.
     *
     * @param parts at least one
     */
    record Stack(List<Formula> parts) implements Formula {
        /** Copies the list. */
        public Stack {
            parts = List.copyOf(parts);
        }

        @Override
        public <V> V interpret(Interpreter<V> interpreter) {
            return interpreter.stack(this);
        }
    }

    /**
     * The product of two tensors.
     *
     * @param left one of them
     * @param right the other
     */
    record Product(Formula left, Formula right) implements Formula {
        @Override
        public <V> V interpret(Interpreter<V> interpreter) {
            return interpreter.product(this);
        }
    }

    /**
     * One of two tensors, value by value; what is not chosen does not matter, be it no number at all.
     *
     * @param flag 1 for {@code then}, 0 for {@code otherwise}
     * @param then where the flag is set; of the result's shape
     * @param otherwise where it is not
     */
    record Choose(Formula flag, Formula then, Formula otherwise) implements Formula {
        @Override
        public <V> V interpret(Interpreter<V> interpreter) {
            return interpreter.choose(this);
        }
    }
}

package io.heimdall.backend.dl4j;

import java.util.List;

/**
 * An operation that Deeplearning4j does not have, or has in many small calls: computed in Java, with its gradient by hand.
 *
 * <p>The elements of sets lie one below the other, (batch * elements, features).
 */
interface RowOperation {

    /**
     * Computes the output.
     *
     * @param parameters the tensors of the operation's state, one behind the other in their order; not to be written to
     */
    Result forward(List<Numbers> inputs, double[] parameters);

    /** Returns the number of values of the operation's state. */
    default int parameters() {
        return 0;
    }

    /**
     * What an operation computes, and how it goes back.
     *
     * @param output of the operation
     * @param gradient of this very output; remembers what it needs
     */
    record Result(Numbers output, Gradient gradient) {}

    /** The way back through an operation. */
    interface Gradient {

        /**
         * Returns the derivative of the loss at each input, in their order.
         *
         * @param byOutput the derivative of the loss at the output
         * @param byParameters zeros; takes the derivative of the loss at the parameters
         */
        List<Numbers> backward(Numbers byOutput, double[] byParameters);
    }
}

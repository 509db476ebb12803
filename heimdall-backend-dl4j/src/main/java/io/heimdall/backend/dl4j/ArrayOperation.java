package io.heimdall.backend.dl4j;

import org.nd4j.linalg.api.ndarray.INDArray;

/** What a vertex of the graph computes on the engine's arrays, with its gradient by hand. */
interface ArrayOperation {

    /** Returns the number of values of the operation's state. */
    int parameters();

    /**
     * Computes the output.
     *
     * @param parameters the operation's state, a vector; null where it has none
     * @param allocate makes the output
     */
    Result forward(INDArray[] inputs, INDArray parameters, Allocation allocate);

    /**
     * What an operation computes, and how it goes back.
     *
     * @param output of the operation
     * @param gradient of this very output; remembers what it needs
     */
    record Result(INDArray output, Gradient gradient) {}

    /** The way back through an operation. */
    interface Gradient {

        /**
         * Returns the derivative of the loss at each input, in their order.
         *
         * @param byOutput the derivative of the loss at the output
         * @param byParameters overwritten with the derivative of the loss at the parameters; null where there are none
         * @param allocate makes the results
         */
        INDArray[] backward(INDArray byOutput, INDArray byParameters, Allocation allocate);
    }

    /** Makes arrays of arbitrary values in the memory that the graph wants them in. */
    interface Allocation {
        INDArray array(long... shape);
    }
}

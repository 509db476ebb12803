package io.heimdall.backend.dl4j;

import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.memory.MemoryReport;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A {@link OperationVertex} in the configuration of a graph. */
@SuppressWarnings("serial") // the class is serialisable, a session is not
final class OperationVertexSpec extends GraphVertex {
    private final ArrayOperation operation;
    private final int inputs;

    /** Makes the vertex of an operation that takes a number of inputs. */
    OperationVertexSpec(ArrayOperation operation, int inputs) {
        this.operation = operation;
        this.inputs = inputs;
    }

    @Override
    public org.deeplearning4j.nn.graph.vertex.GraphVertex instantiate(
            ComputationGraph graph, String name, int index, INDArray parameters, boolean initialise, DataType type) {
        return new OperationVertex(graph, name, index, operation, parameters, type);
    }

    @Override
    public long numParams(boolean backprop) {
        return operation.parameters();
    }

    @Override
    public int minVertexInputs() {
        return inputs;
    }

    @Override
    public int maxVertexInputs() {
        return inputs;
    }

    @Override
    public InputType getOutputType(int index, InputType... types) {
        throw new UnsupportedOperationException("graphs are described without the types of their inputs");
    }

    @Override
    public MemoryReport getMemoryReport(InputType... types) {
        throw new UnsupportedOperationException("graphs are described without the types of their inputs");
    }

    @Override
    public GraphVertex clone() {
        return this; // a configuration's copies belong to the same session
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}

package io.heimdall.backend.dl4j;

import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A {@link RowOperation} between the engine's arrays: they are copied into Java's memory and back.
 *
 * @param rows what is computed there
 */
record RowsOnArrays(RowOperation rows) implements ArrayOperation {

    @Override
    public int parameters() {
        return rows.parameters();
    }

    @Override
    public Result forward(INDArray[] inputs, INDArray parameters, Allocation allocate) {
        List<Numbers> given = Arrays.stream(inputs).map(HostArray::read).toList();
        double[] state =
                parameters == null ? new double[0] : HostArray.read(parameters).values();
        RowOperation.Result result = rows.forward(given, state);
        return new Result(array(result.output(), allocate), (byOutput, byParameters, memory) -> {
            double[] byState = new double[rows.parameters()];
            List<Numbers> byInputs = result.gradient().backward(HostArray.read(byOutput), byState);
            if (byParameters != null) {
                HostArray.write(byState, byParameters);
            }
            return byInputs.stream().map(by -> array(by, memory)).toArray(INDArray[]::new);
        });
    }

    private static INDArray array(Numbers numbers, Allocation allocate) {
        INDArray array = allocate.array(numbers.shape());
        HostArray.write(numbers.values(), array);
        return array;
    }
}

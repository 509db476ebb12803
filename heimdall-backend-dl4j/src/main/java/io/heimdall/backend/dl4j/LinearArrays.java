package io.heimdall.backend.dl4j;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * x W^T + b along the last axis: the parameters are W, (out, in) row by row, then b.
 *
 * <p>Deeplearning4j's dense layer takes matrices alone, and makes a step on sets half as long again (ADR 107).
 *
 * @param in length of a row of x
 * @param out length of a row of the result
 */
record LinearArrays(int in, int out) implements ArrayOperation {

    @Override
    public int parameters() {
        return out * in + out;
    }

    @Override
    public Result forward(INDArray[] inputs, INDArray parameters, Allocation allocate) {
        long[] shape = inputs[0].shape();
        Matrix x = Matrix.of(HostArray.ordered(inputs[0]), Math.toIntExact(inputs[0].length() / in), in);
        Matrix weight = Matrix.of(parameters, out, in);
        INDArray result = allocate.array(withLast(shape, out));
        HostArray.write(repeated(HostArray.read(parameters, out * in, out), x.rows()), result);
        Matrix.of(result, x.rows(), out).product(x, weight.transpose(), true);
        return new Result(result, (byResult, byParameters, memory) -> {
            Matrix slope = Matrix.of(HostArray.ordered(byResult), x.rows(), out);
            Matrix.of(byParameters, out, in).product(slope.transpose(), x, false);
            HostArray.write(sums(HostArray.read(slope.array()).values()), byParameters, out * in);
            INDArray byX = memory.array(shape);
            Matrix.of(byX, x.rows(), in).product(slope, weight, false);
            return new INDArray[] {byX};
        });
    }

    private static long[] withLast(long[] shape, long length) {
        long[] changed = shape.clone();
        changed[shape.length - 1] = length;
        return changed;
    }

    private static double[] repeated(double[] row, int times) {
        double[] rows = new double[row.length * times];
        for (int i = 0; i < times; i++) {
            System.arraycopy(row, 0, rows, i * row.length, row.length);
        }
        return rows;
    }

    private double[] sums(double[] rows) {
        double[] sums = new double[out];
        for (int start = 0; start < rows.length; start += out) {
            for (int i = 0; i < out; i++) {
                sums[i] += rows[start + i];
            }
        }
        return sums;
    }
}

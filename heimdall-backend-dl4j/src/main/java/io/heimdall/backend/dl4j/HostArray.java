package io.heimdall.backend.dl4j;

import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Numbers out of and into the engine's arrays. */
final class HostArray {
    private HostArray() {}

    /** Returns a copy of an array's values. */
    static Numbers read(INDArray array) {
        long[] shape = array.shape();
        double[] values = new double[Math.toIntExact(array.length())];
        INDArray ordered = isOrdered(array) ? array : array.dup('c');
        Pointer memory = ordered.data().addressPointer();
        if (array.dataType() == DataType.DOUBLE) {
            ((DoublePointer) memory).get(values);
        } else {
            float[] floats = new float[values.length];
            ((FloatPointer) memory).get(floats);
            for (int i = 0; i < values.length; i++) {
                values[i] = floats[i];
            }
        }
        return new Numbers(values, shape);
    }

    /** Overwrites an array whose values lie one behind the other, rounding to its type. */
    static void write(double[] values, INDArray array) {
        Pointer memory = array.data().addressPointer();
        if (array.dataType() == DataType.DOUBLE) {
            ((DoublePointer) memory).put(values);
        } else {
            float[] floats = new float[values.length];
            for (int i = 0; i < values.length; i++) {
                floats[i] = (float) values[i];
            }
            ((FloatPointer) memory).put(floats);
        }
    }

    private static boolean isOrdered(INDArray array) {
        long stride = 1;
        for (int axis = array.rank() - 1; axis >= 0; axis--) {
            if (array.size(axis) > 1 && array.stride(axis) != stride) {
                return false;
            }
            stride *= array.size(axis);
        }
        return true;
    }
}

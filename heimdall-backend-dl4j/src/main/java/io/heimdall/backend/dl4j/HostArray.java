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
        return new Numbers(read(ordered(array), 0, Math.toIntExact(array.length())), array.shape());
    }

    /** Returns a copy of some of an array's values, which lie one behind the other. */
    static double[] read(INDArray array, int from, int count) {
        Pointer memory = array.data().addressPointer();
        double[] values = new double[count];
        if (array.dataType() == DataType.DOUBLE) {
            ((DoublePointer) memory).position(from).get(values);
        } else {
            float[] floats = new float[count];
            ((FloatPointer) memory).position(from).get(floats);
            for (int i = 0; i < count; i++) {
                values[i] = floats[i];
            }
        }
        return values;
    }

    /** Overwrites an array whose values lie one behind the other, rounding to its type. */
    static void write(double[] values, INDArray array) {
        write(values, array, 0);
    }

    /** Overwrites some of an array's values, which lie one behind the other, rounding to its type. */
    static void write(double[] values, INDArray array, int from) {
        Pointer memory = array.data().addressPointer();
        if (array.dataType() == DataType.DOUBLE) {
            ((DoublePointer) memory).position(from).put(values);
        } else {
            float[] floats = new float[values.length];
            for (int i = 0; i < values.length; i++) {
                floats[i] = (float) values[i];
            }
            ((FloatPointer) memory).position(from).put(floats);
        }
    }

    /** Returns an array whose values lie one behind the other: this one, or a copy. */
    static INDArray ordered(INDArray array) {
        long stride = 1;
        for (int axis = array.rank() - 1; axis >= 0; axis--) {
            if (array.size(axis) > 1 && array.stride(axis) != stride) {
                return array.dup('c');
            }
            stride *= array.size(axis);
        }
        return array;
    }
}

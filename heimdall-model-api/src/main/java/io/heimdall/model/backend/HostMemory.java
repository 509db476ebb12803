package io.heimdall.model.backend;

import java.nio.Buffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;

/** Floats in and out of an engine's memory, which holds floats or doubles. */
final class HostMemory {
    private HostMemory() {}

    /** Returns a copy of a memory, rounded to floats. */
    static float[] read(Buffer memory) {
        float[] values = new float[memory.limit()];
        if (memory instanceof FloatBuffer floats) {
            floats.get(0, values);
        } else {
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) ((DoubleBuffer) memory).get(i);
            }
        }
        return values;
    }

    /** Overwrites a memory. */
    static void write(Buffer memory, float[] values) {
        if (memory instanceof FloatBuffer floats) {
            floats.put(0, values);
        } else {
            for (int i = 0; i < values.length; i++) {
                ((DoubleBuffer) memory).put(i, values[i]);
            }
        }
    }
}

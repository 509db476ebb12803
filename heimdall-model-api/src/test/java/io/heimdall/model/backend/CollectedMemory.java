package io.heimdall.model.backend;

import io.heimdall.model.loss.Loss;
import io.heimdall.model.output.OutputSpec;
import java.nio.ByteBuffer;
import java.util.stream.IntStream;

/**
 * A loss that is computed after Java has given back the memory that nobody holds, and has used it for something else: what an
 * engine still needs for the gradients, it must hold.
 */
record CollectedMemory(Loss loss) implements Loss {

    @Override
    public String name() {
        return loss.name();
    }

    @Override
    public boolean fits(OutputSpec output) {
        return loss.fits(output);
    }

    @Override
    public double evaluate(OutputSpec output, double[] numbers, float[] targets, double[] gradient) {
        for (int round = 0; round < 3; round++) {
            System.gc();
            IntStream.range(0, 2000).forEach(i -> ByteBuffer.allocateDirect(8).putLong(0, -1));
        }
        return loss.evaluate(output, numbers, targets, gradient);
    }
}

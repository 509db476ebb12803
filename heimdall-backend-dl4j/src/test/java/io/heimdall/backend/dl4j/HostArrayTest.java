package io.heimdall.backend.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

class HostArrayTest {
    private static final double[] VALUES = {0, 1, 2, 3, 4, 5};

    @BeforeAll
    static void load() {
        new Dl4jBackend().probe();
    }

    @ParameterizedTest
    @EnumSource(names = {"FLOAT", "DOUBLE"})
    void numbersAreRowByRowWhateverTheOrderOfTheMemory(DataType type) {
        Nd4jEngine.THREAD.call(() -> {
            INDArray array = array(type);
            assertThat(HostArray.read(array)).satisfies(read -> {
                assertThat(read.values()).containsExactly(VALUES);
                assertThat(read.shape()).containsExactly(2, 3);
            });
            assertThat(HostArray.read(array.transpose()).values()).containsExactly(0, 3, 1, 4, 2, 5);
            assertThat(HostArray.read(array.dup('f')).values()).containsExactly(VALUES);
            INDArray right = array.get(NDArrayIndex.all(), NDArrayIndex.interval(1, 3));
            assertThat(HostArray.read(right).values()).containsExactly(1, 2, 4, 5);
            return null;
        });
    }

    @ParameterizedTest
    @EnumSource(names = {"FLOAT", "DOUBLE"})
    void partsAreReadAndWrittenWhereTheyLie(DataType type) {
        Nd4jEngine.THREAD.call(() -> {
            INDArray array = array(type);
            assertThat(HostArray.read(array, 2, 3)).containsExactly(2, 3, 4);
            HostArray.write(new double[] {7, 8}, array, 4);
            assertThat(HostArray.read(array).values()).containsExactly(0, 1, 2, 3, 7, 8);
            INDArray below = array.getRow(1);
            assertThat(HostArray.read(below, 1, 2)).containsExactly(7, 8);
            HostArray.write(new double[] {9}, below, 0);
            assertThat(HostArray.read(array).values()).containsExactly(0, 1, 2, 9, 7, 8);
            return null;
        });
    }

    private static INDArray array(DataType type) {
        INDArray array = Nd4j.createUninitialized(type, 2, 3);
        HostArray.write(VALUES, array);
        return array;
    }
}

package io.heimdall.backend.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class MatrixTest {

    @BeforeAll
    static void load() {
        new Dl4jBackend().probe();
    }

    @ParameterizedTest
    @CsvSource({
        "FLOAT, 1, 1, 1, false, false, false", "FLOAT, 3, 4, 5, false, false, true",
                "FLOAT, 7, 2, 3, true, false, false",
        "FLOAT, 2, 9, 4, false, true, true", "DOUBLE, 5, 6, 1, true, true, false", "DOUBLE, 3, 1, 8, true, false, true",
        "DOUBLE, 1, 5, 2, false, true, false", "DOUBLE, 4, 4, 4, false, false, false"
    })
    void productsAreSumsOverTheInnerAxis(
            DataType type, int rows, int columns, int inner, boolean turnA, boolean turnB, boolean added) {
        Nd4jEngine.THREAD.call(() -> {
            INDArray a = array(type, turnA ? inner : rows, turnA ? rows : inner, 1);
            INDArray b = array(type, turnB ? columns : inner, turnB ? inner : columns, 2);
            INDArray result = array(type, rows, columns, 3);
            double[] before = HostArray.read(result).values();
            Matrix left = Matrix.of(a, (int) a.size(0), (int) a.size(1));
            Matrix right = Matrix.of(b, (int) b.size(0), (int) b.size(1));
            Matrix.of(result, rows, columns)
                    .product(turnA ? left.transpose() : left, turnB ? right.transpose() : right, added);
            for (int i = 0; i < rows; i++) {
                for (int j = 0; j < columns; j++) {
                    double sum = added ? before[i * columns + j] : 0;
                    for (int k = 0; k < inner; k++) {
                        sum += (turnA ? a.getDouble(k, i) : a.getDouble(i, k))
                                * (turnB ? b.getDouble(j, k) : b.getDouble(k, j));
                    }
                    assertThat(result.getDouble(i, j)).isCloseTo(sum, within(1e-5));
                }
            }
            return null;
        });
    }

    private static INDArray array(DataType type, int rows, int columns, int seed) {
        INDArray array = Nd4j.createUninitialized(type, rows, columns);
        double[] values = new double[rows * columns];
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.sin(seed + 3.7 * i);
        }
        HostArray.write(values, array);
        return array;
    }
}

package io.heimdall.backend.dl4j;

import static org.bytedeco.openblas.global.openblas_nolapack.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_dgemm;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_sgemm;

import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A matrix that lies row by row at the beginning of an array of the engine, or its transpose.
 *
 * @param array that may have more values behind the matrix
 * @param rows in memory
 * @param columns in memory
 * @param turned whether the transpose is meant
 */
record Matrix(INDArray array, int rows, int columns, boolean turned) {

    /** Returns the matrix in memory. */
    static Matrix of(INDArray array, int rows, int columns) {
        return new Matrix(array, rows, columns, false);
    }

    /** Returns the transpose; nothing is moved. */
    Matrix transpose() {
        return new Matrix(array, rows, columns, !turned);
    }

    /** Writes the product of two matrices over this one, or adds it, without the calls that the engine makes around it. */
    void product(Matrix a, Matrix b, boolean added) {
        int inner = a.turned ? a.rows : a.columns;
        if (array.dataType() == DataType.DOUBLE) {
            cblas_dgemm(
                    CblasRowMajor,
                    a.turn(),
                    b.turn(),
                    rows,
                    columns,
                    inner,
                    1,
                    (DoublePointer) a.memory(),
                    a.columns,
                    (DoublePointer) b.memory(),
                    b.columns,
                    added ? 1 : 0,
                    (DoublePointer) memory(),
                    columns);
        } else {
            cblas_sgemm(
                    CblasRowMajor,
                    a.turn(),
                    b.turn(),
                    rows,
                    columns,
                    inner,
                    1,
                    (FloatPointer) a.memory(),
                    a.columns,
                    (FloatPointer) b.memory(),
                    b.columns,
                    added ? 1 : 0,
                    (FloatPointer) memory(),
                    columns);
        }
    }

    private int turn() {
        return turned ? CblasTrans : CblasNoTrans;
    }

    private Pointer memory() {
        return array.data().addressPointer();
    }
}

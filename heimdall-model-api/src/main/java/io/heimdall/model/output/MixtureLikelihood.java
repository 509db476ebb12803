package io.heimdall.model.output;

import java.util.Objects;

/** The likelihood of a row of {@link NormalMixtureOutput}: K logits, then the numbers of K normals. */
final class MixtureLikelihood implements RowLikelihood {
    private final int components;
    private final double[] logits;
    private final double total;
    private final RawNormals normals;
    private final double[] shares;
    private final double[] responsibilities;
    private int places;

    MixtureLikelihood(double[] numbers, int offset, int components) {
        this.components = components;
        logits = new double[components];
        System.arraycopy(numbers, offset, logits, 0, components);
        normals = new RawNormals(numbers, offset + components, components);
        shares = new double[components];
        responsibilities = new double[components];
        total = softmax(logits.clone());
    }

    @Override
    public double add(double east, double north) {
        normals.logDensities(east, north, shares);
        for (int k = 0; k < components; k++) {
            shares[k] += logits[k];
        }
        double joint = softmax(shares);
        normals.add(shares);
        for (int k = 0; k < components; k++) {
            responsibilities[k] += shares[k];
        }
        places++;
        return total - joint;
    }

    @Override
    public void write(double scale, double[] gradient, int offset) {
        Objects.checkFromIndexSize(offset, 6 * components, gradient.length);
        for (int k = 0; k < components; k++) {
            gradient[offset + k] = scale * (places * Math.exp(logits[k] - total) - responsibilities[k]);
        }
        normals.write(-scale, gradient, offset + components);
    }

    /** Turns logarithms into shares of 1, and returns the logarithm of the sum. */
    static double softmax(double[] logs) {
        double largest = Double.NEGATIVE_INFINITY;
        for (double log : logs) {
            largest = Math.max(largest, log);
        }
        double sum = 0;
        for (int k = 0; k < logs.length; k++) {
            logs[k] = Math.exp(logs[k] - largest);
            sum += logs[k];
        }
        for (int k = 0; k < logs.length; k++) {
            logs[k] /= sum;
        }
        return largest + Math.log(sum);
    }
}

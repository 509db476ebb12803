package io.heimdall.export;

import io.heimdall.model.network.Layer;
import io.heimdall.model.network.LayerSite;
import io.heimdall.model.network.NetworkInterpreter;
import io.heimdall.model.network.NetworkSpec;
import io.heimdall.model.network.Operation;
import io.heimdall.model.weights.Weights;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * A network computed for one row by the layers' definitions, in double precision, with plain loops.
 *
 * <p>Images are [channel][height][width], features [feature][1][1], sets [element][feature][1].
 */
final class NaiveNetwork implements NetworkInterpreter<double[][][]>, Operation.Interpreter<double[][][]> {
    private final Weights weights;
    private final Map<String, double[][][]> inputs;

    private NaiveNetwork(Weights weights, Map<String, double[][][]> inputs) {
        this.weights = weights;
        this.inputs = inputs;
    }

    /** Returns the numbers of the last layer for one row of inputs. */
    static double[] evaluate(NetworkSpec network, Weights weights, Map<String, double[][][]> inputs) {
        double[][][] last = network.walk(new NaiveNetwork(weights, inputs));
        double[] numbers = new double[last.length];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = last[i][0][0];
        }
        return numbers;
    }

    private float[] weight(LayerSite site, String name) {
        return weights.tensors().get(site.tensor(name)).values();
    }

    @Override
    public double[][][] input(String tensor) {
        return inputs.get(tensor);
    }

    @Override
    public double[][][] operation(LayerSite site, Operation operation, double[][][] x) {
        return operation.interpret(this, site, x);
    }

    @Override
    public double[][][] add(LayerSite site, double[][][] body, double[][][] shortcut) {
        return each(body, (value, c, i, j) -> value + shortcut[c][i][j]);
    }

    @Override
    public double[][][] join(LayerSite site, List<double[][][]> values) {
        boolean sets = values.get(0)[0].length > 1 || values.stream().anyMatch(v -> v[0].length > 1);
        return sets
                ? NaiveSets.joined(values)
                : values.stream().flatMap(java.util.Arrays::stream).toArray(double[][][]::new);
    }

    @Override
    public double[][][] fold(LayerSite site, Layer.Fold fold, double[][][] x, UnaryOperator<double[][][]> body) {
        double[][][] mask = inputs.get(fold.mask());
        double[][][] y = new double[x.length][][];
        int width = 0;
        for (int e = 0; e < x.length; e++) {
            if (mask[e][0][0] > 0.5) {
                y[e] = NaiveSets.row(body.apply(new double[][][] {x[e]}));
                width = y[e].length;
            }
        }
        for (int e = 0; e < x.length; e++) {
            y[e] = y[e] == null ? new double[Math.max(1, width)][1] : y[e];
        }
        return y;
    }

    private static double at(double[][][] x, int c, int i, int j, double outside) {
        return i < 0 || j < 0 || i >= x[c].length || j >= x[c][i].length ? outside : x[c][i][j];
    }

    @Override
    public double[][][] conv2d(LayerSite site, Operation.Conv2d l, double[][][] x) {
        float[] w = weight(site, "weight");
        int height = (x[0].length + 2 * l.padding() - l.kernel()) / l.stride() + 1;
        int width = (x[0][0].length + 2 * l.padding() - l.kernel()) / l.stride() + 1;
        double[][][] y = new double[l.out()][height][width];
        for (int o = 0; o < l.out(); o++) {
            for (int i = 0; i < height; i++) {
                for (int j = 0; j < width; j++) {
                    for (int c = 0; c < l.in(); c++) {
                        for (int u = 0; u < l.kernel(); u++) {
                            for (int v = 0; v < l.kernel(); v++) {
                                y[o][i][j] += w[((o * l.in() + c) * l.kernel() + u) * l.kernel() + v]
                                        * at(
                                                x,
                                                c,
                                                i * l.stride() + u - l.padding(),
                                                j * l.stride() + v - l.padding(),
                                                0);
                            }
                        }
                    }
                }
            }
        }
        return y;
    }

    @Override
    public double[][][] batchNorm(LayerSite site, Operation.BatchNorm l, double[][][] x) {
        float[] weight = weight(site, "weight");
        float[] bias = weight(site, "bias");
        float[] mean = weight(site, "running_mean");
        float[] variance = weight(site, "running_var");
        return each(x, (value, c, i, j) -> weight[c] * (value - mean[c]) / Math.sqrt(variance[c] + l.eps()) + bias[c]);
    }

    @Override
    public double[][][] relu(LayerSite site, Operation.Relu l, double[][][] x) {
        return each(x, (value, c, i, j) -> Math.max(value, 0));
    }

    @Override
    public double[][][] maxPool(LayerSite site, Operation.MaxPool l, double[][][] x) {
        int height = (x[0].length + 2 * l.padding() - l.kernel()) / l.stride() + 1;
        int width = (x[0][0].length + 2 * l.padding() - l.kernel()) / l.stride() + 1;
        double[][][] y = new double[x.length][height][width];
        return each(y, (zero, c, i, j) -> {
            double max = Double.NEGATIVE_INFINITY;
            for (int u = 0; u < l.kernel(); u++) {
                for (int v = 0; v < l.kernel(); v++) {
                    int row = i * l.stride() + u - l.padding();
                    int column = j * l.stride() + v - l.padding();
                    max = Math.max(max, at(x, c, row, column, Double.NEGATIVE_INFINITY));
                }
            }
            return max;
        });
    }

    @Override
    public double[][][] globalAveragePool(LayerSite site, Operation.GlobalAveragePool l, double[][][] x) {
        double[][][] y = new double[x.length][1][1];
        for (int c = 0; c < x.length; c++) {
            for (double[] row : x[c]) {
                for (double value : row) {
                    y[c][0][0] += value / x[c].length / row.length;
                }
            }
        }
        return y;
    }

    @Override
    public double[][][] linear(LayerSite site, Operation.Linear l, double[][][] x) {
        return x[0].length == 1 && x.length == l.in()
                ? NaiveSets.features(NaiveSets.linear(NaiveSets.row(x), weight(site, "weight"), weight(site, "bias")))
                : NaiveSets.linear(x, weight(site, "weight"), weight(site, "bias"));
    }

    @Override
    public double[][][] dropout(LayerSite site, Operation.Dropout l, double[][][] x) {
        return x;
    }

    @Override
    public double[][][] softplus(LayerSite site, Operation.Softplus l, double[][][] x) {
        return each(x, (value, c, i, j) -> Math.log1p(Math.exp(value)) + l.shift());
    }

    @Override
    public double[][][] silu(LayerSite site, Operation.Silu l, double[][][] x) {
        return each(x, (value, c, i, j) -> value / (1 + Math.exp(-value)));
    }

    @Override
    public double[][][] layerNorm(LayerSite site, Operation.LayerNorm l, double[][][] x) {
        return NaiveSets.normalised(x, weight(site, "weight"), weight(site, "bias"), l.eps());
    }

    @Override
    public double[][][] attention(LayerSite site, Operation.Attention l, double[][][] x) {
        double[][][][] parts = new double[3][][][];
        String[] names = {"query", "key", "value"};
        for (int i = 0; i < 3; i++) {
            parts[i] = NaiveSets.linear(x, weight(site, names[i] + ".weight"), weight(site, names[i] + ".bias"));
        }
        double[][][] mixed = NaiveSets.mixed(parts[0], parts[1], parts[2], l.heads(), inputs.get(l.mask()));
        return NaiveSets.linear(mixed, weight(site, "out.weight"), weight(site, "out.bias"));
    }

    @Override
    public double[][][] embedding(LayerSite site, Operation.Embedding l, double[][][] x) {
        float[] vectors = weight(site, "weight");
        double[][][] y = new double[x.length][l.width()][1];
        return each(y, (zero, e, f, one) -> vectors[(int) x[e][0][0] * l.width() + f]);
    }

    @Override
    public double[][][] waves(LayerSite site, Operation.Waves l, double[][][] x) {
        return NaiveSets.waves(x, l.count());
    }

    @Override
    public double[][][] setPool(LayerSite site, Operation.SetPool l, double[][][] x) {
        return NaiveSets.pooled(x, inputs.get(l.mask()));
    }

    private interface Element {
        double of(double value, int first, int second, int third);
    }

    private static double[][][] each(double[][][] x, Element element) {
        double[][][] y = new double[x.length][x[0].length][x[0][0].length];
        for (int c = 0; c < y.length; c++) {
            for (int i = 0; i < y[c].length; i++) {
                for (int j = 0; j < y[c][i].length; j++) {
                    y[c][i][j] = element.of(x[c][i][j], c, i, j);
                }
            }
        }
        return y;
    }
}

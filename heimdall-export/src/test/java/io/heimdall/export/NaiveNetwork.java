package io.heimdall.export;

import io.heimdall.model.network.Layer;
import io.heimdall.model.network.NetworkSpec;
import io.heimdall.model.weights.Weights;
import java.util.ArrayList;
import java.util.List;

/** A network computed for one input by the layers' definitions, in double precision, with plain loops. */
final class NaiveNetwork implements Layer.Visitor<List<double[][][]>> {
    private final Weights weights;
    private String path = "";
    private double[][][] x;

    private NaiveNetwork(Weights weights, double[][][] x) {
        this.weights = weights;
        this.x = x;
    }

    /** Returns position and sigma of one standardised input [channel][height][width]. */
    static List<double[]> evaluate(NetworkSpec network, Weights weights, double[][][] input) {
        return network.layers().accept(new NaiveNetwork(weights, input)).stream()
                .map(output -> new double[] {output[0][0][0], output[1][0][0]})
                .toList();
    }

    private float[] weight(String name) {
        return weights.tensors().get(path + name).values();
    }

    private double at(int c, int i, int j, double outside) {
        return i < 0 || j < 0 || i >= x[c].length || j >= x[c][i].length ? outside : x[c][i][j];
    }

    @Override
    public List<double[][][]> visit(Layer.Conv2d l) {
        float[] w = weight("weight");
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
                                        * at(c, i * l.stride() + u - l.padding(), j * l.stride() + v - l.padding(), 0);
                            }
                        }
                    }
                }
            }
        }
        return List.<double[][][]>of(y);
    }

    @Override
    public List<double[][][]> visit(Layer.BatchNorm l) {
        float[] weight = weight("weight");
        float[] bias = weight("bias");
        float[] mean = weight("running_mean");
        float[] variance = weight("running_var");
        return each((value, c) -> weight[c] * (value - mean[c]) / Math.sqrt(variance[c] + l.eps()) + bias[c]);
    }

    @Override
    public List<double[][][]> visit(Layer.Relu l) {
        return each((value, c) -> Math.max(value, 0));
    }

    @Override
    public List<double[][][]> visit(Layer.MaxPool l) {
        int height = (x[0].length + 2 * l.padding() - l.kernel()) / l.stride() + 1;
        int width = (x[0][0].length + 2 * l.padding() - l.kernel()) / l.stride() + 1;
        double[][][] y = new double[x.length][height][width];
        for (int c = 0; c < x.length; c++) {
            for (int i = 0; i < height; i++) {
                for (int j = 0; j < width; j++) {
                    double max = Double.NEGATIVE_INFINITY;
                    for (int u = 0; u < l.kernel(); u++) {
                        for (int v = 0; v < l.kernel(); v++) {
                            int row = i * l.stride() + u - l.padding();
                            int column = j * l.stride() + v - l.padding();
                            max = Math.max(max, at(c, row, column, Double.NEGATIVE_INFINITY));
                        }
                    }
                    y[c][i][j] = max;
                }
            }
        }
        return List.<double[][][]>of(y);
    }

    @Override
    public List<double[][][]> visit(Layer.GlobalAveragePool l) {
        double[][][] y = new double[x.length][1][1];
        for (int c = 0; c < x.length; c++) {
            for (double[] row : x[c]) {
                for (double value : row) {
                    y[c][0][0] += value / x[c].length / row.length;
                }
            }
        }
        return List.<double[][][]>of(y);
    }

    @Override
    public List<double[][][]> visit(Layer.Linear l) {
        double[][][] y = new double[l.out()][1][1];
        for (int o = 0; o < l.out(); o++) {
            y[o][0][0] = weight("bias")[o];
            for (int i = 0; i < l.in(); i++) {
                y[o][0][0] += weight("weight")[o * l.in() + i] * x[i][0][0];
            }
        }
        return List.<double[][][]>of(y);
    }

    @Override
    public List<double[][][]> visit(Layer.Dropout l) {
        return List.<double[][][]>of(x);
    }

    @Override
    public List<double[][][]> visit(Layer.Softplus l) {
        return each((value, c) -> Math.log1p(Math.exp(value)) + l.shift());
    }

    @Override
    public List<double[][][]> visit(Layer.Residual l) {
        double[][][] input = x;
        double[][][] body = l.body().accept(this).get(0);
        x = input;
        double[][][] shortcut = l.shortcut().map(named -> child(named).get(0)).orElse(input);
        x = body;
        double[][][] y = each((value, c) -> value).get(0);
        for (int c = 0; c < y.length; c++) {
            for (int i = 0; i < y[c].length; i++) {
                for (int j = 0; j < y[c][i].length; j++) {
                    y[c][i][j] += shortcut[c][i][j];
                }
            }
        }
        return List.<double[][][]>of(y);
    }

    @Override
    public List<double[][][]> visit(Layer.Sequence l) {
        List<double[][][]> outputs = List.<double[][][]>of(x);
        for (Layer.Named child : l.layers()) {
            x = outputs.get(0);
            outputs = child(child);
        }
        return outputs;
    }

    @Override
    public List<double[][][]> visit(Layer.Branch l) {
        double[][][] input = x;
        List<double[][][]> outputs = new ArrayList<>();
        for (Layer.Named child : l.branches()) {
            x = input;
            outputs.addAll(child(child));
        }
        return outputs;
    }

    private List<double[][][]> child(Layer.Named child) {
        String parent = path;
        path = child.name().isEmpty() ? parent : parent + child.name() + ".";
        List<double[][][]> outputs = child.layer().accept(this);
        path = parent;
        return outputs;
    }

    private interface Element {
        double of(double value, int channel);
    }

    private List<double[][][]> each(Element element) {
        double[][][] y = new double[x.length][x[0].length][x[0][0].length];
        for (int c = 0; c < y.length; c++) {
            for (int i = 0; i < y[c].length; i++) {
                for (int j = 0; j < y[c][i].length; j++) {
                    y[c][i][j] = element.of(x[c][i][j], c);
                }
            }
        }
        return List.<double[][][]>of(y);
    }
}

package io.heimdall.model.input;

import io.heimdall.model.FloatTensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;

/**
 * Computes formulas of one batch. A formula that stands in several others is computed once.
 *
 * <p>For one thread.
 */
final class FormulaEvaluation implements Formula.Interpreter<FloatTensor> {
    private final Map<String, FloatTensor> given;
    private final Map<Formula, FloatTensor> known = new HashMap<>();

    FormulaEvaluation(Map<String, FloatTensor> given) {
        this.given = given;
    }

    FloatTensor of(Formula formula) {
        FloatTensor value = known.get(formula);
        if (value == null) {
            value = formula.interpret(this);
            known.put(formula, value);
        }
        return value;
    }

    @Override
    public FloatTensor given(Formula.Given formula) {
        FloatTensor tensor = given.get(formula.tensor());
        if (tensor == null) {
            throw new IllegalArgumentException("there is no tensor '" + formula.tensor() + "' among " + given.keySet());
        }
        return tensor;
    }

    @Override
    public FloatTensor constant(Formula.Constant formula) {
        return FloatTensor.of(new float[] {(float) formula.value()});
    }

    @Override
    public FloatTensor standard(Formula.Standard formula) {
        FloatTensor x = of(formula.of());
        float[] means = floats(formula.means());
        float[] deviations = floats(formula.deviations());
        float[] values = new float[x.values().length];
        for (int i = 0; i < values.length; i++) {
            int index = i % means.length;
            values[i] = (x.values()[i] - means[index]) / deviations[index];
        }
        return FloatTensor.of(values, x.shape());
    }

    private static float[] floats(List<Double> numbers) {
        float[] floats = new float[numbers.size()];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = numbers.get(i).floatValue();
        }
        return floats;
    }

    @Override
    public FloatTensor exp(Formula.Exp formula) {
        return each(of(formula.of()), Math::exp);
    }

    @Override
    public FloatTensor log(Formula.Log formula) {
        return each(of(formula.of()), Math::log);
    }

    private static FloatTensor each(FloatTensor x, DoubleUnaryOperator function) {
        float[] values = new float[x.values().length];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) function.applyAsDouble(x.values()[i]);
        }
        return FloatTensor.of(values, x.shape());
    }

    @Override
    public FloatTensor mean(Formula.Mean formula) {
        return along(
                of(formula.of()),
                formula.axis(),
                line -> Arrays.stream(line).average().orElseThrow());
    }

    @Override
    public FloatTensor ranked(Formula.Ranked formula) {
        return along(of(formula.of()), formula.axis(), line -> {
            Arrays.sort(line);
            return line[line.length - 1 - formula.rank()];
        });
    }

    /** What is made of the values along one axis. */
    private interface LineFunction {
        double of(double[] line);
    }

    private static FloatTensor along(FloatTensor x, int axis, LineFunction function) {
        int length = x.shape()[axis];
        int inner = 1;
        for (int i = axis + 1; i < x.shape().length; i++) {
            inner *= x.shape()[i];
        }
        float[] values = new float[x.values().length / length];
        double[] line = new double[length];
        for (int i = 0; i < values.length; i++) {
            int first = i / inner * length * inner + i % inner;
            for (int j = 0; j < length; j++) {
                line[j] = x.values()[first + j * inner];
            }
            values[i] = (float) function.of(line);
        }
        return FloatTensor.of(values, without(x.shape(), axis));
    }

    private static int[] without(int[] shape, int axis) {
        int[] rest = Arrays.copyOf(shape, shape.length - 1);
        System.arraycopy(shape, axis + 1, rest, axis, rest.length - axis);
        return rest;
    }

    @Override
    public FloatTensor clipped(Formula.Clipped formula) {
        return each(of(formula.of()), x -> Math.max(formula.least(), Math.min(formula.most(), x)));
    }

    @Override
    public FloatTensor picked(Formula.Picked formula) {
        FloatTensor x = of(formula.of());
        int last = x.shape().length - 1;
        int width = x.shape()[last];
        float[] values = new float[x.values().length / width];
        for (int i = 0; i < values.length; i++) {
            values[i] = x.values()[i * width + formula.index()];
        }
        return FloatTensor.of(values, without(x.shape(), last));
    }

    @Override
    public FloatTensor column(Formula.Column formula) {
        FloatTensor x = of(formula.of());
        return FloatTensor.of(x.values(), longer(x.shape(), 1));
    }

    private static int[] longer(int[] shape, int last) {
        int[] longer = Arrays.copyOf(shape, shape.length + 1);
        longer[shape.length] = last;
        return longer;
    }

    @Override
    public FloatTensor stack(Formula.Stack formula) {
        List<FloatTensor> parts = new ArrayList<>();
        formula.parts().forEach(part -> parts.add(of(part)));
        int width = parts.size();
        FloatTensor out = FloatTensor.zeros(longer(parts.get(0).shape(), width));
        for (int part = 0; part < width; part++) {
            float[] values = parts.get(part).values();
            if (!Arrays.equals(parts.get(part).shape(), parts.get(0).shape())) {
                throw new IllegalArgumentException("part " + part + " of a stack has shape "
                        + Arrays.toString(parts.get(part).shape()) + ", the first has "
                        + Arrays.toString(parts.get(0).shape()));
            }
            for (int i = 0; i < values.length; i++) {
                out.values()[i * width + part] = values[i];
            }
        }
        return out;
    }

    @Override
    public FloatTensor product(Formula.Product formula) {
        FloatTensor left = of(formula.left());
        FloatTensor right = of(formula.right());
        int[] shape = Broadcast.shape(left.shape(), right.shape());
        Broadcast a = new Broadcast(left.shape(), shape);
        Broadcast b = new Broadcast(right.shape(), shape);
        FloatTensor out = FloatTensor.zeros(shape);
        for (int i = 0; i < out.values().length; i++) {
            out.values()[i] = left.values()[a.index(i)] * right.values()[b.index(i)];
        }
        return out;
    }

    @Override
    public FloatTensor choose(Formula.Choose formula) {
        FloatTensor flag = of(formula.flag());
        FloatTensor then = of(formula.then());
        FloatTensor otherwise = of(formula.otherwise());
        int[] shape = Broadcast.shape(Broadcast.shape(then.shape(), otherwise.shape()), flag.shape());
        Broadcast flags = new Broadcast(flag.shape(), shape);
        Broadcast a = new Broadcast(then.shape(), shape);
        Broadcast b = new Broadcast(otherwise.shape(), shape);
        FloatTensor out = FloatTensor.zeros(shape);
        for (int i = 0; i < out.values().length; i++) {
            boolean chosen = flag.values()[flags.index(i)] > 0.5f;
            out.values()[i] = chosen ? then.values()[a.index(i)] : otherwise.values()[b.index(i)];
        }
        return out;
    }
}

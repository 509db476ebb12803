package io.heimdall.model.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.heimdall.model.FloatTensor;
import io.heimdall.model.input.Formula.Choose;
import io.heimdall.model.input.Formula.Column;
import io.heimdall.model.input.Formula.Constant;
import io.heimdall.model.input.Formula.Exp;
import io.heimdall.model.input.Formula.Given;
import io.heimdall.model.input.Formula.Log;
import io.heimdall.model.input.Formula.Mean;
import io.heimdall.model.input.Formula.Product;
import io.heimdall.model.input.Formula.Ranked;
import io.heimdall.model.input.Formula.Stack;
import io.heimdall.model.input.Formula.Standard;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Formulas against what a hand computes. */
class FormulaEvaluationTest {
    private static final Formula X = new Given("x");
    private static final Formula FLAG = new Given("flag");

    private static FloatTensor tensor(int[] shape, float... values) {
        return FloatTensor.of(values, shape);
    }

    /** Evaluates a formula of x. */
    private static FloatTensor of(Formula formula, FloatTensor x) {
        return new FormulaEvaluation(Map.of("x", x)).of(formula);
    }

    @Test
    void oneMeanAndDeviationStandForAllValues() {
        FloatTensor x = tensor(new int[] {2, 3}, 10, 20, 30, -10, -20, -30);
        assertThat(of(new Standard(X, 10, 5), x)).isEqualTo(tensor(new int[] {2, 3}, 0, 2, 4, -4, -6, -8));
    }

    @Test
    void severalMeansAndDeviationsGoAlongTheLastAxis() {
        FloatTensor x = tensor(new int[] {2, 1, 3}, 10, 20, 30, -10, -20, -30);
        Formula standard = new Standard(X, List.of(10.0, 0.0, -30.0), List.of(1.0, -2.0, 60.0));
        assertThat(of(standard, x)).isEqualTo(tensor(new int[] {2, 1, 3}, 0, -10, 1, -20, 10, 0));
    }

    /** A model file subtracts and divides 32-bit numbers too. */
    @Test
    void standardIsComputedInSinglePrecision() {
        FloatTensor x = tensor(new int[] {1, 1}, 0.1f);
        float expected = (0.1f - (float) -61.3) / (float) 11.7;
        assertThat(of(new Standard(X, -61.3, 11.7), x).values()).containsExactly(expected);
    }

    @Test
    void expAndLogAreThoseOfEachValue() {
        FloatTensor x = tensor(new int[] {1, 3}, 1, 0.5f, 4);
        assertThat(of(new Exp(X), x).values())
                .containsExactly(new float[] {2.7182817f, 1.6487213f, 54.59815f}, within(4e-6f));
        assertThat(of(new Log(X), x).values()).containsExactly(new float[] {0, -0.6931472f, 1.3862944f}, within(1e-7f));
    }

    @Test
    void meanTakesOneAxisAway() {
        FloatTensor x = tensor(new int[] {1, 2, 3}, 1, 2, 3, 5, 7, 9);
        assertThat(of(new Mean(X, 1), x)).isEqualTo(tensor(new int[] {1, 3}, 3, 4.5f, 6));
        assertThat(of(new Mean(X, 2), x)).isEqualTo(tensor(new int[] {1, 2}, 2, 7));
    }

    @Test
    void rankCountsFromTheLargest() {
        FloatTensor x = tensor(new int[] {2, 3, 2}, 5, 1, 9, 2, 7, 3, -5, -1, -9, -2, -7, -3);
        assertThat(of(new Ranked(X, 1, 0), x)).isEqualTo(tensor(new int[] {2, 2}, 9, 3, -5, -1));
        assertThat(of(new Ranked(X, 1, 1), x)).isEqualTo(tensor(new int[] {2, 2}, 7, 2, -7, -2));
        assertThat(of(new Ranked(X, 1, 2), x)).isEqualTo(tensor(new int[] {2, 2}, 5, 1, -9, -3));
        assertThat(x.values()).startsWith(5, 1, 9);
    }

    @Test
    void columnsAndStacksHaveANewLastAxis() {
        FloatTensor x = tensor(new int[] {2, 2}, 1, 2, 3, 4);
        assertThat(of(new Column(X), x)).isEqualTo(tensor(new int[] {2, 2, 1}, 1, 2, 3, 4));
        Formula halves = new Standard(X, 0, 2);
        assertThat(of(new Stack(List.of(X, halves, X)), x))
                .isEqualTo(tensor(new int[] {2, 2, 3}, 1, 0.5f, 1, 2, 1, 2, 3, 1.5f, 3, 4, 2, 4));
    }

    @Test
    void anAxisOfLengthOneStandsForAnyLength() {
        var evaluation = new FormulaEvaluation(Map.of(
                "x",
                tensor(new int[] {2, 1, 2}, 1, 2, 3, 4),
                "y",
                tensor(new int[] {2, 3, 1}, 1, 10, 100, 2, 20, 200)));
        Formula product = new Product(X, new Given("y"));
        assertThat(evaluation.of(product))
                .isEqualTo(tensor(new int[] {2, 3, 2}, 1, 2, 10, 20, 100, 200, 6, 8, 60, 80, 600, 800));
    }

    @Test
    void aConstantIsOfAnyShape() {
        FloatTensor x = tensor(new int[] {1, 2, 2}, 1, 2, 3, 4);
        assertThat(of(new Product(new Constant(-0.5), X), x))
                .isEqualTo(tensor(new int[] {1, 2, 2}, -.5f, -1, -1.5f, -2));
        assertThat(of(new Product(X, new Constant(-0.5)), x))
                .isEqualTo(tensor(new int[] {1, 2, 2}, -.5f, -1, -1.5f, -2));
    }

    @Test
    void whatIsNotChosenDoesNotMatterBeItNoNumber() {
        FloatTensor flag = tensor(new int[] {2, 2, 1}, 1, 0, 0, 1);
        FloatTensor x = tensor(new int[] {2, 2, 2}, 1, 2, Float.NaN, -1, Float.NaN, Float.NEGATIVE_INFINITY, 7, 8);
        var evaluation = new FormulaEvaluation(Map.of("x", x, "flag", flag));
        assertThat(evaluation.of(new Choose(FLAG, X, new Constant(-9))))
                .isEqualTo(tensor(new int[] {2, 2, 2}, 1, 2, -9, -9, -9, -9, 7, 8));
        assertThat(evaluation.of(new Choose(FLAG, new Constant(0), new Log(X))).values())
                .startsWith(0, 0)
                .endsWith(0, 0);
    }

    @Test
    void whatDoesNotGoTogetherIsRefused() {
        var evaluation = new FormulaEvaluation(Map.of("x", FloatTensor.zeros(2, 3), "y", FloatTensor.zeros(2, 4)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> evaluation.of(new Product(X, new Given("y"))))
                .withMessage("shapes [2, 3] and [2, 4] cannot be broadcast to one shape");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> evaluation.of(new Stack(List.of(X, new Given("y")))))
                .withMessage("part 1 of a stack has shape [2, 4], the first has [2, 3]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> evaluation.of(new Given("z")))
                .withMessageStartingWith("there is no tensor 'z' among ");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Standard(X, List.of(1.0), List.of(1.0, 2.0)))
                .withMessage("1 means and 2 deviations: expected as many of each");
    }

    /** A formula is a value: one that stands in several others is computed once. */
    @Test
    void equalFormulasAreOneTensor() {
        var evaluation = new FormulaEvaluation(Map.of("x", FloatTensor.zeros(2, 3)));
        assertThat(evaluation.of(new Exp(new Given("x")))).isSameAs(evaluation.of(new Exp(X)));
    }
}

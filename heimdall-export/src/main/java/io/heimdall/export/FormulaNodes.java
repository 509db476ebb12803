package io.heimdall.export;

import io.heimdall.model.FloatTensor;
import io.heimdall.model.input.Formula;
import io.heimdall.model.input.InputSpec;
import io.heimdall.model.input.TensorSpec;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes how a network's tensors follow from what a client gives; a formula that stands in several others is written once. */
final class FormulaNodes implements Formula.Interpreter<String> {
    private static final long FLOAT = 1;

    private final OnnxGraph graph;
    private final Map<String, TensorSpec> given = new HashMap<>();
    private final Map<Formula, String> known = new HashMap<>();

    private FormulaNodes(OnnxGraph graph, InputSpec input) {
        this.graph = graph;
        input.given().forEach(spec -> given.put(spec.name(), spec));
    }

    /** Declares the inputs of the file and returns the values of the network's tensors, by their names. */
    static Map<String, String> add(OnnxGraph graph, InputSpec input) {
        FormulaNodes nodes = new FormulaNodes(graph, input);
        input.given().forEach(graph::input);
        Map<String, String> values = new LinkedHashMap<>();
        input.network().forEach(tensor -> values.put(tensor.spec().name(), nodes.of(tensor.formula())));
        return values;
    }

    private String of(Formula formula) {
        String value = known.get(formula);
        if (value == null) {
            value = formula.interpret(this);
            known.put(formula, value);
        }
        return value;
    }

    /** Names are given in the order of writing. */
    private String name(String what) {
        return "input_" + known.size() + "_" + what;
    }

    @Override
    public String given(Formula.Given formula) {
        TensorSpec spec = given.get(formula.tensor());
        if (spec == null) {
            throw new IllegalArgumentException(
                    "a formula reads '" + formula.tensor() + "', the input has " + given.keySet());
        }
        return spec.type() == TensorSpec.Type.FLOAT
                ? spec.name()
                : graph.node("Cast", name(spec.name()), NodeAttributes.none().with("to", FLOAT), spec.name());
    }

    @Override
    public String constant(Formula.Constant formula) {
        return graph.vector(name("constant"), formula.value());
    }

    @Override
    public String standard(Formula.Standard formula) {
        String x = of(formula.of());
        String name = name("standard");
        String centred = formula.means().stream().allMatch(mean -> mean == 0)
                ? x
                : graph.node("Sub", name + "_centred", x, graph.vector(name + "_mean", array(formula.means())));
        return graph.node("Div", name, centred, graph.vector(name + "_deviation", array(formula.deviations())));
    }

    private static double[] array(List<Double> numbers) {
        return numbers.stream().mapToDouble(Double::doubleValue).toArray();
    }

    @Override
    public String exp(Formula.Exp formula) {
        String x = of(formula.of());
        return graph.node("Exp", name("exp"), x);
    }

    @Override
    public String log(Formula.Log formula) {
        String x = of(formula.of());
        return graph.node("Log", name("log"), x);
    }

    @Override
    public String mean(Formula.Mean formula) {
        String x = of(formula.of());
        NodeAttributes along =
                NodeAttributes.none().listed("axes", formula.axis()).with("keepdims", 0L);
        return graph.node("ReduceMean", name("mean"), along, x);
    }

    @Override
    public String ranked(Formula.Ranked formula) {
        String x = of(formula.of());
        String name = name("ranked");
        NodeAttributes along =
                NodeAttributes.none().listed("axes", formula.axis()).with("keepdims", 0L);
        if (formula.rank() == 0) {
            return graph.node("ReduceMax", name, along, x);
        }
        String count = graph.indices(name + "_count", formula.rank() + 1L);
        // The least of the largest values, which need not be in order: sorting them takes longer.
        return graph.node("ReduceMin", name, along, graph.largest(name + "_largest", formula.axis(), x, count));
    }

    @Override
    public String clipped(Formula.Clipped formula) {
        String x = of(formula.of());
        String name = name("clipped");
        String least = graph.scalar(name + "_least", formula.least());
        return graph.node("Clip", name, x, least, graph.scalar(name + "_most", formula.most()));
    }

    @Override
    public String picked(Formula.Picked formula) {
        String x = of(formula.of());
        String index = graph.scalarIndex("index_" + formula.index(), formula.index());
        return graph.node("Gather", name("picked"), NodeAttributes.none().with("axis", -1L), x, index);
    }

    @Override
    public String column(Formula.Column formula) {
        String x = of(formula.of());
        return graph.node("Unsqueeze", name("column"), x, graph.indices("last_axis", -1));
    }

    @Override
    public String stack(Formula.Stack formula) {
        String[] columns = formula.parts().stream()
                .map(part -> of(new Formula.Column(part)))
                .toArray(String[]::new);
        return graph.node("Concat", name("stack"), NodeAttributes.none().with("axis", -1L), columns);
    }

    @Override
    public String product(Formula.Product formula) {
        String left = of(formula.left());
        String right = of(formula.right());
        return graph.node("Mul", name("product"), left, right);
    }

    @Override
    public String choose(Formula.Choose formula) {
        String flag = of(formula.flag());
        String then = of(formula.then());
        String otherwise = of(formula.otherwise());
        String name = name("choose");
        String half = graph.constant("half", FloatTensor.of(new float[] {0.5f}, 1));
        String chosen = graph.node("Greater", name + "_flag", flag, half);
        return graph.node("Where", name, chosen, then, otherwise);
    }
}

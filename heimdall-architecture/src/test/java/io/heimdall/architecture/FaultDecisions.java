package io.heimdall.architecture;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.InstanceOfTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TypeCastTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreeScanner;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The places in a source file that decide by an exception's words, by the name of its class, or by a cast of its cause.
 *
 * <p>A text counts where it is compared at once, where a variable of the same method was made of it, and where it is an argument
 * and the method compares its parameter: of methods whose name and number of parameters no other method has, since types are not
 * known here. A text may be matched with a pattern there, which is how texts are cleaned for display.
 */
final class FaultDecisions extends TreeScanner<Void, Void> {
    private static final Set<String> COMPARISONS = Set.of(
            "startsWith",
            "endsWith",
            "contains",
            "equals",
            "equalsIgnoreCase",
            "matches",
            "matcher",
            "indexOf",
            "regionMatches");
    private static final Set<String> TEXTS =
            Set.of("getMessage", "getLocalizedMessage", "getSimpleName", "getTypeName");

    /** A parameter that gets the words of an exception somewhere. */
    private record Parameter(String method, int parameters, int index) {}

    private final List<String> found = new ArrayList<>();
    private final Set<String> variables = new HashSet<>();
    private final Set<String> parameters = new HashSet<>();
    private final Set<Parameter> words;
    /** How often there is a method of a name and number of parameters. */
    private final Map<String, Integer> methods;

    private String name = "";

    private FaultDecisions(Set<Parameter> words, Map<String, Integer> methods) {
        this.words = words;
        this.methods = methods;
    }

    /** Returns the expressions that decide so, each behind the name of its file. */
    static List<String> in(List<CompilationUnitTree> files) {
        Map<String, Integer> methods = methods(files);
        Set<Parameter> words = new HashSet<>();
        List<String> found = List.of();
        for (int known = -1; known < words.size(); ) { // methods pass words on to others
            known = words.size();
            FaultDecisions decisions = new FaultDecisions(words, methods);
            decisions.scan(files, null);
            found = decisions.found;
        }
        return found;
    }

    private static Map<String, Integer> methods(List<CompilationUnitTree> files) {
        Map<String, Integer> methods = new HashMap<>();
        new TreeScanner<Void, Void>() {
            @Override
            public Void visitMethod(MethodTree method, Void none) {
                methods.merge(
                        key(method.getName().toString(), method.getParameters().size()), 1, Integer::sum);
                return super.visitMethod(method, none);
            }
        }.scan(files, null);
        return methods;
    }

    private static String key(String method, int parameters) {
        return method + "/" + parameters;
    }

    @Override
    public Void visitCompilationUnit(CompilationUnitTree file, Void none) {
        name = file.getSourceFile().getName();
        return super.visitCompilationUnit(file, none);
    }

    @Override
    public Void visitMethod(MethodTree method, Void none) {
        variables.clear();
        parameters.clear();
        int count = method.getParameters().size();
        for (int i = 0; i < count; i++) {
            if (words.contains(new Parameter(method.getName().toString(), count, i))) {
                parameters.add(method.getParameters().get(i).getName().toString());
            }
        }
        return super.visitMethod(method, none);
    }

    @Override
    public Void visitVariable(VariableTree variable, Void none) {
        if (holds(variable.getInitializer(), this::isText)) {
            variables.add(variable.getName().toString());
        }
        return super.visitVariable(variable, none);
    }

    @Override
    public Void visitMethodInvocation(MethodInvocationTree call, Void none) {
        if (call.getMethodSelect() instanceof MemberSelectTree select
                && COMPARISONS.contains(select.getIdentifier().toString())
                && Stream.concat(Stream.of(select.getExpression()), call.getArguments().stream())
                        .anyMatch(text -> isCompared(text)
                                || isParameter(text) && !select.getIdentifier().contentEquals("matcher"))) {
            found.add(name + ": " + call);
        }
        int count = call.getArguments().size();
        for (int i = 0; i < count && methods.getOrDefault(key(name(call), count), 0) == 1; i++) {
            ExpressionTree argument = call.getArguments().get(i);
            if (isCompared(argument) || isParameter(argument)) {
                words.add(new Parameter(name(call), count, i));
            }
        }
        return super.visitMethodInvocation(call, none);
    }

    @Override
    public Void visitTypeCast(TypeCastTree cast, Void none) {
        if (isCause(cast.getExpression())) {
            found.add(name + ": " + cast);
        }
        return super.visitTypeCast(cast, none);
    }

    @Override
    public Void visitInstanceOf(InstanceOfTree test, Void none) {
        if (test.getPattern() != null && isCause(test.getExpression())) {
            found.add(name + ": " + test);
        }
        return super.visitInstanceOf(test, none);
    }

    private boolean isCompared(ExpressionTree text) {
        return holds(text, this::isText)
                || text instanceof IdentifierTree name
                        && variables.contains(name.getName().toString());
    }

    private boolean isParameter(ExpressionTree text) {
        return text instanceof IdentifierTree identifier
                && parameters.contains(identifier.getName().toString());
    }

    private boolean isText(MethodInvocationTree call) {
        return TEXTS.contains(name(call))
                || name(call).equals("getName")
                        && call.getMethodSelect() instanceof MemberSelectTree select
                        && select.getExpression() instanceof MethodInvocationTree inner
                        && name(inner).equals("getClass");
    }

    private static boolean isCause(ExpressionTree expression) {
        return expression instanceof MethodInvocationTree call && name(call).equals("getCause");
    }

    private static String name(MethodInvocationTree call) {
        return call.getMethodSelect() instanceof MemberSelectTree select
                ? select.getIdentifier().toString()
                : call.getMethodSelect().toString();
    }

    private static boolean holds(Tree tree, java.util.function.Predicate<MethodInvocationTree> wanted) {
        if (tree == null) {
            return false;
        }
        List<MethodInvocationTree> calls = new ArrayList<>();
        new TreeScanner<Void, Void>() {
            @Override
            public Void visitMethodInvocation(MethodInvocationTree call, Void none) {
                calls.add(call);
                return super.visitMethodInvocation(call, none);
            }
        }.scan(tree, null);
        return calls.stream().anyMatch(wanted);
    }
}

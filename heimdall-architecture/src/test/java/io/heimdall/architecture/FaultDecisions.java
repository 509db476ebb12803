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
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The places in a source file that decide by an exception's words, by the name of its class, or by a cast of its cause.
 *
 * <p>A text counts where it is compared at once, and where a variable of the same method was made of it.
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

    private final List<String> found = new ArrayList<>();
    private final Set<String> variables = new HashSet<>();

    private FaultDecisions() {}

    /** Returns the expressions that decide so. */
    static List<String> in(CompilationUnitTree file) {
        FaultDecisions decisions = new FaultDecisions();
        decisions.scan(file, null);
        return decisions.found;
    }

    @Override
    public Void visitMethod(MethodTree method, Void none) {
        variables.clear();
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
                        .anyMatch(this::isCompared)) {
            found.add(call.toString());
        }
        return super.visitMethodInvocation(call, none);
    }

    @Override
    public Void visitTypeCast(TypeCastTree cast, Void none) {
        if (isCause(cast.getExpression())) {
            found.add(cast.toString());
        }
        return super.visitTypeCast(cast, none);
    }

    @Override
    public Void visitInstanceOf(InstanceOfTree test, Void none) {
        if (test.getPattern() != null && isCause(test.getExpression())) {
            found.add(test.toString());
        }
        return super.visitInstanceOf(test, none);
    }

    private boolean isCompared(ExpressionTree text) {
        return holds(text, this::isText)
                || text instanceof IdentifierTree name
                        && variables.contains(name.getName().toString());
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

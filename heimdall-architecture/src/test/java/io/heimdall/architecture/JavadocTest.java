package io.heimdall.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/** Checks how the documentation of public methods and constructors begins: with a verb in the third person. */
class JavadocTest {
    private static final Pattern VERB = Pattern.compile("\\s*([A-Z][a-z]+s)\\b.*", Pattern.DOTALL);

    /** Words that end as such verbs do and are none. */
    private static final Set<String> NO_VERBS =
            Set.of("Always", "As", "Features", "Its", "Levels", "Networks", "Samples", "Sessions", "Settings", "This");

    @Test
    void publicMethodsBeginWithAVerb() throws IOException {
        List<String> others = new ArrayList<>();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task = (JavacTask)
                    compiler.getTask(null, files, null, null, null, files.getJavaFileObjectsFromPaths(sources()));
            Beginnings beginnings = new Beginnings(DocTrees.instance(task), others);
            for (CompilationUnitTree unit : task.parse()) {
                beginnings.scan(unit, null);
            }
            assertThat(beginnings.documented).isGreaterThan(1000);
        }
        assertThat(others).isEmpty();
    }

    private static List<Path> sources() throws IOException {
        List<Path> sources = new ArrayList<>();
        try (DirectoryStream<Path> modules = Files.newDirectoryStream(Path.of(".."), "heimdall-*")) {
            for (Path module : modules) {
                Path main = module.resolve("src/main");
                if (Files.isDirectory(main)) {
                    try (Stream<Path> files = Files.walk(main)) {
                        files.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
                    }
                }
            }
        }
        return sources;
    }

    /** Collects the places of public methods whose documentation begins with something else. */
    private static final class Beginnings extends TreePathScanner<Void, Void> {
        private final DocTrees trees;
        private final List<String> others;
        private int documented;

        Beginnings(DocTrees trees, List<String> others) {
            this.trees = trees;
            this.others = others;
        }

        @Override
        public Void visitMethod(MethodTree method, Void unused) {
            String text = trees.getDocComment(getCurrentPath());
            if (text != null && isPublic(method)) {
                documented++;
                Matcher begin = VERB.matcher(text);
                if (!begin.matches() || NO_VERBS.contains(begin.group(1))) {
                    CompilationUnitTree unit = getCurrentPath().getCompilationUnit();
                    long line = unit.getLineMap()
                            .getLineNumber(trees.getSourcePositions().getStartPosition(unit, method));
                    others.add(unit.getSourceFile().getName() + ":" + line + " " + method.getName() + ": "
                            + text.strip().lines().findFirst().orElse(""));
                }
            }
            return super.visitMethod(method, unused);
        }

        private boolean isPublic(MethodTree method) {
            Set<Modifier> flags = method.getModifiers().getFlags();
            Tree owner = getCurrentPath().getParentPath().getLeaf();
            boolean ofInterface = owner instanceof ClassTree type && type.getKind() == Tree.Kind.INTERFACE;
            return flags.contains(Modifier.PUBLIC) || ofInterface && !flags.contains(Modifier.PRIVATE);
        }
    }
}

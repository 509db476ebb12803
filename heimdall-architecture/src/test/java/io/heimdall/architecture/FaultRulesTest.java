package io.heimdall.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.JavacTask;
import io.heimdall.app.jobs.JobException;
import io.heimdall.dataset.DatasetException;
import io.heimdall.files.ObjectStoreException;
import io.heimdall.model.ModelException;
import io.heimdall.pipeline.PipelineException;
import io.heimdall.tracking.TrackingException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds that exceptions carry data: code decides by their types and fields, never by their words (ADR 139). */
class FaultRulesTest {
    private static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();

    @Test
    void nothingIsDecidedByWordsOrByACastOfACause() throws IOException {
        List<Path> sources = sources();
        assertThat(sources).hasSizeGreaterThan(400);
        List<String> found;
        try (StandardJavaFileManager files = COMPILER.getStandardFileManager(null, null, null)) {
            found = FaultDecisions.in(parsed(files.getJavaFileObjectsFromPaths(sources)));
        }
        assertThat(found).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "e.getMessage().startsWith(\"the key was\")",
                "String.valueOf(e.getMessage()).contains(\"No space left\")",
                "\"gone\".equals(e.getMessage())",
                "java.util.regex.Pattern.compile(\"x\").matcher(e.getMessage()).find()",
                "e.getClass().getSimpleName().endsWith(\"Exception\")",
                "e.getClass().getName().equals(\"java.io.IOException\")",
                "said.contains(\"gone\")",
                "tells(e.getMessage())",
                "tells(said)",
                "((RuntimeException) e.getCause()) != null",
                "e.getCause() instanceof RuntimeException fault && fault != null",
            })
    void theRuleSeesWhatItForbids(String decision) throws IOException {
        assertThat(decisions(decision)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "e.getMessage().isBlank()",
                "name.equals(\"x\")",
                "tells(name)",
                "shown(said)",
                "e instanceof RuntimeException fault && fault != null",
                "e.getCause() instanceof RuntimeException",
            })
    void theRuleLeavesTheRestAlone(String decision) throws IOException {
        assertThat(decisions(decision)).isEmpty();
    }

    @Test
    void everyModulesExceptionSaysWhatItIsAboutAndWhetherItMayPass() {
        JobException job = new JobException("the store", "it is away", null, true);
        DatasetException dataset = new DatasetException("session s", "it is away", null, true);
        ObjectStoreException objects = new ObjectStoreException("s3://b/k", "it is away", null, true);
        ModelException model = new ModelException("m.onnx", "it is away", null, true);
        PipelineException pipeline = new PipelineException("run r", "it is away", null, true);
        TrackingException tracking = new TrackingException("run r", "it is away", null, true);
        assertThat(List.of(
                        job.subject(),
                        dataset.subject(),
                        objects.subject(),
                        model.subject(),
                        pipeline.subject(),
                        tracking.subject()))
                .containsExactly("the store", "session s", "s3://b/k", "m.onnx", "run r", "run r");
        assertThat(job.mayPassLater()
                        && dataset.mayPassLater()
                        && objects.mayPassLater()
                        && model.mayPassLater()
                        && pipeline.mayPassLater()
                        && tracking.mayPassLater())
                .isTrue();
        assertThat(new JobException("m").mayPassLater()
                        || new DatasetException("m").mayPassLater()
                        || new ModelException("m", job).mayPassLater()
                        || new PipelineException("m", job).mayPassLater()
                        || new TrackingException("m").mayPassLater())
                .as("a cause says nothing for whoever wraps it")
                .isFalse();
    }

    private static List<String> decisions(String expression) throws IOException {
        String text = "class C { boolean m(Exception e, String name) { String said = e.getMessage(); return "
                + expression + "; }"
                + " boolean tells(String text) { return holds(\"gone\", text); }"
                + " boolean holds(String word, String text) { return text.contains(word); }"
                + " boolean shown(String text) { return text.isBlank(); } }";
        JavaFileObject file = new SimpleJavaFileObject(URI.create("string:///C.java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return text;
            }
        };
        return FaultDecisions.in(parsed(List.of(file)));
    }

    private static List<CompilationUnitTree> parsed(Iterable<? extends JavaFileObject> files) throws IOException {
        List<CompilationUnitTree> parsed = new ArrayList<>();
        ((JavacTask) COMPILER.getTask(null, null, null, List.of("-proc:none"), null, files))
                .parse()
                .forEach(parsed::add);
        return parsed;
    }

    private static List<Path> sources() throws IOException {
        List<Path> sources = new ArrayList<>();
        try (DirectoryStream<Path> modules = Files.newDirectoryStream(Path.of(".."), "heimdall-*")) {
            for (Path module : modules) {
                Path main = module.resolve("src/main/java");
                if (Files.isDirectory(main)) {
                    try (Stream<Path> files = Files.walk(main)) {
                        files.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
                    }
                }
            }
        }
        return sources;
    }
}

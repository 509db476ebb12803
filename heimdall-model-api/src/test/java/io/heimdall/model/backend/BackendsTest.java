package io.heimdall.model.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heimdall.model.ModelException;
import io.heimdall.model.network.NetworkSpec;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackendsTest {
    @TempDir
    Path folder;

    @Test
    void aReadyBackendIsFoundByItsId() throws Exception {
        try (var loader = declaring(Zebra.class, Absent.class)) {
            assertThat(Backends.require("zebra", loader)).isInstanceOf(Zebra.class);
            assertThat(Backends.Found.scan(loader).backends())
                    .extracting(TrainingBackend::id)
                    .containsExactly("absent", "zebra");
        }
    }

    @Test
    void thePreferredOneIsTheFirstThatIsReady() throws Exception {
        try (var loader = declaring(Zebra.class, Absent.class, Quokka.class)) {
            assertThat(Backends.preferred(loader)).isInstanceOf(Quokka.class);
        }
    }

    @Test
    void anUnknownIdListsWhatIsThereAndWhyTheRestIsMissing() throws Exception {
        try (var loader = declaring(Zebra.class, Absent.class, Broken.class)) {
            assertThatThrownBy(() -> Backends.require("tensorflow", loader))
                    .isInstanceOf(ModelException.class)
                    .hasMessageContaining("no backend 'tensorflow'")
                    .hasMessageContaining("zebra (ready)")
                    .hasMessageContaining("absent (missing: libabsent.so is not there; install it)")
                    .hasMessageContaining("BackendsTest$Broken");
        }
    }

    @Test
    void aMissingBackendIsNeverReplacedByAnother() throws Exception {
        try (var loader = declaring(Zebra.class, Absent.class)) {
            assertThatThrownBy(() -> Backends.require("absent", loader))
                    .isInstanceOf(ModelException.class)
                    .hasMessageContaining("'absent' cannot run here: libabsent.so is not there; install it");
        }
    }

    @Test
    void aBrokenProviderDoesNotHideTheOthers() throws Exception {
        try (var loader = declaring(
                "no.such.Backend",
                Broken.class.getName(),
                Unlinked.class.getName(),
                "zebra !",
                Zebra.class.getName())) {
            var found = Backends.Found.scan(loader);
            assertThat(found.broken()).isNotEmpty();
        }
        try (var loader =
                declaring("no.such.Backend", Broken.class.getName(), Unlinked.class.getName(), Zebra.class.getName())) {
            var found = Backends.Found.scan(loader);
            assertThat(found.backends()).singleElement().isInstanceOf(Zebra.class);
            assertThat(found.broken()).hasSize(3);
            assertThat(found.broken().get(0)).contains("no.such.Backend");
            assertThat(Backends.require("zebra", loader)).isInstanceOf(Zebra.class);
        }
    }

    @Test
    void aProbeThatThrowsCountsAsMissing() throws Exception {
        try (var loader = declaring(Throwing.class)) {
            assertThatThrownBy(() -> Backends.preferred(loader))
                    .isInstanceOf(ModelException.class)
                    .hasMessageContaining("no backend can run here")
                    .hasMessageContaining("throwing (missing: java.lang.UnsatisfiedLinkError: no native");
        }
    }

    @Test
    void twoBackendsOfOneIdAreRefused() throws Exception {
        try (var loader = declaring(Zebra.class, OtherZebra.class)) {
            assertThatThrownBy(() -> Backends.preferred(loader))
                    .isInstanceOf(ModelException.class)
                    .hasMessageContaining("two backends have the id 'zebra'")
                    .hasMessageContaining("OtherZebra");
        }
    }

    @Test
    void anEmptyClassPathSaysWhatToAdd() throws Exception {
        try (var loader = declaring(new String[0])) {
            assertThatThrownBy(() -> Backends.preferred(loader))
                    .isInstanceOf(ModelException.class)
                    .hasMessageContaining("io.heimdall:heimdall-backend-djl")
                    .hasMessageContaining("io.heimdall:heimdall-backend-dl4j");
        }
        assertThat(Backends.installed()).isEmpty();
        assertThat(Backends.broken()).isEmpty();
        assertThatThrownBy(Backends::preferred).hasMessageContaining("none is installed");
        assertThatThrownBy(() -> Backends.require("x")).hasMessageContaining("no backend 'x'");
    }

    private URLClassLoader declaring(Class<?>... providers) throws IOException {
        return declaring(Stream.of(providers).map(Class::getName).toArray(String[]::new));
    }

    private URLClassLoader declaring(String... providers) throws IOException {
        Path services = Files.createDirectories(folder.resolve("META-INF/services"));
        Files.writeString(
                services.resolve(TrainingBackend.class.getName()),
                Stream.of(providers).collect(Collectors.joining("\n")));
        return new URLClassLoader(new URL[] {folder.toUri().toURL()}, getClass().getClassLoader());
    }

    /** A backend that opens nothing: here only finding is tested. */
    abstract static class Named implements TrainingBackend {
        private final String id;

        Named(String id) {
            this.id = id;
        }

        @Override
        public String id() {
            return id;
        }

        @Override
        public Availability probe() {
            return new Availability.Ready("1", "cpu");
        }

        @Override
        public TrainingSession open(NetworkSpec network, SessionOptions options) {
            throw new ModelException("only here to be found");
        }
    }

    public static final class Zebra extends Named {
        public Zebra() {
            super("zebra");
        }
    }

    public static final class OtherZebra extends Named {
        public OtherZebra() {
            super("zebra");
        }
    }

    public static final class Quokka extends Named {
        public Quokka() {
            super("quokka");
        }
    }

    public static final class Absent extends Named {
        public Absent() {
            super("absent");
        }

        @Override
        public Availability probe() {
            return new Availability.Missing("libabsent.so is not there", "install it");
        }
    }

    public static final class Throwing extends Named {
        public Throwing() {
            super("throwing");
        }

        @Override
        public Availability probe() {
            throw new UnsatisfiedLinkError("no native");
        }
    }

    public static final class Broken extends Named {
        public Broken() {
            super("broken");
            throw new IllegalStateException(List.of("cannot be made").toString());
        }
    }

    public static final class Unlinked extends Named {
        public Unlinked() {
            super("unlinked");
            throw new NoClassDefFoundError("org/engine/Core");
        }
    }
}

package io.heimdall.model.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heimdall.model.ModelException;
import io.heimdall.model.input.InputSpec;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Networks that a class path adds. */
class NetworksTest {
    private static final ClassLoader TESTS = NetworksTest.class.getClassLoader();

    @TempDir
    Path folder;

    @AfterEach
    void restore() {
        Thread.currentThread().setContextClassLoader(TESTS);
    }

    /** A network of somebody else. */
    private abstract static class Foreign implements NetworkFamily {
        private final String name;

        Foreign(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public String description() {
            return "for tests";
        }

        @Override
        public List<String> producers() {
            return List.of("stations");
        }

        @Override
        public NetworkSpec network(InputSpec input) {
            return LocalizationNet.small(1);
        }
    }

    /** One that comes after all others by name. */
    public static final class Zebra extends Foreign {
        /** Makes one. */
        public Zebra() {
            super("zebra");
        }
    }

    /** One that comes first by name. */
    public static final class Aardvark extends Foreign {
        /** Makes one. */
        public Aardvark() {
            super("aardvark");
        }
    }

    /** One whose name is taken. */
    public static final class Impostor extends Foreign {
        /** Makes one. */
        public Impostor() {
            super("resnet34");
        }
    }

    private void declare(String... providers) throws IOException {
        Path services = Files.createDirectories(folder.resolve("META-INF/services"));
        Files.write(services.resolve(NetworkFamily.class.getName()), List.of(providers));
        Thread.currentThread()
                .setContextClassLoader(
                        new URLClassLoader(new URL[] {folder.toUri().toURL()}, TESTS));
    }

    @Test
    void aNetworkOfTheClassPathIsFoundByItsNameBehindThoseOfTheLibrary() throws IOException {
        declare(Zebra.class.getName(), Aardvark.class.getName());
        assertThat(Networks.names())
                .containsExactly(
                        "set", "set-cnn", "set-resnet18", "resnet18", "resnet34", "small", "aardvark", "zebra");
        assertThat(Networks.named("zebra")).isInstanceOf(Zebra.class);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Networks.named("okapi"))
                .withMessage(
                        "network 'okapi' is not known; there are set, set-cnn, set-resnet18, resnet18, resnet34, small, aardvark, zebra");
    }

    @Test
    void theClassPathIsReadOnce() {
        AtomicInteger reads = new AtomicInteger();
        Thread.currentThread().setContextClassLoader(new ClassLoader(TESTS) {
            @Override
            public Enumeration<URL> getResources(String name) throws IOException {
                reads.incrementAndGet();
                return super.getResources(name);
            }
        });
        for (int i = 0; i < 5; i++) {
            assertThat(Networks.named("set").name()).isEqualTo("set");
            assertThat(Networks.names()).startsWith("set");
        }
        assertThat(reads).hasValue(1);
    }

    @Test
    void twoOfOneNameAreBothNamed() throws IOException {
        declare(Impostor.class.getName());
        assertThatThrownBy(() -> Networks.named("small"))
                .isInstanceOf(ModelException.class)
                .hasMessage("two networks have the name 'resnet34': " + ChannelNetwork.class.getName() + " and "
                        + Impostor.class.getName());
    }

    @Test
    void oneThatCannotBeLoadedIsNamed() throws IOException {
        declare("no.such.Network");
        assertThatThrownBy(Networks::all)
                .isInstanceOf(ModelException.class)
                .hasMessageStartingWith("a network that the class path adds cannot be loaded: ")
                .hasMessageContaining("no.such.Network");
    }
}

package io.heimdall.export;

import ai.onnxruntime.OrtEnvironment;
import io.heimdall.files.UserCache;
import io.heimdall.files.WholeFile;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Unpacks the native library of ONNX Runtime once, into the user's cache.
 *
 * <p>Left alone, ONNX Runtime unpacks 28 MB into the system's temporary directory at every start, and leaves them there
 * when it is killed. The cache is the system property {@code heimdall.cache}, else {@code heimdall} in the user's cache.
 */
final class OnnxRuntimeLibrary {
    private static final Logger LOG = LoggerFactory.getLogger(OnnxRuntimeLibrary.class);
    private static final String PATH_PROPERTY = "onnxruntime.native.path";

    private OnnxRuntimeLibrary() {}

    /** Tells ONNX Runtime where its library is, unless the user has; to be called before its first use. */
    static synchronized void prepare() {
        if (System.getProperty(PATH_PROPERTY) != null || System.getenv("ONNXRUNTIME_NATIVE_PATH") != null) {
            return;
        }
        String platform = platform(System.getProperty("os.name"), System.getProperty("os.arch"));
        try {
            Path directory = unpack(platform, UserCache.directory());
            System.setProperty(PATH_PROPERTY, directory.toString());
        } catch (IOException e) {
            LOG.info("ONNX Runtime unpacks itself into the temporary directory, since its cache is not usable: {}", e);
        }
    }

    static String platform(String os, String architecture) {
        String name = os.toLowerCase(Locale.ROOT);
        String system = name.startsWith("mac") ? "osx" : name.startsWith("windows") ? "win" : "linux";
        return system + (architecture.equals("aarch64") ? "-aarch64" : "-x64");
    }

    static Path unpack(String platform, Path cache) throws IOException {
        Path directory = cache;
        for (String name : List.of("onnxruntime", "onnxruntime4j_jni")) {
            String library = library(platform, name);
            URL resource = OrtEnvironment.class.getResource("native/" + platform + "/" + library);
            if (resource == null) {
                throw new IOException("ONNX Runtime has no library for " + platform);
            }
            long bytes = resource.openConnection().getContentLengthLong();
            if (directory.equals(cache)) {
                directory = Files.createDirectories(cache.resolve("onnxruntime-" + platform + "-" + bytes));
            }
            Path file = directory.resolve(library);
            if (!Files.isRegularFile(file) || Files.size(file) != bytes) {
                try (InputStream in = resource.openStream()) {
                    WholeFile.write(file, in::transferTo);
                }
            }
        }
        return directory;
    }

    private static String library(String platform, String name) {
        if (platform.startsWith("win")) {
            return name + ".dll";
        }
        return "lib" + name + (platform.startsWith("osx") ? ".dylib" : ".so");
    }
}

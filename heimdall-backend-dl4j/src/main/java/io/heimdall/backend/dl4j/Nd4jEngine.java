package io.heimdall.backend.dl4j;

import io.heimdall.model.backend.Availability;
import io.heimdall.model.backend.EngineProperties;
import io.heimdall.model.backend.EngineThread;
import io.heimdall.model.backend.NativeCache;
import io.heimdall.model.backend.NativeEngine;
import java.util.Collection;
import java.util.Optional;
import org.bytedeco.javacpp.Loader;
import org.deeplearning4j.exception.DL4JException;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.exception.ND4JException;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.nativeblas.NativeOpsHolder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Loads the engine, once, and looks whether it has what makes it fast. */
final class Nd4jEngine {
    /** All work of the engine is done here: its workspaces and random state belong to a thread. */
    static final EngineThread THREAD = new EngineThread("heimdall-dl4j", Nd4jEngine.class.getClassLoader());

    /** System property that accepts natives without oneDNN. */
    static final String ALLOW_SLOW = "heimdall.dl4j.slow";

    static final String HELPERS_OFF = "org.eclipse.deeplearning4j.helpers.disable";
    private static final String CACHE = "org.bytedeco.javacpp.cachedir";
    private static final String NATIVES = "org.nd4j:nd4j-native:1.0.0-M2.1 with the classifier linux-x86_64-onednn"
            + " (windows-x86_64-onednn, macosx-x86_64-onednn) instead of the one without -onednn";

    private static final Logger LOG = LoggerFactory.getLogger(Nd4jEngine.class);

    /** The engine, loaded once. */
    static final NativeEngine NATIVE = new NativeEngine(
            "Deeplearning4j",
            THREAD,
            Nd4jEngine::load,
            threads -> NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(threads),
            thrown -> thrown instanceof ND4JException
                    || thrown instanceof DL4JException
                    || thrown instanceof OutOfMemoryError);

    private Nd4jEngine() {}

    /** Catches every throwable: a class path without ND4J or with natives of another system ends in an Error. */
    private static Availability load() {
        EngineProperties.setUnlessGiven(CACHE, NativeCache.directory("javacpp").toString());
        EngineProperties.setUnlessGiven(HELPERS_OFF, "false");
        // counts the memory of the whole process, other engines' included, against the limit of the Java heap
        EngineProperties.setUnlessGiven("org.bytedeco.javacpp.maxphysicalbytes", "0");
        try {
            String backend = Nd4j.getBackend().getClass().getSimpleName();
            Optional<String> slow = whySlow(Loader.getLoadedLibraries().values(), hasConvolutionHelper());
            if (slow.isPresent() && !Boolean.getBoolean(ALLOW_SLOW)) {
                return new Availability.Missing(
                        slow.get() + ", without which training takes seven times as long",
                        remedy() + ", or accept it with -D" + ALLOW_SLOW + "=true");
            }
            slow.ifPresent(reason -> LOG.warn("Deeplearning4j will be slow: {}", reason));
            return new Availability.Ready("Deeplearning4j " + version() + ", " + backend, "cpu");
        } catch (Throwable e) {
            return Availability.Missing.notLoaded(
                    "ND4J",
                    e,
                    "put " + NATIVES + ", org.bytedeco:openblas:0.3.19-1.5.7 and org.bytedeco:javacpp:1.5.7 with the"
                            + " classifier of this system (linux-x86_64) on the class path, and see that "
                            + System.getProperty(CACHE)
                            + " can be written; if a library there is damaged, delete it all");
        }
    }

    /**
     * Returns what keeps convolutions from oneDNN, if anything does.
     *
     * @param libraries paths of the natives that were loaded; the directory tells the variant
     * @param helper whether a convolution found its helper
     */
    static Optional<String> whySlow(Collection<String> libraries, boolean helper) {
        if (Boolean.getBoolean(HELPERS_OFF)) {
            return Optional.of("the layers' oneDNN helpers are switched off by -D" + HELPERS_OFF + "=true");
        }
        Optional<String> natives =
                libraries.stream().filter(path -> path.contains("nd4jcpu")).findFirst();
        if (natives.isPresent() && !natives.get().contains("onednn")) {
            return Optional.of("the natives " + natives.get() + " have no oneDNN");
        }
        return helper ? Optional.empty() : Optional.of("convolutions do not find their oneDNN helper MKLDNNConvHelper");
    }

    private static String remedy() {
        return Boolean.getBoolean(HELPERS_OFF) ? "leave that property away" : "put " + NATIVES + " on the class path";
    }

    private static boolean hasConvolutionHelper() {
        var graph = new ComputationGraph(new NeuralNetConfiguration.Builder()
                .updater(new NoOp())
                .graphBuilder()
                .addInputs("in")
                .addLayer(
                        "conv",
                        new ConvolutionLayer.Builder(1, 1).nIn(1).nOut(1).build(),
                        "in")
                .setOutputs("conv")
                .build());
        graph.init();
        try {
            return graph.getLayer("conv").getHelper() != null;
        } finally {
            graph.close();
        }
    }

    private static String version() {
        String version = ComputationGraph.class.getPackage().getImplementationVersion();
        return version == null ? "1.0.0-M2.1" : version;
    }
}

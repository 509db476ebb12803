package io.heimdall.features.internal;

import java.lang.reflect.InvocationTargetException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which kernels this JVM runs, decided once and logged in one line.
 *
 * <p>The system property {@value #PROPERTY} asks for {@code vector}, which then never falls back, for {@code portable}, or
 * for {@code auto}, the default: vector where this JVM has it.
 */
public final class KernelChoice {
    /** The system property. */
    public static final String PROPERTY = "heimdall.features.kernels";

    private static final Logger LOG = LoggerFactory.getLogger(KernelChoice.class);
    private static final String MODULE = "jdk.incubator.vector";
    private static final String FLAG = "start Java with --add-modules " + MODULE;
    private static final String VECTOR_KERNELS = "io.heimdall.features.internal.vector.VectorKernels";

    private static final Kernels PORTABLE = new PortableKernels();

    private KernelChoice() {}

    /** Made when first asked for, so that a wrong property is an error of that call. */
    private static final class Chosen {
        private static final Kernels KERNELS = make();
    }

    /**
     * Returns the kernels of this JVM.
     *
     * @throws IllegalStateException if the property asks for what this JVM has not
     * @throws IllegalArgumentException if the property has another value than the three
     */
    public static Kernels kernels() {
        String asked = System.getProperty(PROPERTY, "auto");
        switch (asked) {
            case "auto", "portable" -> {}
            case "vector" ->
                missing().ifPresent(reason -> {
                    throw new IllegalStateException("-D" + PROPERTY + "=vector, but " + reason
                            + "; or take auto, which then runs the portable ones");
                });
            default ->
                throw new IllegalArgumentException(
                        "-D" + PROPERTY + "=" + asked + " is not one of vector, portable, auto");
        }
        return Chosen.KERNELS;
    }

    /** Returns whether the property asks for one of the two by name. */
    public static boolean isFixed() {
        return !System.getProperty(PROPERTY, "auto").equals("auto");
    }

    /** Returns the portable kernels, which every JVM has. */
    public static Kernels portable() {
        return PORTABLE;
    }

    private static Kernels make() {
        String asked = System.getProperty(PROPERTY, "auto");
        if (asked.equals("portable")) {
            LOG.info("Portable feature kernels, as -D{} asks", PROPERTY);
            return PORTABLE;
        }
        Optional<String> reason = missing();
        if (reason.isPresent()) {
            LOG.info("Portable feature kernels: {}", reason.get());
            return PORTABLE;
        }
        Kernels kernels = vector();
        LOG.info(
                "Feature kernels: {}, {}",
                kernels,
                asked.equals("auto") ? MODULE + " is there" : "as -D" + PROPERTY + " asks");
        return kernels;
    }

    /** Why this JVM cannot run the vector kernels, and what helps. */
    private static Optional<String> missing() {
        if (ModuleLayer.boot().findModule(MODULE).isEmpty()) {
            return Optional.of("the fast ones need the module " + MODULE + ": " + FLAG);
        }
        if (System.getProperty("java.vm.info", "").contains("interpreted")) {
            return Optional.of("the fast ones need the compiler: start Java without -Xint");
        }
        return Optional.empty();
    }

    /** By name: without the module the class could not even be linked. */
    private static Kernels vector() {
        try {
            ModuleLayer.boot().findModule(MODULE).ifPresent(KernelChoice.class.getModule()::addReads);
            return (Kernels) Class.forName(VECTOR_KERNELS).getConstructor().newInstance();
        } catch (InvocationTargetException e) {
            throw new IllegalStateException("the vector kernels cannot start: " + e.getCause(), e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the vector kernels are missing from this build: " + e, e);
        }
    }
}

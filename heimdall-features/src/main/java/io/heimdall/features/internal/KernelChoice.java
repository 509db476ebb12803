package io.heimdall.features.internal;

import java.lang.reflect.InvocationTargetException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The choice of kernels for this JVM, made once and logged in one line.
 *
 * <p>The system property {@value #PROPERTY} asks for {@code vector}, which then never falls back, for {@code portable}, or
 * for {@code auto}, the default: vector where this JVM has it.
 */
public final class KernelChoice {
    /** The system property. */
    public static final String PROPERTY = "heimdall.features.kernels";

    private static final Logger LOG = LoggerFactory.getLogger(KernelChoice.class);
    private static final String MODULE = "jdk.incubator.vector";
    private static final String VECTOR_KERNELS = "io.heimdall.features.internal.vector.VectorKernels";

    private static final Kernels PORTABLE = new PortableKernels();

    private final Kernels kernels;
    private final String reason;
    private final String remedy;

    private KernelChoice(Kernels kernels, String reason, String remedy) {
        this.kernels = kernels;
        this.reason = reason;
        this.remedy = remedy;
    }

    /** Made when first asked for, so that a wrong property is an error of that call. */
    private static final class Chosen {
        private static final KernelChoice CHOICE = make();
    }

    /**
     * Returns the choice of this JVM.
     *
     * @throws IllegalStateException if the property asks for what this JVM has not
     * @throws IllegalArgumentException if the property has another value than the three
     */
    public static KernelChoice ofThisJvm() {
        String asked = asked();
        switch (asked) {
            case "auto", "portable" -> {}
            case "vector" -> {
                Obstacle obstacle = Obstacle.find();
                if (obstacle != null) {
                    throw new IllegalStateException("-D" + PROPERTY + "=vector, but " + obstacle.reason() + ": "
                            + obstacle.remedy() + "; or take auto, which then runs the portable ones");
                }
            }
            default ->
                throw new IllegalArgumentException(
                        "-D" + PROPERTY + "=" + asked + " is not one of vector, portable, auto");
        }
        return Chosen.CHOICE;
    }

    /** Returns the kernels of this JVM; as {@link #ofThisJvm()}. */
    public static Kernels kernels() {
        return ofThisJvm().kernels;
    }

    /** Returns the portable kernels, which every JVM has. */
    public static Kernels portable() {
        return PORTABLE;
    }

    /** Returns whether the property asks for one of the two by name. */
    public static boolean isFixed() {
        return !asked().equals("auto");
    }

    /** Returns the kernels and why it is them, as a clause. */
    @Override
    public String toString() {
        return kernels + ", " + reason;
    }

    /** Returns how to get the fast ones; empty where they run. */
    public String remedy() {
        return remedy;
    }

    private static String asked() {
        return System.getProperty(PROPERTY, "auto");
    }

    private static KernelChoice make() {
        boolean fixed = isFixed();
        String wish = "as -D" + PROPERTY + " asks";
        if (asked().equals("portable")) {
            return logged(new KernelChoice(PORTABLE, wish, "take -D" + PROPERTY + " away"));
        }
        Obstacle obstacle = Obstacle.find();
        return logged(
                obstacle == null
                        ? new KernelChoice(vector(), fixed ? wish : MODULE + " is there", "")
                        : new KernelChoice(PORTABLE, obstacle.reason(), obstacle.remedy()));
    }

    private static KernelChoice logged(KernelChoice choice) {
        LOG.info(
                "Feature kernels: {}{}", choice, choice.remedy.isEmpty() ? "" : "; for the fast ones " + choice.remedy);
        return choice;
    }

    /** Why this JVM cannot run the vector kernels, and what helps. */
    private record Obstacle(String reason, String remedy) {
        static Obstacle find() {
            if (ModuleLayer.boot().findModule(MODULE).isEmpty()) {
                return new Obstacle(
                        "the module " + MODULE + " is not there", "start Java with --add-modules " + MODULE);
            }
            if (System.getProperty("java.vm.info", "").contains("interpreted")) {
                return new Obstacle("the JVM only interprets", "start Java without -Xint");
            }
            return null;
        }
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

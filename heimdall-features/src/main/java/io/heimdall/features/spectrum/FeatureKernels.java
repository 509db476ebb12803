package io.heimdall.features.spectrum;

import io.heimdall.features.internal.KernelChoice;

/**
 * The kernels that compute features in this JVM: those on its vector instructions, or portable ones that give the same
 * bits.
 *
 * @param description which kernels, and why
 * @param remedy how to get the fast ones; empty where they run
 */
public record FeatureKernels(String description, String remedy) {

    /**
     * Returns the kernels of this JVM, as the system property {@code heimdall.features.kernels} and the module
     * {@code jdk.incubator.vector} decide.
     *
     * @throws IllegalStateException if the property asks for what this JVM has not
     * @throws IllegalArgumentException if the property is none of {@code vector}, {@code portable} and {@code auto}
     */
    public static FeatureKernels ofThisJvm() {
        KernelChoice choice = KernelChoice.ofThisJvm();
        return new FeatureKernels(choice.toString(), choice.remedy());
    }
}

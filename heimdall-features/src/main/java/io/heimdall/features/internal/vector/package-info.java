/**
 * The kernels on {@code jdk.incubator.vector}. {@code KernelChoice} loads
 * {@link io.heimdall.features.internal.vector.VectorKernels} by name, and only if Java has loaded that module.
 */
package io.heimdall.features.internal.vector;

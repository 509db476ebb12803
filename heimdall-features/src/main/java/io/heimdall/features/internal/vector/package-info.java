/** The kernels on {@code jdk.incubator.vector}; loaded by name, and only where that module is there. */
package io.heimdall.features.internal.vector;

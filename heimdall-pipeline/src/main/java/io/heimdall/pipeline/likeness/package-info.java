/**
 * Sessions like those of a workspace: drawn from a world that is fitted to it, and written as recordings into another one.
 *
 * <p>{@link io.heimdall.pipeline.likeness.Likeness} is fitted, {@link io.heimdall.pipeline.likeness.LikeSimulation} writes.
 */
package io.heimdall.pipeline.likeness;

package io.heimdall.model.optimizer;

import java.nio.FloatBuffer;

/**
 * A trained tensor as the optimiser sees it: the engine's own memory, or a copy that the engine reads back.
 *
 * @param name of the tensor
 * @param weight read and written; position 0 to limit
 * @param gradient read; as long as {@code weight}
 */
public record Parameter(String name, FloatBuffer weight, FloatBuffer gradient) {}

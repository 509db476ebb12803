package io.heimdall.model.optimizer;

import java.nio.DoubleBuffer;

/**
 * A trained tensor in double precision.
 *
 * @param name of the tensor
 * @param weight read and written; position 0 to limit
 * @param gradient read; as long as {@code weight}
 */
public record DoubleParameter(String name, DoubleBuffer weight, DoubleBuffer gradient) {}

package io.heimdall.model.output;

/**
 * One term of the sum that is a mixture's density.
 *
 * @param weight its share, 0..1
 * @param shape the numbers of its normal distribution
 */
record MixtureTerm(double weight, NormalShape shape) {}

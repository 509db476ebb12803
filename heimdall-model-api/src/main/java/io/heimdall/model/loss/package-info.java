/**
 * Training losses: a {@link io.heimdall.model.loss.Loss} gives its value and its gradient at the network's outputs, in
 * plain Java, the same for every engine. {@link io.heimdall.model.loss.Losses} finds a loss by its name.
 */
package io.heimdall.model.loss;

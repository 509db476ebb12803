/** Training losses: value and gradient at the network's outputs, in plain Java, the same for every engine. */
package io.heimdall.model.loss;

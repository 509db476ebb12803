/** How good positions and their uncertainties are, in metres; and the one number that scales the uncertainties. */
package io.heimdall.model.metrics;

/** Network description, weights, losses, metrics, trainer, backend SPI and its contract tests. */
package io.heimdall.model;

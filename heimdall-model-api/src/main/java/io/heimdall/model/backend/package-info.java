/** The engine SPI, and how engines are found. */
package io.heimdall.model.backend;

/**
 * The application: {@link io.heimdall.app.Heimdall} is the command line, with a class for each command in
 * {@code io.heimdall.app.command}. The service is in {@code io.heimdall.app.service}.
 *
 * <p>The application parses input, chooses adapters and formats output. The other modules do the work.
 */
package io.heimdall.app;

/**
 * The heimdall command line: {@link io.heimdall.app.Heimdall} parses, {@code io.heimdall.app.command} has a class for
 * each command, and the work itself is done by the modules below.
 */
package io.heimdall.app;

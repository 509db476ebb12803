/** The heimdall command line. */
package io.heimdall.app;

/** The catalogue of recorded sessions, and the workspace that keeps one in a directory. */
package io.heimdall.dataset;

/**
 * Benchmarks that compare Heimdall with other programs. The scripts of {@code dev/bench} start them; they are not
 * deployed.
 */
package io.heimdall.bench;

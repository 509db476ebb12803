/** Benchmarks beside other programs; not deployed. */
package io.heimdall.bench;

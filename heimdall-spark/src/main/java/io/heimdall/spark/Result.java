package io.heimdall.spark;

import java.io.Serializable;

/** What came of the row of a number. */
record Result<R>(long number, R value) implements Serializable {}

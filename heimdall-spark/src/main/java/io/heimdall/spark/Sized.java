package io.heimdall.spark;

import java.io.Serializable;

/**
 * A row and the bytes that its work has to read.
 *
 * @param number of the row, from 0; results are in the order of these
 * @param row itself
 * @param bytes 0 or more; 0 where it is not known
 */
record Sized<T>(long number, T row, long bytes) implements Serializable {}

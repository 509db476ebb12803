package io.heimdall.dataset.ingest;

import java.nio.file.Path;

/**
 * A recording that a row names.
 *
 * @param file where it is
 * @param choice how the file is to be read
 * @param calibrationDb added to its decibels; 0 where the table is silent
 */
record NamedRecording(Path file, FileChoice choice, double calibrationDb) {}

/**
 * The catalogue of recorded sessions, and the workspace that keeps a catalogue in a directory.
 *
 * <p>Begin with {@link io.heimdall.dataset.Session}, one transmission with the
 * {@linkplain io.heimdall.dataset.Measurement measurements} of its stations.
 * {@link io.heimdall.dataset.RecordingCatalog} is the port of catalogues, {@link io.heimdall.dataset.SqliteCatalog}
 * its adapter for a file, and {@link io.heimdall.dataset.Workspace} the directory with catalogue, objects and
 * trainings.
 */
package io.heimdall.dataset;

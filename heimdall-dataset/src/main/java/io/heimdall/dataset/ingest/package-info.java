/**
 * From a table of sessions and the recordings on disk to sessions in a workspace, or to input for a model.
 *
 * <p>{@link io.heimdall.dataset.ingest.SessionTable} reads the table, a CSV file with a row for each station and
 * session. {@link io.heimdall.dataset.ingest.Ingest} measures the recordings and stores the sessions;
 * {@link io.heimdall.dataset.ingest.LocalSessions} gives them to a model without storing them. A row that cannot be
 * used is listed with its line and the reason.
 */
package io.heimdall.dataset.ingest;

/**
 * Recordings on disk become sessions: a table in CSV says what was sent from where and who recorded it in which file;
 * what can be used goes into a workspace, or straight to a model, and what cannot is listed with its line and the reason.
 */
package io.heimdall.dataset.ingest;

/**
 * The tables that are the same in every catalogue of this library, and the mapping between their rows and records.
 *
 * <p>The adapters for SQLite and PostgreSQL share them, for example {@link io.heimdall.dataset.rows.QualityRows}.
 */
package io.heimdall.dataset.rows;

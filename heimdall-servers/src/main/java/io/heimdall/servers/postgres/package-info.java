/**
 * Heimdall's PostgreSQL database as the catalogue: {@link io.heimdall.servers.postgres.PostgresCatalog}.
 *
 * <p>Existing tables are read without a change. {@code heimdall migrate} adds the tables of this library.
 */
package io.heimdall.servers.postgres;

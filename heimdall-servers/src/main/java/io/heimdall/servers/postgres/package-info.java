/** Heimdall's own database as the catalogue: read as it is, and completed only where {@code migrate} is asked for. */
package io.heimdall.servers.postgres;

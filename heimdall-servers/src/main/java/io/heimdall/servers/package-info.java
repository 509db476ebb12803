/**
 * Heimdall's own servers: {@link io.heimdall.servers.Servers} opens its database and its object store as the
 * environment names them, {@link io.heimdall.servers.ArtifactStores} the object store of an MLflow server.
 */
package io.heimdall.servers;

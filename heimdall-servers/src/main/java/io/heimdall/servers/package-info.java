/**
 * Heimdall's own servers, as the environment names them: its database and its object store, and the object store of an MLflow
 * server.
 */
package io.heimdall.servers;

/**
 * The choice of adapters: the environment names the database, the object store and the tracking server, and
 * {@link io.heimdall.app.adapters.Adapters} opens them.
 *
 * <p>Commands and the service know only the ports. {@link io.heimdall.app.adapters.WorkspaceSync} sends the runs of a
 * workspace to an MLflow server.
 */
package io.heimdall.app.adapters;

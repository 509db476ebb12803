/**
 * From a file store to an MLflow server: {@link io.heimdall.tracking.sync.ForwardingTracker} sends while the store
 * grows, {@link io.heimdall.tracking.sync.StoreSync} later.
 *
 * <p>The file store is the outbox. A journal beside each run records what the server has, so that nothing is sent
 * twice.
 */
package io.heimdall.tracking.sync;

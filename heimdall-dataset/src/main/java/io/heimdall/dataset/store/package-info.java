/**
 * The feature store: features of millions of recordings in a few large files. {@link io.heimdall.dataset.store.FeatureStores} opens a
 * {@link io.heimdall.dataset.store.FeatureStore}, {@link io.heimdall.dataset.store.FeatureKey} names an entry, and {@link
 * io.heimdall.dataset.store.ShardFiles} is what an adapter for other storage implements.
 *
 * <p>A shard is a safetensors file with the features, keys and checksums of some thousand recordings. An index is a file of the same
 * format that lists the entries of many shards by key. Neither is ever changed: a writer makes new files, and each file is named by its
 * SHA-256.
 */
package io.heimdall.dataset.store;

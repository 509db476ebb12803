package io.heimdall.dataset.store;

/**
 * Where features are.
 *
 * @param shard that has them
 * @param row of the shard
 * @param checksum CRC-32 of the row's bytes
 */
record Entry(Shard shard, int row, int checksum) {}

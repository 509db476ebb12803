/**
 * The work that outgrows one machine, on a cluster with Apache Spark: {@code heimdall spark features} and its sisters.
 *
 * <p>A command reads the catalogue on the driver, and {@link io.heimdall.spark.Cluster} hands rows to the workers in batches. A row is a
 * session or a recording as text ({@link io.heimdall.spark.Rows}). A worker opens the recordings and the feature store by itself
 * ({@link io.heimdall.spark.WorkPlace}); credentials never travel. What comes back arrives in the order of the rows, so it does not depend on
 * the partitioning.
 */
package io.heimdall.spark;

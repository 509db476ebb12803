/**
 * From a file store to an MLflow server: while it grows, or later and once. A journal beside each run says what the server has got, so
 * that nothing is sent twice.
 */
package io.heimdall.tracking.sync;

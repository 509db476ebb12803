/** Catalogue, object stores, sessions, splits, prefetching loader, feature cache, simulator. */
package io.heimdall.dataset;

/**
 * Files and objects, independent of their content: whole files, locks between processes, digests, the user's cache,
 * ordered work, retries, and object stores.
 *
 * <p>{@link io.heimdall.files.WholeFile} writes files that appear whole or not at all.
 * {@link io.heimdall.files.ObjectStore} is the port of object stores, {@link io.heimdall.files.DirectoryObjectStore}
 * its adapter for a directory. {@link io.heimdall.files.ObjectRanges} reads objects where they are.
 */
package io.heimdall.files;

/**
 * Files and objects, without a word about what is in them: whole files, locks between processes, digests, the user's cache, work
 * that is done ahead in order, and the store of objects with its adapter for a directory.
 */
package io.heimdall.files;

/**
 * The adapters of the ports: which database, object store and tracking server a command or the service works with is decided here,
 * by the environment.
 */
package io.heimdall.app.adapters;

/** Recordings of a receiver, whatever the format they are kept in: what is known of them, and their samples in blocks. */
package io.heimdall.features.recording;

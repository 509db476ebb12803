/**
 * The recordings of receivers in all formats. {@link io.heimdall.features.recording.Recordings} opens a file as a
 * {@link io.heimdall.features.recording.Recording}: its {@link io.heimdall.features.recording.RecordingInfo} and its
 * samples in blocks. A {@link io.heimdall.features.recording.ByteSource} is a file, a part of the memory or an object on a server.
 *
 * <p>Files are untrusted: sizes are checked before memory is allocated.
 * {@link io.heimdall.features.recording.RecordingReader} is the interface for further formats.
 */
package io.heimdall.features.recording;

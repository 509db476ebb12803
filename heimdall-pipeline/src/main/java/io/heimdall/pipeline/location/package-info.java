/**
 * Places of transmitters without a network: from the delays between the recordings of a session, from bearings, and from what known
 * transmitters tell of the stations. {@link io.heimdall.pipeline.location.SessionLocator} does it.
 */
package io.heimdall.pipeline.location;

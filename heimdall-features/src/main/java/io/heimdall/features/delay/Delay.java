package io.heimdall.features.delay;

/** What two recordings tell about the delay between them: an estimate, or why there is none. */
public sealed interface Delay permits DelayEstimate, NoDelay {}

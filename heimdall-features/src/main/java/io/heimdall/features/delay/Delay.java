package io.heimdall.features.delay;

/** The result of comparing two recordings: an estimate of the delay, or the reason why there is none. */
public sealed interface Delay permits DelayEstimate, NoDelay {}

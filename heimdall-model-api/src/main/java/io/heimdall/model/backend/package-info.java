/**
 * The engine SPI. {@link io.heimdall.model.backend.TrainingBackend} is an engine,
 * {@link io.heimdall.model.backend.TrainingSession} one network in it, and {@link io.heimdall.model.backend.Backends}
 * finds the engines on the class path.
 *
 * <p>{@link io.heimdall.model.backend.EngineSession} and {@link io.heimdall.model.backend.NativeEngine} are the parts
 * that engines share.
 */
package io.heimdall.model.backend;

/**
 * Settings from a YAML file and from environment variables, as defaults of the options of the command line.
 *
 * <p>{@link io.heimdall.app.configuration.Setting} lists all settings with their names.
 * {@link io.heimdall.app.configuration.Configuration} reads file and environment, and explains in messages where a
 * value comes from.
 */
package io.heimdall.app.configuration;

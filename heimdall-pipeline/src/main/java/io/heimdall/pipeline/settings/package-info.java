/**
 * Tables of settings.
 *
 * <p>A {@link io.heimdall.pipeline.settings.Field} is one setting: its names, its
 * {@linkplain io.heimdall.pipeline.settings.FieldType type}, its texts, and how it is read from and written to the
 * settings. {@link io.heimdall.pipeline.settings.Fields} is a table of fields. Options, configuration, JSON,
 * documentation and the parameters of runs are made from a table and know no single setting.
 */
package io.heimdall.pipeline.settings;

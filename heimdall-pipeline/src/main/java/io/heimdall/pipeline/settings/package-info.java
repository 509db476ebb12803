/**
 * What users can set, as tables.
 *
 * <p>A {@link io.heimdall.pipeline.settings.Field} is one setting: its names, its {@linkplain io.heimdall.pipeline.settings.FieldType
 * type}, what people read about it, and how it is read from and written to the settings. {@link
 * io.heimdall.pipeline.settings.Fields} is a table of them. Each form of the settings is made from a table and knows no setting by its
 * name.
 */
package io.heimdall.pipeline.settings;

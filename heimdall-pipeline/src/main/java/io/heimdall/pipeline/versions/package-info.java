/**
 * The life of a registered model: comparison of two versions on sessions that neither learned from, promotion and return.
 *
 * <p>{@link io.heimdall.pipeline.versions.VersionComparison} compares, {@link io.heimdall.pipeline.versions.PromotionRule} decides, and
 * {@link io.heimdall.pipeline.versions.Promotions} moves the alias and leaves the trace.
 */
package io.heimdall.pipeline.versions;

/**
 * The split of sessions into training, validation and test part, and into folds.
 *
 * <p>A {@link io.heimdall.dataset.split.GroupRule} decides by a hash of a session's group:
 * {@link io.heimdall.dataset.split.SplitRule} for one split, {@link io.heimdall.dataset.split.FoldRule} for folds.
 * {@link io.heimdall.dataset.split.SplitChoice} and {@link io.heimdall.dataset.split.FoldChoice} choose a rule that
 * leaves no part empty.
 */
package io.heimdall.dataset.split;

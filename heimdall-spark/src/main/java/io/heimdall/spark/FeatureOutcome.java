package io.heimdall.spark;

import java.io.Serializable;

/** What came of a recording whose features are wanted. */
sealed interface FeatureOutcome extends Serializable {

    /** The features were computed and stored. */
    record Computed() implements FeatureOutcome {}

    /** The features were in the store already. */
    record Kept() implements FeatureOutcome {}

    /** There are no features. */
    record LeftOut(Fault fault) implements FeatureOutcome {}
}

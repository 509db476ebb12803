package io.heimdall.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;

/**
 * What came of a session that is to be located.
 *
 * @param rows of {@link LocatedRow}: one, or one for each recording where the model answers so; none where nothing locates it
 * @param faults why there is no row
 */
record LocateOutcome(ArrayList<LinkedHashMap<String, Object>> rows, ArrayList<Fault> faults) implements Serializable {

    /** Returns that a session could not be located. */
    static LocateOutcome leftOut(Fault fault) {
        LocateOutcome outcome = new LocateOutcome(new ArrayList<>(), new ArrayList<>());
        outcome.faults.add(fault);
        return outcome;
    }
}

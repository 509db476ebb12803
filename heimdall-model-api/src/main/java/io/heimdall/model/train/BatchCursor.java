package io.heimdall.model.train;

import io.heimdall.model.Batch;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** An iterator over batches. {@link #next()} throws the faults of reading. For one thread. */
public interface BatchCursor extends Iterator<Batch>, AutoCloseable {

    /** Returns the next batches, as many as are wanted, or as there are. */
    default List<Batch> next(int most) {
        List<Batch> batches = new ArrayList<>();
        while (batches.size() < most && hasNext()) {
            batches.add(next());
        }
        return batches;
    }

    /** Stops reading ahead and frees what is held. */
    @Override
    void close();
}

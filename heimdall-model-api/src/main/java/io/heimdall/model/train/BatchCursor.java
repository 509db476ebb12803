package io.heimdall.model.train;

import io.heimdall.model.Batch;
import java.util.Iterator;

/** An iterator over batches. {@link #next()} throws the faults of reading. For one thread. */
public interface BatchCursor extends Iterator<Batch>, AutoCloseable {

    /** Stops reading ahead and frees what is held. */
    @Override
    void close();
}

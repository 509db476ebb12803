package io.heimdall.model.train;

import io.heimdall.model.Batch;
import java.util.Iterator;

/** Batches, one after the other; faults of reading come out of {@link #next()}. For one thread. */
public interface BatchCursor extends Iterator<Batch>, AutoCloseable {

    /** Stops reading ahead and frees what is held. */
    @Override
    void close();
}

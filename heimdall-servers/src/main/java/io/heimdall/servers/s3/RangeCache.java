package io.heimdall.servers.s3;

import java.io.IOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/** Parts of objects that never change, in memory: those that were used last. Thread-safe. */
final class RangeCache {
    private final long mostBytes;
    private final Map<Range, byte[]> parts = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;

    RangeCache(long mostBytes) {
        this.mostBytes = mostBytes;
    }

    private record Range(String name, long offset, int length) {}

    /** Reads a part. */
    interface Reading {
        byte[] run() throws IOException;
    }

    /** Returns a part, which two threads may read at once if it is not there; not to be written to. */
    byte[] get(String name, long offset, int length, Reading reading) throws IOException {
        Range range = new Range(name, offset, length);
        synchronized (parts) {
            byte[] part = parts.get(range);
            if (part != null) {
                return part;
            }
        }
        byte[] part = reading.run();
        synchronized (parts) {
            if (parts.put(range, part) == null) {
                bytes += part.length;
            }
            Iterator<byte[]> eldest = parts.values().iterator();
            while (bytes > mostBytes && eldest.hasNext()) {
                bytes -= eldest.next().length;
                eldest.remove();
            }
        }
        return part;
    }

    /** Removes all parts of an object. */
    void forget(String name) {
        synchronized (parts) {
            for (Iterator<Map.Entry<Range, byte[]>> all = parts.entrySet().iterator(); all.hasNext(); ) {
                Map.Entry<Range, byte[]> part = all.next();
                if (part.getKey().name().equals(name)) {
                    bytes -= part.getValue().length;
                    all.remove();
                }
            }
        }
    }
}

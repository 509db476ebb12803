package io.heimdall.spark;

import io.heimdall.dataset.Recorded;
import io.heimdall.files.ObjectKey;
import io.heimdall.files.ObjectStore;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

/**
 * Sizes of recordings, asked by several threads at once. An object that is not there counts as empty; the task finds out. Once the store
 * cannot answer, the sizes of the rest of a batch are not asked for.
 *
 * @param objects that have the recordings
 */
record RecordingSizes(ObjectStore objects) implements Cluster.Sizes<RecordingRow> {
    private static final String META = "-meta";
    private static final String DATA = "-data";

    @Override
    public long[] of(List<RecordingRow> rows) {
        AtomicBoolean away = new AtomicBoolean();
        return IntStream.range(0, rows.size())
                .parallel()
                .mapToLong(i -> size(rows.get(i).parsed().recorded().orElseThrow(), away))
                .toArray();
    }

    private long size(Recorded recorded, AtomicBoolean away) {
        ObjectKey key = recorded.key();
        return size(key, away) + (recorded.isPair() ? size(key.sibling(samplesOf(key.name())), away) : 0);
    }

    private static String samplesOf(String meta) {
        return meta.substring(0, meta.length() - META.length()) + DATA;
    }

    private long size(ObjectKey key, AtomicBoolean away) {
        if (away.get()) {
            return 0;
        }
        try {
            return objects.size(key);
        } catch (NoSuchFileException absent) {
            return 0;
        } catch (IOException fault) {
            away.set(true);
            return 0;
        }
    }
}

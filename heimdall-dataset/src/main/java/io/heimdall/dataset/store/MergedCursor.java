package io.heimdall.dataset.store;

import java.io.IOException;
import java.util.List;
import java.util.PriorityQueue;

/** Walks over the entries of several cursors at once; equal keys all come. */
final class MergedCursor implements EntryCursor {
    private final PriorityQueue<EntryCursor> next = new PriorityQueue<>(MergedCursor::compare);
    private EntryCursor current;

    MergedCursor(List<EntryCursor> cursors) throws IOException {
        for (EntryCursor cursor : cursors) {
            if (cursor.advance()) {
                next.add(cursor);
            }
        }
    }

    private static int compare(EntryCursor one, EntryCursor other) {
        for (int i = 0; i < FeatureKey.BYTES / Long.BYTES; i++) {
            int order = Long.compareUnsigned(one.word(i), other.word(i));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    @Override
    public boolean advance() throws IOException {
        if (current != null && current.advance()) {
            next.add(current);
        }
        current = next.poll();
        return current != null;
    }

    @Override
    public long word(int word) {
        return current.word(word);
    }

    @Override
    public int shard() {
        return current.shard();
    }

    @Override
    public int row() {
        return current.row();
    }

    @Override
    public int checksum() {
        return current.checksum();
    }
}

package io.heimdall.dataset.store;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads many entries, those that lie close together in one go. For one thread and one reading.
 */
final class ManyRows {

    /** On a server, a request takes as long as so many bytes or more. */
    private static final int GAP_BYTES = 256 << 10;

    private static final int RUN_BYTES = 8 << 20;

    private final ShardFiles files;
    private final Precision precision;
    private final Collection<FeatureKey> keys;
    private final Map<FeatureKey, float[]> found = new HashMap<>();

    ManyRows(ShardFiles files, Precision precision, Collection<FeatureKey> keys) {
        this.files = files;
        this.precision = precision;
        this.keys = keys;
    }

    private record Wanted(FeatureKey key, int row, int checksum) {}

    /** Looks for an entry that is nowhere where it should be. */
    interface Single {
        Optional<float[]> find(FeatureKey key) throws IOException;
    }

    /** Looks into some shards. */
    void readFrom(Collection<String> likely) throws IOException {
        for (String shard : likely) {
            readFrom(shard);
        }
    }

    /**
     * Returns the entries that are there.
     *
     * @param rest finds those that were read nowhere
     */
    Map<FeatureKey, float[]> found(Single rest) throws IOException {
        for (FeatureKey key : missing()) {
            rest.find(key).ifPresent(features -> found.put(key, features));
        }
        return found;
    }

    private List<FeatureKey> missing() {
        return keys.stream().filter(key -> !found.containsKey(key)).toList();
    }

    /** Looks into a shard, whose keys are read first: two requests, however many entries it has. */
    private void readFrom(String id) throws IOException {
        List<FeatureKey> missing = missing();
        if (missing.isEmpty()) {
            return;
        }
        try {
            OpenShard open = OpenShard.open(files, id);
            List<Wanted> wanted = new ArrayList<>();
            for (FeatureKey key : missing) {
                Optional<Entry> entry = precision.reads(open.shard().precision())
                                && open.shard().size() == key.size()
                        ? open.find(Keys.words(key))
                        : Optional.empty();
                entry.ifPresent(e -> wanted.add(new Wanted(key, e.row(), e.checksum())));
            }
            read(open.shard(), wanted);
        } catch (NoSuchFileException | DamagedFileException | EOFException mergedOrDamaged) {
            // Its entries are looked for elsewhere.
        }
    }

    /**
     * Looks for what is still missing in all shards, and returns what was found so far.
     *
     * @throws NoSuchFileException if the index of the set is not there any more
     * @throws DamagedFileException if it cannot be read
     */
    Optional<Map<FeatureKey, float[]>> readFrom(ShardSet set) throws IOException {
        Map<Shard, List<Wanted>> byShard = new LinkedHashMap<>();
        for (FeatureKey key : missing()) {
            List<Entry> entries = set.find(key, precision);
            if (!entries.isEmpty()) {
                Entry entry = entries.get(0);
                byShard.computeIfAbsent(entry.shard(), any -> new ArrayList<>())
                        .add(new Wanted(key, entry.row(), entry.checksum()));
            }
        }
        for (Map.Entry<Shard, List<Wanted>> wanted : byShard.entrySet()) {
            try {
                read(wanted.getKey(), wanted.getValue());
            } catch (NoSuchFileException | EOFException mergedOrDamaged) {
                continue;
            }
        }
        return Optional.of(found);
    }

    private void read(Shard shard, List<Wanted> wanted) throws IOException {
        wanted.sort(Comparator.comparingInt(Wanted::row));
        int from = 0;
        while (from < wanted.size()) {
            int end = from + 1;
            while (end < wanted.size() && isNear(shard, wanted, from, end)) {
                end++;
            }
            readRun(shard, wanted.subList(from, end));
            from = end;
        }
    }

    private static boolean isNear(Shard shard, List<Wanted> wanted, int from, int next) {
        long at = shard.rowAt(wanted.get(next).row());
        return at - shard.rowAt(wanted.get(next - 1).row() + 1) <= GAP_BYTES
                && at + shard.rowBytes() - shard.rowAt(wanted.get(from).row()) <= RUN_BYTES;
    }

    private void readRun(Shard shard, List<Wanted> wanted) throws IOException {
        long begin = shard.rowAt(wanted.get(0).row());
        long end = shard.rowAt(wanted.get(wanted.size() - 1).row() + 1);
        ByteBuffer run = files.read(shard.file(), begin, Math.toIntExact(end - begin));
        for (Wanted one : wanted) {
            ByteBuffer row = run.slice((int) (shard.rowAt(one.row()) - begin), shard.rowBytes())
                    .order(run.order());
            if (ShardWriter.checksum(row) == one.checksum()) {
                found.put(one.key(), precision.rounded(shard.precision().decode(row, shard.size())));
            }
        }
    }
}

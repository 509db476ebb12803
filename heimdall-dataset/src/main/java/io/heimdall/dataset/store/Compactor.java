package io.heimdall.dataset.store;

import io.heimdall.dataset.store.FeatureStore.Compaction;
import io.heimdall.features.spectrum.FeatureParameters;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Merges small shards. A shard is removed after its entries are published in another one, so an entry is always in one of them, whoever
 * else compacts at the same time.
 */
final class Compactor {
    private static final Logger LOG = LoggerFactory.getLogger(Compactor.class);

    private final ShardFiles files;
    private final Set<String> published = new HashSet<>();
    private final Set<Shard> damaged = new LinkedHashSet<>();
    private long entriesRead;
    private long entriesWritten;

    Compactor(ShardFiles files) {
        this.files = files;
    }

    /** Shards that may be merged: a shard has one set of parameters and one precision. */
    private record Alike(FeatureParameters parameters, Precision precision) {}

    /** Lists all entries in an index. */
    interface Listing {
        /**
         * Writes the index.
         *
         * @param damaged shards that are left out of it
         * @return the number of entries
         */
        long write(Set<Shard> damaged) throws IOException;
    }

    Compaction compact(ShardSet set, Listing index) throws IOException {
        List<Shard> before = set.shards();
        int removed = 0;
        for (Map.Entry<Alike, List<OpenShard>> alike : small(before).entrySet()) {
            if (alike.getValue().size() > 1) {
                removed += mergeUnlessOthersDo(alike.getKey(), alike.getValue());
            }
        }
        files.tidy();
        before.forEach(shard -> published.remove(shard.id()));
        int after = before.size() - removed + published.size();
        return new Compaction(before.size(), after, index.write(damaged), entriesRead - entriesWritten);
    }

    private Map<Alike, List<OpenShard>> small(List<Shard> shards) throws IOException {
        Map<Alike, List<OpenShard>> small = new LinkedHashMap<>();
        for (Shard shard : shards) {
            if (Waiting.isSmall(shard)) {
                opened(shard)
                        .ifPresent(open -> small.computeIfAbsent(
                                        new Alike(open.header().parameters(), shard.precision()),
                                        any -> new ArrayList<>())
                                .add(open));
            }
        }
        return small;
    }

    private Optional<OpenShard> opened(Shard shard) throws IOException {
        try {
            return Optional.of(OpenShard.open(files, shard.id()));
        } catch (NoSuchFileException mergedByOthers) {
            return Optional.empty();
        } catch (DamagedFileException e) {
            passOver(shard, e);
            return Optional.empty();
        }
    }

    private void passOver(Shard shard, IOException damage) {
        LOG.warn(
                "{} is damaged and left as it is; its features are computed again: {}",
                shard.file(),
                damage.getMessage());
        damaged.add(shard);
    }

    /** Returns how many shards were removed; none where others have already merged the new shard into another. */
    private int mergeUnlessOthersDo(Alike alike, List<OpenShard> shards) throws IOException {
        long read = entriesRead;
        long written = entriesWritten;
        try {
            return merge(alike, shards);
        } catch (NoSuchFileException mergedByOthers) {
            LOG.debug("others merge the same shards: {}", mergedByOthers.getMessage());
            entriesRead = read;
            entriesWritten = written;
            return 0;
        }
    }

    private int merge(Alike alike, List<OpenShard> shards) throws IOException {
        Waiting rows = new Waiting();
        List<Shard> merged = new ArrayList<>();
        for (OpenShard shard : shards) {
            try {
                add(shard, rows);
                merged.add(shard.shard());
            } catch (NoSuchFileException mergedByOthers) {
                continue;
            } catch (EOFException e) {
                passOver(shard.shard(), e);
            }
            if (rows.isFull()) {
                publish(alike, rows);
            }
        }
        publish(alike, rows);
        int removed = 0;
        for (Shard shard : merged) {
            if (!published.contains(shard.id())) {
                files.delete(shard.file());
                removed++;
            }
        }
        return removed;
    }

    private void add(OpenShard shard, Waiting rows) throws IOException {
        Shard file = shard.shard();
        ByteBuffer features = files.read(file.file(), file.rowAt(0), file.count() * file.rowBytes());
        for (int i = 0; i < file.count(); i++) {
            byte[] row = new byte[file.rowBytes()];
            features.get(i * row.length, row);
            if (ShardWriter.checksum(ByteBuffer.wrap(row)) == shard.checksum(i)) {
                rows.add(shard.key(i), row);
            }
        }
        entriesRead += file.count();
    }

    private void publish(Alike alike, Waiting waiting) throws IOException {
        for (var rows : waiting.groups()) {
            Shard shard = ShardWriter.publish(files, alike.parameters(), alike.precision(), rows);
            published.add(shard.id());
            entriesWritten += shard.count();
        }
        waiting.clear();
    }
}

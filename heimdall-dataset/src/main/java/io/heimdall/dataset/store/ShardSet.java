package io.heimdall.dataset.store;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The shards of a store as they were listed at one moment; never changed.
 *
 * @param listed shards of the index that are there, by id
 * @param index that lists them
 * @param recent shards that no index lists yet, by id
 * @param indexes the files of all indexes
 * @param damaged files that are passed over
 */
record ShardSet(
        Map<String, Shard> listed,
        Optional<FeatureIndex> index,
        Map<String, OpenShard> recent,
        List<String> indexes,
        Set<String> damaged) {
    private static final Logger LOG = LoggerFactory.getLogger(ShardSet.class);
    private static final int MOST_LISTINGS = 4;

    /** A key is looked for in each shard that no index lists. */
    private static final int MOST_UNLISTED = 64;

    /** An index that grows by this share each time is written in a time that grows with the number of shards. */
    private static final int UNLISTED_SHARE = 4;

    static ShardSet empty() {
        return new ShardSet(Map.of(), Optional.empty(), Map.of(), List.of(), Set.of());
    }

    /**
     * Lists a store. Damaged files are passed over with a warning.
     *
     * @param before whose open files are used again, and whose damaged files are passed over again
     * @throws IOException if the storage cannot answer
     */
    static ShardSet list(ShardFiles files, ShardSet before) throws IOException {
        Set<String> ids = new TreeSet<>();
        List<String> indexes = new ArrayList<>();
        Set<String> damaged = new TreeSet<>(before.damaged());
        Set<String> names = names(files);
        damaged.retainAll(names);
        for (String name : names) {
            if (Shard.isShard(name)) {
                if (!damaged.contains(name)) {
                    ids.add(Shard.id(name));
                }
            } else if (IndexHeader.isIndex(name)) {
                indexes.add(name);
            }
        }
        Optional<FeatureIndex> index = Optional.empty();
        Map<String, Shard> listed = Map.of();
        for (String name : indexes) {
            Optional<FeatureIndex> opened = opened(files, name, before, damaged);
            if (opened.isPresent()) {
                Map<String, Shard> covered = covered(opened.get(), ids);
                if (covered.size() > listed.size()) {
                    index = opened;
                    listed = covered;
                }
            }
        }
        ids.removeAll(listed.keySet());
        Map<String, OpenShard> recent = recent(files, ids, before, damaged);
        return new ShardSet(listed, index, recent, indexes, Set.copyOf(damaged));
    }

    /**
     * Returns the names of two listings that agree. While one listing is under way, a compaction may publish a shard before the place
     * where the listing is, and remove those that it merged behind this place: the listing has neither.
     */
    private static Set<String> names(ShardFiles files) throws IOException {
        Set<String> names = new TreeSet<>(files.list());
        for (int i = 0; i < MOST_LISTINGS; i++) {
            Set<String> again = new TreeSet<>(files.list());
            if (again.equals(names)) {
                break;
            }
            names = again;
        }
        return names;
    }

    private static Optional<FeatureIndex> opened(ShardFiles files, String name, ShardSet before, Set<String> damaged)
            throws IOException {
        if (damaged.contains(name)) {
            return Optional.empty();
        }
        if (before.index().isPresent() && before.index().get().file().equals(name)) {
            return before.index();
        }
        try {
            return Optional.of(FeatureIndex.open(files, name));
        } catch (NoSuchFileException replacedMeanwhile) {
            return Optional.empty();
        } catch (DamagedFileException e) {
            LOG.warn("{}; its shards are read without it", e.getMessage());
            damaged.add(name);
            return Optional.empty();
        }
    }

    private static Map<String, Shard> covered(FeatureIndex index, Set<String> ids) {
        Map<String, Shard> covered = new LinkedHashMap<>();
        for (Shard shard : index.shards()) {
            if (ids.contains(shard.id())) {
                covered.put(shard.id(), shard);
            }
        }
        return covered;
    }

    private static Map<String, OpenShard> recent(
            ShardFiles files, Collection<String> ids, ShardSet before, Set<String> damaged) throws IOException {
        Map<String, OpenShard> recent = new LinkedHashMap<>();
        for (String id : ids) {
            OpenShard known = before.recent().get(id);
            try {
                recent.put(id, known != null ? known : OpenShard.open(files, id));
            } catch (NoSuchFileException mergedMeanwhile) {
                LOG.debug("shard {} was merged while the store was listed", id);
            } catch (DamagedFileException e) {
                LOG.warn("{}; its features are computed again", e.getMessage());
                damaged.add(Shard.file(id));
            }
        }
        return recent;
    }

    /** Returns this with one shard more, which was just published. */
    ShardSet with(OpenShard published) {
        Map<String, OpenShard> more = new LinkedHashMap<>(recent);
        more.put(published.shard().id(), published);
        return new ShardSet(listed, index, more, indexes, damaged)
                .trusting(published.shard().file());
    }

    /** Returns this with a file that the next listing passes over; without the index, if it is the file. */
    ShardSet passingOver(String file) {
        Set<String> more = new TreeSet<>(damaged);
        more.add(file);
        boolean used = index.isPresent() && index.get().file().equals(file);
        return new ShardSet(
                used ? Map.of() : listed, used ? Optional.empty() : index, recent, indexes, Set.copyOf(more));
    }

    /** Returns this with a file that was written anew. */
    ShardSet trusting(String file) {
        Set<String> fewer = new TreeSet<>(damaged);
        fewer.remove(file);
        return new ShardSet(listed, index, recent, indexes, Set.copyOf(fewer));
    }

    /** Returns whether enough shards are in no index that another one is worth its writing, or there is a damaged one. */
    boolean needsIndex() {
        return recent.size() > Math.max(MOST_UNLISTED, listed.size() / UNLISTED_SHARE)
                || indexes.stream().anyMatch(damaged::contains);
    }

    /** Returns the entries of a key that have a size and one of some precisions. */
    List<Entry> find(FeatureKey key, Precision wanted) throws IOException {
        long[] words = Keys.words(key);
        List<Entry> found = new ArrayList<>();
        if (index.isPresent()) {
            found.addAll(index.get().find(words));
            found.removeIf(entry -> !listed.containsKey(entry.shard().id()));
        }
        for (OpenShard shard : recent.values()) {
            shard.find(words).ifPresent(found::add);
        }
        found.removeIf(entry -> entry.shard().size() != key.size()
                || !wanted.reads(entry.shard().precision()));
        return found;
    }

    /** Returns all shards: those of the index in its order, then the recent ones. */
    List<Shard> shards() {
        List<Shard> shards = new ArrayList<>(listed.values());
        recent.values().forEach(shard -> shards.add(shard.shard()));
        return shards;
    }

    /** Walks over all entries; a shard's number is its place in {@link #shards()}. */
    EntryCursor entries() throws IOException {
        List<EntryCursor> cursors = new ArrayList<>();
        int number = 0;
        if (index.isPresent()) {
            int[] numbers = new int[index.get().shards().size()];
            for (int i = 0; i < numbers.length; i++) {
                String id = index.get().shards().get(i).id();
                numbers[i] = listed.containsKey(id) ? number++ : -1;
            }
            cursors.add(new IndexCursor(index.get(), numbers));
        }
        for (OpenShard shard : recent.values()) {
            cursors.add(shard.cursor(number++));
        }
        return new MergedCursor(cursors);
    }

    long count() {
        return shards().stream().mapToLong(Shard::count).sum();
    }
}

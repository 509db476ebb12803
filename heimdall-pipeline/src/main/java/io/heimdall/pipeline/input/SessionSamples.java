package io.heimdall.pipeline.input;

import io.heimdall.dataset.GeoPoint;
import io.heimdall.dataset.split.GroupBy;
import io.heimdall.files.OrderedResults;
import io.heimdall.files.OrderedWork;
import io.heimdall.files.Sha256;
import io.heimdall.model.Batch;
import io.heimdall.model.FloatTensor;
import io.heimdall.model.input.Batches;
import io.heimdall.model.output.PlanePoint;
import io.heimdall.model.output.PlaneScale;
import io.heimdall.model.train.BatchCursor;
import io.heimdall.model.train.BlockOrder;
import io.heimdall.model.train.EpochOrder;
import io.heimdall.model.train.SampleSource;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * The observations of one side of the split as the trainer's batches.
 *
 * @param observations each of a session with a known source
 * @param assembler that makes their tensors
 * @param workers that do so ahead of the trainer
 * @param scale of the places
 * @param augmentation of what is learned from; {@link Augmentation#NONE} where the model is judged
 * @param blocks in which spectrograms are read ahead; empty where each sample reads its own
 */
public record SessionSamples(
        List<Observation> observations,
        Assembler assembler,
        OrderedWork workers,
        PlaneScale scale,
        Augmentation augmentation,
        Optional<EpochBlocks> blocks)
        implements SampleSource {

    /** Copies the list. */
    public SessionSamples {
        observations = List.copyOf(observations);
    }

    /** Makes samples that each read their own spectrograms. */
    public SessionSamples(
            List<Observation> observations,
            Assembler assembler,
            OrderedWork workers,
            PlaneScale scale,
            Augmentation augmentation) {
        this(observations, assembler, workers, scale, augmentation, Optional.empty());
    }

    /** Returns the number of recordings whose spectrograms an epoch reads; 0 for a network that reads none. */
    public long recordings() {
        return assembler.spectrograms().stream()
                .mapToLong(read -> observations.stream()
                        .mapToLong(sample -> read.recordings().apply(sample).size())
                        .sum())
                .sum();
    }

    /** Returns the samples by the shards of the feature store that have their spectrograms now, for a network that reads some. */
    public EpochBlocks shards() {
        return EpochBlocks.ofShards(observations, assembler.spectrograms().orElseThrow());
    }

    /** Returns these samples for a network that reads spectrograms, in an order by those blocks, which are read ahead. */
    public SessionSamples streamed(EpochBlocks by) {
        return new SessionSamples(observations, assembler, workers, scale, augmentation, Optional.of(by));
    }

    /** Returns these samples for a network that reads spectrograms, which are read ahead in the samples' own order. */
    public SessionSamples readAhead() {
        return streamed(
                EpochBlocks.inOrder(observations, assembler.spectrograms().orElseThrow()));
    }

    @Override
    public EpochOrder order() {
        return blocks.<EpochOrder>map(by -> new BlockOrder(by.blocks(), EpochWindows.BLOCKS))
                .orElse(EpochOrder.WHOLE);
    }

    @Override
    public int size() {
        return observations.size();
    }

    /** Returns a digest of all that the samples follow from. */
    @Override
    public String fingerprint() {
        MessageDigest digest = Sha256.digest();
        add(digest, assembler.fingerprint() + scaleText() + augmentation);
        for (Observation observation : observations) {
            add(digest, observation.id() + observation.session().source());
            digest.update(assembler.fingerprint(observation).getBytes(StandardCharsets.UTF_8));
        }
        blocks.ifPresent(by -> add(digest, Arrays.toString(by.blocks())));
        return size() + " samples " + HexFormat.of().formatHex(digest.digest(), 0, 8)
                + blocks.map(by -> " in " + by.shards().size() + " blocks").orElse("");
    }

    /** The text of earlier releases, so that the trainings that they began can be resumed. */
    private String scaleText() {
        return "Output[plane=" + scale.plane() + ", east=Axis[meanM="
                + scale.metres().offsetEast() + ", deviationM=" + scale.metres().scaleEast() + "], north=Axis[meanM="
                + scale.metres().offsetNorth() + ", deviationM="
                + scale.metres().scaleNorth() + "], sigmaScale=1.0]";
    }

    private static void add(MessageDigest digest, String text) {
        digest.update(text.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
    }

    /** Returns samples of a world that is fitted to these, see {@link Assembler#simulated}. */
    public Optional<SimulatedSource> simulated(GroupBy groupBy, int size, long seed) {
        return assembler.simulated(observations, fingerprint(), workers, groupBy, size, seed);
    }

    /** Returns the place of each, in the network's units. */
    public List<PlanePoint> places() {
        return observations.stream().map(this::place).toList();
    }

    private PlanePoint place(Observation observation) {
        GeoPoint place = observation.session().source().orElseThrow();
        return scale.toNetwork(place.latitude(), place.longitude());
    }

    /** One sample, and the place that it teaches. */
    private record Drawn(Map<String, FloatTensor> tensors, PlanePoint target, String id) {}

    @Override
    public BatchCursor open(int[] order, int batchSize, long seed) {
        if (blocks.isEmpty()) {
            return batches(order, batchSize, n -> draw(assembler, observations.get(order[n]), seed + n), () -> {});
        }
        WindowReader reader = new WindowReader(
                EpochWindows.of(order, blocks.get()),
                order.length,
                n -> observations.get(order[n]),
                assembler.spectrograms().orElseThrow());
        try {
            return batches(
                    order,
                    batchSize,
                    n -> {
                        Drawn drawn = draw(reader.at(n), observations.get(order[n]), seed + n);
                        reader.done(n);
                        return drawn;
                    },
                    reader::close);
        } catch (RuntimeException e) { // the workers are closed: nobody would close the reader
            reader.close();
            throw e;
        }
    }

    private BatchCursor batches(int[] order, int batchSize, Function<Integer, Drawn> draw, Runnable end) {
        List<Integer> numbers = IntStream.range(0, order.length).boxed().toList();
        OrderedResults<Drawn> samples = workers.start(numbers, 2 * batchSize, draw);
        return new BatchCursor() {
            @Override
            public boolean hasNext() {
                return samples.hasNext();
            }

            @Override
            public Batch next() {
                List<Drawn> rows = new ArrayList<>(batchSize);
                while (rows.size() < batchSize && samples.hasNext()) {
                    rows.add(samples.next());
                }
                return batch(rows);
            }

            @Override
            public void close() {
                samples.close();
                end.run();
            }
        };
    }

    private Drawn draw(Assembler from, Observation observation, long seed) {
        return new Drawn(from.learned(observation, augmentation, seed), place(observation), observation.id());
    }

    private Batch batch(List<Drawn> rows) {
        FloatTensor targets = FloatTensor.zeros(rows.size(), 2);
        for (int row = 0; row < rows.size(); row++) {
            targets.values()[2 * row] = (float) rows.get(row).target().east();
            targets.values()[2 * row + 1] = (float) rows.get(row).target().north();
        }
        return new Batch(
                Batches.stack(
                        assembler.input().networkSpecs(),
                        rows.stream().map(Drawn::tensors).toList()),
                targets,
                rows.stream().map(Drawn::id).toList());
    }
}

package io.heimdall.dataset.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heimdall.dataset.DatasetException;
import io.heimdall.dataset.Measurement;
import io.heimdall.dataset.RecordingPart;
import io.heimdall.dataset.SigmfFiles;
import io.heimdall.dataset.Workspace;
import io.heimdall.dataset.sample.FeatureCache;
import io.heimdall.dataset.sample.RecordingFeatures;
import io.heimdall.features.recording.NpyWriter;
import io.heimdall.features.spectrum.FeatureParameters;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IngestWarningsTest {
    private static final double TUNED_HZ = 144_300_000;

    @TempDir
    Path directory;

    private Workspace workspace;
    private Table table;

    @BeforeEach
    void open() throws IOException {
        workspace = Workspace.create(directory.resolve("w"));
        table = new Table(directory);
    }

    @AfterEach
    void close() {
        workspace.close();
    }

    private IngestResult ingest() throws IOException {
        return Ingest.into(workspace).run(table.write(), RowProgress.NONE);
    }

    /** A row of which nothing but the recording and some other values is told. */
    private void row(String session, String station, String recording, Map<Column, String> more) throws IOException {
        Map<Column, String> values = new EnumMap<>(Column.class);
        values.put(Column.RECORDING, recording);
        values.put(Column.SAMPLE_RATE_HZ, "");
        values.put(Column.START_TIME, "");
        values.put(Column.CALIBRATION_DB, "");
        values.putAll(more);
        table.row(session, station, values);
    }

    private List<Measurement> measurements(String session) {
        return workspace.catalog().session(session).orElseThrow().measurements();
    }

    private float[] features(Measurement measurement) {
        return new RecordingFeatures(workspace.objects(), FeatureParameters.network(), FeatureCache.none())
                .of(measurement);
    }

    private float[] featuresOf(float[] iq, String name) throws IOException {
        NpyWriter.writeComplex(table.iq(name + ".npy"), iq);
        row(name, "Torino", "iq/" + name + ".npy", Map.of(Column.SAMPLE_RATE_HZ, "12000"));
        ingest();
        return features(measurements(name).get(0));
    }

    @Test
    void theTableChoosesWhatOfARecordingIsUsedAndTrainingReadsTheSame() throws IOException {
        float[] first = Table.noise(1, 4000);
        float[] second = Table.noise(2, 4000);
        SigmfFiles.pair(table.iq("two"), TUNED_HZ, new long[] {0, 1000}, first, second);
        row("s", "Torino", "iq/two", Map.of());
        row("s", "Genova", "iq/two", Map.of(Column.CHANNEL, "1", Column.CAPTURE, "1"));
        row("s", "Milano", "iq/two.sigmf-meta", Map.of(Column.CHANNEL, "0", Column.CAPTURE, "0"));
        IngestResult result = ingest();
        assertThat(result.refused()).isEmpty();
        assertThat(result.warned()).isEqualTo(1);
        assertThat(result.warnings())
                .containsExactly(
                        new RowWarning(
                                2,
                                "s",
                                table.iq("two").toString(),
                                "channel",
                                "2",
                                "recording " + table.iq("two")
                                        + ": it holds 2 channels, of which only the first is used;"
                                        + " the column channel chooses one of 0..1"),
                        new RowWarning(
                                2,
                                "s",
                                table.iq("two").toString(),
                                "capture",
                                "2",
                                "recording " + table.iq("two")
                                        + ": it holds 2 captures, of which only the first is used;"
                                        + " the column capture chooses one of 0..1"));
        List<Measurement> heard = measurements("s");
        assertThat(heard)
                .extracting(m -> m.recorded().orElseThrow().part())
                .containsExactly(RecordingPart.FIRST, new RecordingPart(1, 1, Optional.empty()), RecordingPart.FIRST);
        assertThat(features(heard.get(1)))
                .isEqualTo(featuresOf(java.util.Arrays.copyOfRange(second, 2000, 8000), "alone"));
        assertThat(ingest().unchanged()).isEqualTo(2);
    }

    @Test
    void anotherChoiceUpdatesTheSessionAndKeepsItsObject() throws IOException {
        SigmfFiles.pair(table.iq("two"), TUNED_HZ, new long[1], Table.noise(1, 900), Table.noise(2, 900));
        row("s", "Torino", "iq/two", Map.of(Column.CHANNEL, "0"));
        ingest();
        Measurement before = measurements("s").get(0);
        table = new Table(directory);
        row("s", "Torino", "iq/two", Map.of(Column.CHANNEL, "1"));
        assertThat(ingest().updated()).isEqualTo(1);
        Measurement after = measurements("s").get(0);
        assertThat(after.recorded().orElseThrow().part().channel()).isEqualTo(1);
        assertThat(after.recorded().orElseThrow().key())
                .isEqualTo(before.recorded().orElseThrow().key());
        assertThat(after.levelDb()).isNotEqualTo(before.levelDb());
    }

    @Test
    void aRecordingOfAnArchiveOrCollectionIsChosenByItsName() throws IOException {
        float[] south = Table.noise(5, 900);
        SigmfFiles.archive(table.iq("two.sigmf"), TUNED_HZ, Map.of("north", Table.noise(4, 900), "south", south));
        SigmfFiles.pair(table.iq("north"), TUNED_HZ, new long[1], Table.noise(4, 900));
        SigmfFiles.pair(table.iq("south"), TUNED_HZ, new long[1], south);
        Files.writeString(table.iq("c.sigmf-collection"), """
                {"collection": {"core:version": "1.0.0", "core:streams": [{"name": "north"}, {"name": "south"}]}}""");
        row("s", "Torino", "iq/two.sigmf", Map.of(Column.STREAM, "south"));
        row("s", "Genova", "iq/c.sigmf-collection", Map.of(Column.STREAM, "south"));
        row("s", "Milano", "iq/c.sigmf-collection", Map.of());
        IngestResult result = ingest();
        assertThat(result.refused())
                .singleElement()
                .satisfies(row -> assertThat(row.reason())
                        .endsWith(
                                "c.sigmf-collection: found 2 recordings (north, south), expected one; --stream says which (in a"
                                        + " table the column stream)"));
        List<Measurement> heard = measurements("s");
        assertThat(heard.get(0).recorded().orElseThrow().part().stream()).contains("south");
        assertThat(heard.get(1).recorded().orElseThrow().part())
                .as("of a collection the recording alone is kept")
                .isEqualTo(RecordingPart.FIRST);
        assertThat(features(heard.get(0))).isEqualTo(features(heard.get(1))).isEqualTo(featuresOf(south, "alone"));
    }

    @Test
    void rawSamplesOfAnyNameAreReadAsTheTableSays() throws IOException {
        float[] iq = Table.noise(7, 1000);
        ByteBuffer cf32 = ByteBuffer.allocate(4 * iq.length).order(ByteOrder.LITTLE_ENDIAN);
        cf32.asFloatBuffer().put(iq);
        for (String suffix : List.of("iq", "bin", "raw", "dat")) {
            Files.write(table.iq("a." + suffix), cf32.array());
            row("s", suffix, "iq/a." + suffix, Map.of(Column.FORMAT, "cf32", Column.SAMPLE_RATE_HZ, "12000"));
        }
        row("s", "rateless", "iq/a.raw", Map.of(Column.FORMAT, "cf32"));
        row("s", "formless", "iq/a.bin", Map.of(Column.SAMPLE_RATE_HZ, "12000"));
        IngestResult result = ingest();
        assertThat(result.refused())
                .extracting(RefusedRow::reason)
                .satisfiesExactly(
                        reason -> assertThat(reason)
                                .endsWith("it does not state its sample rate: fill in sample_rate_hz"),
                        reason -> assertThat(reason).contains("no format that is known by its content or name"));
        List<Measurement> heard = measurements("s");
        assertThat(heard)
                .hasSize(4)
                .allMatch(m -> m.recorded().orElseThrow().format().equals(Optional.of("cf32")));
        float[] expected = featuresOf(iq, "alone");
        for (Measurement measurement : heard) {
            assertThat(features(measurement)).isEqualTo(expected);
        }
    }

    @Test
    void aFrequencyThatTheRecordingWasNotTunedToIsTold() throws IOException {
        SigmfFiles.pair(table.iq("hz"), 433_920_000, new long[1], Table.noise(1, 900));
        SigmfFiles.pair(table.iq("mhz"), 433.92, new long[1], Table.noise(2, 900));
        row("good", "A", "iq/hz", Map.of(Column.FREQUENCY_HZ, "433926000"));
        row("near", "A", "iq/hz.sigmf-meta", Map.of(Column.FREQUENCY_HZ, "433926001"));
        row("mhz", "A", "iq/hz.sigmf-data", Map.of(Column.FREQUENCY_HZ, "433"));
        row(
                "khz",
                "A",
                "iq/../iq/hz",
                Map.of(Column.FREQUENCY_HZ, "433920", Column.START_TIME, "2020-01-01T00:00:00Z"));
        row("file", "A", "iq/mhz", Map.of(Column.FREQUENCY_HZ, "433920000"));
        table.row("none", "A", Map.of(Column.FREQUENCY_HZ, "145"));
        IngestResult result = ingest();
        assertThat(result.added()).isEqualTo(6);
        assertThat(result.warnings())
                .filteredOn(warning -> warning.column().equals("frequency_hz"))
                .satisfiesExactly(
                        near -> assertThat(near.message())
                                .isEqualTo(
                                        "frequency_hz 433926001 is not within 6 kHz of 433.92 MHz, to which recording "
                                                + table.iq("hz.sigmf-meta") + " was tuned"),
                        mhz -> {
                            assertThat(mhz.line()).isEqualTo(4);
                            assertThat(mhz.value()).isEqualTo("433");
                            assertThat(mhz.message()).endsWith(" was tuned: it looks like megahertz, expected hertz");
                        },
                        khz -> assertThat(khz.message()).endsWith("it looks like kilohertz, expected hertz"),
                        file -> assertThat(file.message())
                                .endsWith("the recording's looks like megahertz in the place of hertz"),
                        none -> assertThat(none.message())
                                .isEqualTo("frequency_hz 145 is no radio frequency: expected hertz, not megahertz"));
    }

    @Test
    void whatReaderAndSamplesShowIsTold() throws IOException {
        NpyWriter.writeComplex(table.iq("silent.npy"), new float[800]);
        Files.move(realSignal(), table.iq("real.npy"));
        row("s", "A", "iq/silent.npy", Map.of(Column.SAMPLE_RATE_HZ, "9000"));
        row("s", "B", "iq/real.npy", Map.of(Column.SAMPLE_RATE_HZ, "9000"));
        assertThat(ingest().warnings())
                .satisfiesExactly(
                        silent -> {
                            assertThat(silent.line()).isEqualTo(2);
                            assertThat(silent.file())
                                    .isEqualTo(table.iq("silent.npy").toString());
                            assertThat(silent.message())
                                    .startsWith("recording " + table.iq("silent.npy") + ": silence");
                        },
                        real -> assertThat(real.message())
                                .isEqualTo(
                                        "recording " + table.iq("real.npy") + ": it holds a real signal, one number a"
                                                + " sample, in place of IQ samples: training leaves it out"));
        assertThatThrownBy(() -> features(measurements("s").get(1)))
                .isInstanceOf(DatasetException.class)
                .hasMessageEndingWith(
                        "gives no features: it holds a real signal, one number a sample, in place of IQ samples");
        LocalSessions asked = LocalSessions.read(table.write(), RowProgress.NONE);
        assertThat(asked.sessions().get(0).measurements())
                .as("the other goes on")
                .hasSize(1);
        assertThat(asked.refused())
                .singleElement()
                .satisfies(real -> assertThat(real.reason())
                        .endsWith("real.npy: it holds a real signal, one number a sample, in place of IQ samples"));
        assertThatThrownBy(
                        () -> LooseRecordings.read(List.of(table.iq("real.npy").toString()), OptionalDouble.of(9000)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("real.npy: it holds a real signal");
    }

    private Path realSignal() throws IOException {
        String header = "{'descr': '<f4', 'fortran_order': False, 'shape': (800,), }";
        ByteBuffer npy = ByteBuffer.allocate(128 + 3200).order(ByteOrder.LITTLE_ENDIAN);
        npy.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0}).putShort((short) 118);
        npy.put((header + " ".repeat(117 - header.length()) + "\n")
                .getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        for (float value : Table.noise(3, 400)) {
            npy.putFloat(value);
        }
        return Files.write(directory.resolve("real"), npy.array());
    }

    @Test
    void aStartThatTheRecordingTellsIsLookedAtWhereTheTableIsSilent() throws IOException {
        Path meta = SigmfFiles.pair(table.iq("old"), TUNED_HZ, new long[1], Table.noise(1, 900));
        Files.writeString(
                meta,
                Files.readString(meta)
                        .replace(
                                "\"core:frequency\"",
                                "\"core:datetime\": \"1980-01-06T00:00:00Z\"," + " \"core:frequency\""));
        row("s", "A", "iq/old", Map.of());
        row("t", "A", "iq/old.sigmf-meta", Map.of(Column.START_TIME, "2020-01-01T00:00:00Z"));
        assertThat(ingest().warnings()).singleElement().satisfies(warning -> {
            assertThat(warning.line()).isEqualTo(2);
            assertThat(warning.value()).isEqualTo("1980-01-06T00:00:00Z");
            assertThat(warning.message()).endsWith("old: its start 1980-01-06T00:00:00Z is before 1990");
        });
    }

    @Test
    void aStrictIngestRefusesWhatItWouldWarnOf() throws IOException {
        NpyWriter.writeComplex(table.iq("silent.npy"), new float[800]);
        table.row("good", "Torino");
        table.row("good", "Genova", Map.of(Column.STATION_LAT, "8.9", Column.STATION_LON, "44.4"));
        table.row("good", "Milano", Map.of(Column.RECORDING, "iq/silent.npy"));
        Path file = table.write();
        IngestResult strict = Ingest.into(workspace).strict().run(file, RowProgress.NONE);
        assertThat(strict.refused())
                .satisfiesExactly(
                        row -> assertThat(row.reason()).startsWith("station 'Genova' stands at 8.9, 44.4, "),
                        row -> assertThat(row.reason()).contains("silent.npy: silence"));
        assertThat(strict.warnings()).isEmpty();
        assertThat(strict.taken()).isEqualTo(1);
        assertThat(strict.useful()).as("two of three were refused").isFalse();
        assertThat(measurements("good")).hasSize(1);
        assertThat(Ingest.into(workspace).run(file, RowProgress.NONE).useful()).isTrue();
        assertThat(measurements("good")).hasSize(3);
    }

    @Test
    void aTableWithoutRowsIsNone() throws IOException {
        Path file =
                Files.writeString(directory.resolve("t.csv"), Column.titles().replace(" ", "") + "\n,,,,,,,,,\n");
        assertThatThrownBy(() -> Ingest.into(workspace).run(file, RowProgress.NONE))
                .isInstanceOf(DatasetException.class)
                .hasMessage(file + " has a header but no row below it");
    }

    @Test
    void aModelIsAskedOfTheSamePartsAndWarnedOfTheSame() throws IOException {
        SigmfFiles.pair(table.iq("two"), TUNED_HZ, new long[] {0, 400}, Table.noise(1, 900), Table.noise(2, 900));
        row("s", "A", "iq/two", Map.of(Column.CHANNEL, "1"));
        Path file = table.write();
        LocalSessions local = LocalSessions.read(file, RowProgress.NONE);
        IngestResult taught = ingest();
        assertThat(local.warnings()).isEqualTo(taught.warnings()).hasSize(1);
        assertThat(local.mostRefused()).isFalse();
        Measurement asked = local.sessions().get(0).measurements().get(0);
        assertThat(asked.recorded().orElseThrow().part()).isEqualTo(new RecordingPart(1, 0, Optional.empty()));
        assertThat(new RecordingFeatures(local.recordings(), FeatureParameters.network(), FeatureCache.none())
                        .of(asked))
                .isEqualTo(features(measurements("s").get(0)));
    }
}

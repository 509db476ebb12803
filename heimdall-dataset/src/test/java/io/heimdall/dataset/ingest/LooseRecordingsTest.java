package io.heimdall.dataset.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heimdall.dataset.Measurement;
import io.heimdall.dataset.Session;
import io.heimdall.features.recording.NpyWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LooseRecordingsTest {
    private static final OptionalDouble RATE = OptionalDouble.of(12_000);

    @TempDir
    Path directory;

    @Test
    void thoseWithAStationAreOneTransmissionAndEveryOtherIsOneOfItsOwn() throws IOException {
        Path torino = recording("torino.npy");
        Path genova = recording("genova.npy");
        Path lone = recording("lone.npy");
        LocalSessions read =
                LooseRecordings.read(List.of("Torino=" + torino, lone.toString(), "Genova=" + genova), RATE);
        assertThat(read.refused()).isEmpty();
        assertThat(read.sessions()).extracting(Session::id).containsExactly("2-lone.npy", LooseRecordings.TOGETHER);
        List<Measurement> together = read.sessions().get(1).measurements();
        assertThat(together).extracting(m -> m.station().name()).containsExactly("Torino", "Genova");
        assertThat(read.recordings()
                        .fetch(together.get(0).recorded().orElseThrow().key()))
                .isEqualTo(torino);
        assertThat(read.recordings()
                        .fetch(together.get(1).recorded().orElseThrow().key()))
                .isEqualTo(genova);
        // Noise of variance 0.1 per axis: 10 log10(2 * 0.01), to a tenth of its 2000 samples' spread.
        assertThat(together.get(0).levelDb().orElseThrow()).isBetween(-17.4, -16.6);
    }

    @Test
    void aFileIsNoStationThoughItsPathHasAnEqualsSign() throws IOException {
        Path file = recording("day=2026-11-24/gain=3.npy");
        LocalSessions read = LooseRecordings.read(List.of(file.toString()), RATE);
        assertThat(read.sessions()).extracting(Session::id).containsExactly("1-gain=3.npy");
        Session named =
                LooseRecordings.read(List.of("Torino=" + file), RATE).sessions().get(0);
        assertThat(named.measurements().get(0).station().name()).isEqualTo("Torino");
    }

    @Test
    void filesOfTheSameNameAreKeptApart() throws IOException {
        Path one = recording("a/iq.npy");
        Path two = recording("b/iq.npy");
        LocalSessions read = LooseRecordings.read(List.of("A=" + one, "B=" + two), RATE);
        assertThat(read.sessions().get(0).measurements())
                .extracting(
                        m -> read.recordings().fetch(m.recorded().orElseThrow().key()))
                .containsExactly(one, two);
    }

    @Test
    void whatIsOfNoUseIsNamed() throws IOException {
        Path file = recording("rateless.npy");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LooseRecordings.read(List.of(file.toString()), OptionalDouble.empty()))
                .withMessage(file + ": it does not state its sample rate: give it as rate");
        Path brief = directory.resolve("brief.npy");
        NpyWriter.writeComplex(brief, Table.noise(1, 5));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LooseRecordings.read(List.of("Torino=" + brief), RATE))
                .withMessageStartingWith(brief + ": it has 5 samples, at least ");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LooseRecordings.read(List.of("Torino=" + file, "Torino=" + file), RATE))
                .withMessageContaining("has station 'Torino' twice");
        assertThatThrownBy(() -> LooseRecordings.read(List.of(directory + "/gone.npy"), RATE))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("gone.npy");
    }

    @Test
    void aModelWithStationsHearsOneOfThem() throws IOException {
        List<Session> torino = LooseRecordings.read(List.of("Torino=" + recording("t.npy")), RATE)
                .sessions();
        assertThatCode(() -> LooseRecordings.checkHeard(torino, List.of("Genova", "Torino")))
                .doesNotThrowAnyException();
        Measurement level =
                Measurement.level(torino.get(0).measurements().get(0).station(), -70);
        List<Session> levels = List.of(torino.get(0).heardBy(List.of(level)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LooseRecordings.checkHeard(levels, List.of("Torino")))
                .withMessageContaining("none of which recorded");
        assertThatCode(() -> LooseRecordings.checkHeard(torino, List.of())).doesNotThrowAnyException();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LooseRecordings.checkHeard(torino, List.of("Genova", "Milano")))
                .withMessage("the model has a channel for each of the stations Genova, Milano, none of which recorded "
                        + "'recordings'; name the station of each recording: STATION=FILE");
    }

    private Path recording(String name) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        NpyWriter.writeComplex(file, Table.noise(name.hashCode(), 2_000));
        return file;
    }
}

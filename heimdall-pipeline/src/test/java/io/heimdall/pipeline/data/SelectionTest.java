package io.heimdall.pipeline.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heimdall.dataset.Band;
import io.heimdall.dataset.GeoPoint;
import io.heimdall.dataset.Measurement;
import io.heimdall.dataset.Period;
import io.heimdall.dataset.QualityLimits;
import io.heimdall.dataset.Recorded;
import io.heimdall.dataset.RecordingCatalog;
import io.heimdall.dataset.Session;
import io.heimdall.dataset.SessionFilter;
import io.heimdall.dataset.SqliteCatalog;
import io.heimdall.dataset.Station;
import io.heimdall.features.quality.RecordingQuality;
import io.heimdall.files.ObjectKey;
import io.heimdall.pipeline.PipelineException;
import io.heimdall.pipeline.input.Producers;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SelectionTest {
    @TempDir
    Path folder;

    private RecordingCatalog catalog;

    /** Three sessions: two good recordings; a good and a clipped one; a noisy one and one that nobody measured. */
    @BeforeEach
    void fill() {
        catalog = SqliteCatalog.open(folder.resolve("catalog.sqlite"));
        catalog.add(session("a", quality(20, 0), quality(15, 0)));
        catalog.add(session("b", quality(12, 0), quality(30, 0.2)));
        catalog.add(session("c", quality(3, 0), Optional.empty()));
    }

    @AfterEach
    void close() {
        catalog.close();
    }

    private static Optional<RecordingQuality> quality(double snrDb, double clipped) {
        return Optional.of(new RecordingQuality(
                1_000,
                -40,
                -30,
                clipped,
                -90,
                OptionalDouble.of(snrDb),
                OptionalDouble.of(8_000),
                OptionalDouble.of(10),
                0));
    }

    @SafeVarargs
    private static Session session(String id, Optional<RecordingQuality>... qualities) {
        List<Measurement> heard = new ArrayList<>();
        for (Optional<RecordingQuality> quality : qualities) {
            String station = "station " + heard.size();
            heard.add(Measurement.recorded(
                    new Station(station, new GeoPoint(45, 7)),
                    Recorded.at(new ObjectKey(ObjectKey.RECORDINGS, "sessions/" + id + "/" + heard.size() + ".npy"))
                            .withQuality(quality),
                    -40));
        }
        return new Session(id, "source", Optional.of(new GeoPoint(45, 8)), 144_000_000L, true, Optional.empty(), heard);
    }

    @Test
    void withoutConditionsEverythingIsLearnedFromAndNothingIsSaid() {
        Selection all = Selection.of(catalog, SessionFilter.all());
        assertThat(all.sessions()).hasSize(3);
        assertThat(all.note()).isEmpty();
        assertThat(Selection.of(catalog, SessionFilter.all().withSessions(List.of("a", "b", "c")))
                        .note())
                .isEmpty();
    }

    @Test
    void whatIsLeftOutIsCounted() {
        QualityLimits limits = new QualityLimits(OptionalDouble.of(10), OptionalDouble.of(0.01));
        Selection good = Selection.of(catalog, SessionFilter.all().with(limits));
        assertThat(good.sessions()).extracting(Session::id).containsExactly("a", "b");
        assertThat(good.sessions().get(1).measurements()).hasSize(1);
        assertThat(good.note().orElseThrow())
                .isEqualTo(
                        "of 6 measurements in 3 sessions, 3 are left out, and with them 1 whole sessions; wanted are:"
                                + " SNR 10.0 dB or more, clipped share 0.01 or less; the quality of 1 was never measured:"
                                + " 'heimdall ingest' does, 'heimdall simulate' does not");
    }

    @Test
    void aLevelHasNoQuality() {
        Station genova = new Station("Genova", new GeoPoint(44.4, 8.9));
        catalog.add(session("levels", quality(20, 0)).heardBy(List.of(Measurement.level(genova, -80))));
        Selection good = Selection.of(catalog, SessionFilter.all().with(QualityLimits.ofSnrDb(10)));
        assertThat(good.sessions()).extracting(Session::id).doesNotContain("levels");
        assertThat(good.note().orElseThrow())
                .contains("; 1 have no recording, and so no quality; the quality of 1 was never measured");
    }

    @Test
    void ofLevelsAloneChannelsAreToldWhichNetworksTakeThem() {
        Station genova = new Station("Genova", new GeoPoint(44.4, 8.9));
        catalog.add(session("levels", quality(20, 0)).heardBy(List.of(Measurement.level(genova, -80))));
        SessionFilter levels = SessionFilter.all().withSessions(List.of("levels"));
        Selection.check(catalog, levels, Producers.named("station-set"));
        Selection.check(catalog, SessionFilter.all(), Producers.named("stations"));
        for (String producer : List.of("stations", "single-receiver")) {
            assertThatThrownBy(() -> Selection.check(catalog, levels, Producers.named(producer)))
                    .isInstanceOf(PipelineException.class)
                    .hasMessage(
                            "none of the 1 sessions has what the input '" + producer + "' takes, recordings: nothing"
                                    + " to learn from; networks that can learn from them: set, set-cnn, set-resnet18");
        }
    }

    @Test
    void theUnmeasuredAreNotSpokenOfWhereQualityIsNotAsked() {
        Selection one = Selection.of(
                catalog, SessionFilter.all().withStations(List.of("station 0")).withSessions(List.of("a", "c")));
        assertThat(one.sessions()).extracting(Session::id).containsExactly("a", "c");
        assertThat(one.note().orElseThrow())
                .endsWith(
                        "4 are left out, and with them 1 whole sessions; wanted are: sessions a, c; stations station 0");
    }

    @Test
    void ofTheDataTheFirstAndTheLastAreSaid() {
        for (int hour : List.of(3, 1, 4, 2)) {
            catalog.add(new Session(
                    "t" + hour,
                    "source",
                    Optional.of(new GeoPoint(45, 8)),
                    145_000_000L,
                    true,
                    Optional.of(Instant.EPOCH.plusSeconds(3600L * hour)),
                    session("t" + hour, quality(20, 0)).measurements()));
        }
        Period later = new Period(Optional.of(Instant.parse("1970-01-01T04:00:00.1Z")), Optional.empty());
        for (SessionFilter none : List.of(
                SessionFilter.all().with(later), SessionFilter.all().with(later).with(Band.ofHz(1, 2)))) {
            assertThatThrownBy(() -> Selection.check(catalog, none, Producers.named("stations")))
                    .isInstanceOf(PipelineException.class)
                    .hasMessageEndingWith("; there are sessions from 1970-01-01T01:00:00Z to 1970-01-01T04:00:00Z at"
                            + " 144000000..145000000 Hz");
        }
        Selection.check(
                catalog,
                SessionFilter.all().with(new Period(Optional.empty(), later.from())),
                Producers.named("stations"));
    }

    @Test
    void ifNothingIsLeftThatIsAnError() {
        assertThatThrownBy(() -> Selection.of(catalog, SessionFilter.all().with(QualityLimits.ofSnrDb(50))))
                .isInstanceOf(PipelineException.class)
                .hasMessageContaining("no session is left: of 6 measurements in 3 sessions, 6 are left out")
                .hasMessageEndingWith("; there are sessions at 144000000..144000000 Hz");
        assertThatThrownBy(() -> Selection.of(catalog, SessionFilter.all().withStations(List.of("station 7"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("there is no station 'station 7'; the catalogue has station 0, station 1");
    }
}

package io.heimdall.features.delay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.heimdall.features.recording.Gap;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class StretchTest {
    private static final Alignment NONE = new Alignment(0, 0, 0, 0);

    @Test
    void aGapCutsARecordingAndMovesWhatFollows() {
        List<Gap> gaps = List.of(new Gap(300, Duration.ofMillis(50)), new Gap(700, Duration.ofMillis(25)));
        TimedRecording timed = Transmission.timed(
                Transmission.described(new float[2000], true, 1000, OptionalDouble.empty(), gaps),
                Transmission.START.plusMillis(10));
        List<Piece> pieces = Piece.of(timed, Transmission.START);
        assertThat(pieces).extracting(Piece::first).containsExactly(0L, 300L, 700L);
        assertThat(pieces).extracting(Piece::end).containsExactly(300L, 700L, 1000L);
        assertThat(pieces.get(0).start()).isCloseTo(0.010, within(1e-12));
        assertThat(pieces.get(1).start()).isCloseTo(0.360, within(1e-12));
        assertThat(pieces.get(2).secondsAt(710)).isCloseTo(0.795, within(1e-12));
        assertThat(pieces.get(2).sampleAt(0.795)).isCloseTo(710, within(1e-9));
    }

    @Test
    void piecesOverlapOneByOne() {
        List<Piece> a = List.of(new Piece(0, 1000, 0, 1000), new Piece(1000, 2000, 1.5, 1000));
        List<Piece> b = List.of(new Piece(0, 1000, 0.2, 500), new Piece(1000, 1200, 2.3, 500));
        List<Stretch> shared = Stretch.of(a, b, NONE);
        assertThat(shared).hasSize(3);
        assertThat(shared.get(0).first()).isBetween(204L, 205L); // less two samples of b
        assertThat(shared.get(0).end()).isEqualTo(1000);
        assertThat(shared.get(1).from()).isEqualTo(1.5);
        assertThat(shared.get(1).to()).isCloseTo(2.195, within(0.0011));
        assertThat(shared.get(2).from()).isCloseTo(2.304, within(0.0011));
        assertThat(shared.get(2).to()).isCloseTo(2.5, within(1e-9));
        assertThat(Stretch.seconds(shared)).isCloseTo(0.796 + 0.696 + 0.196, within(0.004));
    }

    @Test
    void delayAndDriftMoveTheSecond() {
        List<Piece> a = List.of(new Piece(0, 10_000, 0, 1000));
        List<Piece> b = List.of(new Piece(0, 1000, 0, 1000));
        Alignment late = new Alignment(2, 0.1, 0, 2.5);
        Stretch stretch = Stretch.of(a, b, late).get(0);
        assertThat(late.inSecond(late.inFirst(0.77))).isCloseTo(0.77, within(1e-12));
        assertThat(late.inSecond(2.5)).isCloseTo(0.5, within(1e-12));
        assertThat(late.inSecond(stretch.from())).isBetween(0.002, 0.003);
        assertThat(late.inSecond(stretch.to())).isBetween(0.997, 0.998);
    }

    @Test
    void partsAreCutOutOfTime() {
        List<Piece> a = List.of(new Piece(0, 1000, 0, 1000), new Piece(1000, 2000, 1.5, 1000));
        List<Stretch> shared = Stretch.of(a, List.of(new Piece(0, 5000, -1, 1000)), NONE);
        List<Stretch> within = Stretch.within(shared, 0.9, 1.6);
        assertThat(within).extracting(Stretch::first).containsExactly(900L, 1000L);
        assertThat(within).extracting(Stretch::end).containsExactly(1000L, 1100L);
        assertThat(within.get(0).middle(50))
                .isEqualTo(new Stretch(a.get(0), within.get(0).b(), 925, 975));
        assertThat(Stretch.within(shared, 1.1, 1.4)).isEmpty();
    }
}

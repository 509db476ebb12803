package io.heimdall.pipeline.versions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.heimdall.dataset.GeoPoint;
import io.heimdall.dataset.Measurement;
import io.heimdall.dataset.Session;
import io.heimdall.dataset.Station;
import io.heimdall.pipeline.evaluation.Answer;
import io.heimdall.pipeline.evaluation.Belief;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two models with known errors on sessions of known places. */
class ModelComparisonTest {
    private static final int SESSIONS = 90;
    private static final int GROUPS = 30;

    @TempDir
    Path folder;

    private static Session session(int number) {
        Random random = new Random(number);
        GeoPoint source = new GeoPoint(45 + 0.3 * random.nextDouble(), 7 + 0.3 * random.nextDouble());
        List<Measurement> measurements = new ArrayList<>();
        for (int station = 0; station < 3 + number % 3; station++) {
            measurements.add(Measurement.level(
                    new Station("S" + station, new GeoPoint(45 + 0.1 * station, 7 + 0.05 * station)), -50));
        }
        return new Session(
                "s" + number,
                "source " + number % GROUPS,
                Optional.of(source),
                145_000_000,
                true,
                Optional.empty(),
                measurements);
    }

    private static Answer answer(double metres, double nats) {
        return new Answer(metres, Optional.of(new Belief(-nats, 0.5, List.of(1e6, 2e6, 3e6, 4e6))));
    }

    private static ModelComparison comparison(ToDoubleFunction<Random> ratio, double nats) {
        List<ComparedSession> sessions = new ArrayList<>();
        Random random = new Random(1);
        for (int i = 0; i < SESSIONS; i++) {
            double first = 500 + 3000 * random.nextDouble();
            sessions.add(new ComparedSession(
                    session(i), i % GROUPS, answer(first, 15), answer(first * ratio.applyAsDouble(random), 15 + nats)));
        }
        return ModelComparison.of("v1", "v2", sessions, Map.of("learned_from", 7, "not_located", 0), List.of("a < b"));
    }

    @Test
    void aModelThatIsAlwaysNearerIsBetterInEveryResampleAndPart() {
        ModelComparison compared = comparison(random -> 0.8, -0.5);

        assertThat(compared.groups()).isEqualTo(GROUPS);
        ComparedNumber rms = compared.number(Quantity.ERROR_RMS);
        assertThat(rms.second()).isCloseTo(0.8 * rms.first(), within(1e-6));
        assertThat(rms.secondBetter()).contains(1.0);
        assertThat(rms.difference().orElseThrow().high()).isNegative();
        assertThat(compared.number(Quantity.NLL).meanDifference()).isCloseTo(-0.5, within(1e-9));
        assertThat(compared.number(Quantity.AREA_95).first()).isCloseTo(4, within(1e-9));
        assertThat(compared.number(Quantity.COVERAGE_68).secondBetter()).isEmpty();
        assertThat(compared.number(Quantity.COVERAGE_68).first()).isEqualTo(1);
        compared.slices().forEach((by, slices) -> {
            assertThat(slices.stream().mapToInt(ComparedSlice::sessions).sum())
                    .as(by)
                    .isEqualTo(SESSIONS);
            assertThat(slices).as(by).allMatch(slice -> slice.secondNearer() == slice.sessions());
        });
        assertThat(compared.slices().get("stations"))
                .extracting(ComparedSlice::name)
                .containsExactly("3", "4", "5");
        assertThat(compared.slices().get("distance")).hasSize(3);
        assertThat(PromotionRule.USUAL.judge(compared).notWorse()).isTrue();
    }

    @Test
    void thePairingNarrowsTheIntervalOfTheDifference() {
        ModelComparison compared = comparison(random -> 1.0, 0);

        ComparedNumber rms = compared.number(Quantity.ERROR_RMS);
        assertThat(rms.difference().orElseThrow().low()).isZero();
        assertThat(rms.difference().orElseThrow().high()).isZero();
        assertThat(rms.secondBetter()).contains(0.5);
        assertThat(PromotionRule.USUAL.judge(compared).notWorse()).isTrue();
    }

    @Test
    void whatIsShownToBeWorseOrWorseByMoreThanTheMarginIsNotPromoted() {
        assertThat(PromotionRule.USUAL.judge(comparison(random -> 1.02, 0)).notWorse())
                .as("2 % larger in each session: within the margin, but shown")
                .isFalse();
        assertThat(PromotionRule.USUAL
                        .judge(comparison(random -> Math.exp(1.5 * random.nextGaussian()), 0))
                        .notWorse())
                .as("much larger errors in some sessions")
                .isFalse();
        PromotionRule.Verdict denser = PromotionRule.USUAL.judge(comparison(random -> 0.9, 0.3));
        assertThat(denser.notWorse()).isFalse();
        assertThat(denser.reasons())
                .anyMatch(reason -> reason.startsWith("violated: NLL 15.00 before, 15.30 after"))
                .anyMatch(reason -> reason.startsWith("holds:    RMS error"));
    }

    @Test
    void fewGroupsCannotTell() {
        List<ComparedSession> sessions = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            sessions.add(new ComparedSession(session(i), 0, answer(100, 15), answer(90, 14)));
        }
        ModelComparison compared = ModelComparison.of("v1", "v2", sessions, Map.of(), List.of());

        assertThat(compared.number(Quantity.ERROR_P50).difference()).isEmpty();
        assertThat(PromotionRule.USUAL.judge(compared).reasons().get(0))
                .isEqualTo("violated: 1 groups of sessions, at least 5 needed");
    }

    @Test
    void thePageShowsNumbersPartsAndSessions() throws IOException {
        Path page = folder.resolve("compared.html");
        ComparisonPage.write(page, comparison(random -> 0.8, -0.5));

        assertThat(Files.readString(page))
                .contains(
                        "90 sessions of 30 groups",
                        "RMS error",
                        "a &lt; b",
                        "By number of stations",
                        "class=\"better\"")
                .contains("7 sessions are left out: one of the models may have learned from them.")
                .doesNotContain("cannot locate", "http");
    }
}

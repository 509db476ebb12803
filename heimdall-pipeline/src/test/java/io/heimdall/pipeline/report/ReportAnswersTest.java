package io.heimdall.pipeline.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReportAnswersTest {
    private static Report report(List<Report.Method> methods, List<Report.Reliability> reliability) {
        return new Report("r", List.of(), Map.of(), List.of(), methods, reliability, List.of(), List.of());
    }

    private static Report.Method method(String name, double... metres) {
        return new Report.Method(name, metres, Report.Sureness.UNKNOWN);
    }

    @Test
    void theyAreOfTheNetworkAndTheBestOtherMethod() {
        List<Map<String, String>> answers = ReportAnswers.of(report(
                List.of(
                        method("Network", 1000, 2000, 3000),
                        method("worse", 9000, 9000, 9000),
                        method("best", 4000, 5000, 6000)),
                List.of(new Report.Reliability(0.5, 0.4, 0.5), new Report.Reliability(0.9, 0.7, 0.88))));

        assertThat(answers)
                .extracting(a -> a.get("question") + " " + a.get("answer"))
                .containsExactly("How far off? 2.0 km", "How sure? 88 %", "Against what? 5.0 km");
        assertThat(answers.get(0).get("note")).contains("3 sessions").doesNotContain("interval");
        assertThat(answers.get(2).get("note")).contains("“best”").doesNotContain("probability");
    }

    @Test
    void nothingIsSaidOfWhatIsNotKnown() {
        assertThat(ReportAnswers.of(report(List.of(), List.of()))).isEmpty();
        assertThat(ReportAnswers.of(report(List.of(method("Network", 500)), List.of())))
                .singleElement()
                .satisfies(answer -> assertThat(answer.get("note")).contains("1 session"));
    }

    @Test
    void whereIsTheMiddleOfTheBestAndTheWorstCell() {
        ErrorCell good = cell(7, 800);
        ErrorCell bad = cell(8, 7000);
        Report plain = report(List.of(method("Network", 800, 7000)), List.of());
        ReportDetails none = ReportDetails.NONE;
        ReportDetails details = new ReportDetails(
                none.methods(),
                none.sessions(),
                none.byStations(),
                none.bySnr(),
                List.of(bad, good),
                none.coverage(),
                none.regions(),
                none.products(),
                none.stations());
        List<Map<String, String>> answers = ReportAnswers.of(new Report(
                "r", List.of(), Map.of(), List.of(), plain.methods(), List.of(), List.of(), List.of(), details));

        assertThat(answers.get(1)).containsEntry("question", "Where?").containsEntry("answer", "0.800–7.0 km");
        assertThat(answers.get(1).get("note")).contains("smallest around 45.25, 7.25, largest around 45.25, 8.25");
    }

    private static ErrorCell cell(double west, double metres) {
        JudgedSession session =
                new JudgedSession("s", 45.1, west, 45.1, west, List.of("a"), Double.NaN, List.of(metres), Map.of());
        return new ErrorCell(45, west, 45.5, west + 0.5, ErrorSlice.of("", List.of(session, session, session)));
    }
}

package io.heimdall.app.command;

import io.heimdall.features.delay.Delay;
import io.heimdall.features.delay.DelayEstimate;
import io.heimdall.features.delay.TimedRecording;
import io.heimdall.features.recording.Recording;
import io.heimdall.pipeline.report.DelayPage;
import io.heimdall.pipeline.report.DelayPng;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** Compares two recordings for {@code heimdall inspect --delay}. */
final class DelayInspection {
    private final Output output;
    private final DelayChoice choice;

    DelayInspection(Output output, DelayChoice choice) {
        this.output = output;
        this.choice = choice;
    }

    /**
     * Compares, prints, and draws where a picture is asked for.
     *
     * @param png the picture, or null
     * @param html the page, or null
     * @throws IOException if a recording cannot be read, or a picture not be written
     */
    void run(
            String firstName,
            Output.Asked<Recording> first,
            String secondName,
            Output.Asked<Recording> second,
            Path png,
            Path html)
            throws IOException {
        DelayFacts found = compare(firstName, first, secondName, second);
        if (found.delay() instanceof DelayEstimate estimate) {
            if (png != null) {
                DelayPng.write(png, estimate);
            }
            if (html != null) {
                DelayPage.write(html, "Delay of " + firstName + " over " + secondName, found.facts(), estimate);
            }
        } else if (png != null || html != null) {
            output.note("Nothing is drawn: no delay was found.");
        }
        found.facts().forEach((name, value) -> output.say(String.format("%-17s %s", name, value)));
        output.json(Map.of("delay", found.json()));
    }

    private DelayFacts compare(
            String firstName, Output.Asked<Recording> first, String secondName, Output.Asked<Recording> second)
            throws IOException {
        try (Recording a = output.usage(first);
                Recording b = output.usage(second);
                Progress progress = output.progress("Comparing", a.info().samples())) {
            TimedRecording ofA = output.usage(() -> choice.timed(firstName, new WatchedRecording(a, progress), 0));
            TimedRecording ofB = output.usage(() -> choice.timed(secondName, b, 1));
            double km = choice.distanceKm(a.info(), b.info());
            Delay delay = choice.estimator(km).estimate(ofA, ofB);
            return new DelayFacts(firstName, secondName, km, delay);
        }
    }
}

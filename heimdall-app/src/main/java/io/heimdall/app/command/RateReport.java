package io.heimdall.app.command;

import io.heimdall.pipeline.training.RateSearch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/** A learning rate that was looked for, as the user reads it. */
final class RateReport {
    private RateReport() {}

    /** Draws and shows the result and returns the exit code: 1 if no rate makes the loss fall. */
    static int show(RateSearch search, Path picture, Output output) throws IOException {
        if (search.suggested().isPresent()) {
            output.say(String.format(
                    Locale.ROOT,
                    "Suggested: --learning-rate %.1e, where the loss falls fastest; it is lowest at %.1e (%d steps).",
                    search.suggested().getAsDouble(),
                    search.lowest().getAsDouble(),
                    search.points().size()));
        } else {
            output.say("The loss falls at no learning rate from 1e-7 to 1: 'heimdall train --overfit 8' may say why.");
        }
        search.draw(picture);
        output.say("Picture    " + picture);
        Map<String, Object> summary = search.summary();
        summary.put("picture", picture.toString());
        output.json(summary);
        return search.suggested().isPresent() ? 0 : 1;
    }
}

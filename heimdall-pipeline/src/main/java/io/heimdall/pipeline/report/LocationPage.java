package io.heimdall.pipeline.report;

import com.samskivert.mustache.Mustache;
import io.heimdall.files.NewFile;
import io.heimdall.localization.region.GroundPoint;
import io.heimdall.pipeline.location.LocatedSession;
import io.heimdall.pipeline.prediction.Prediction;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes located sessions with their maps as one HTML file that needs nothing but a browser. Sessions of known places come first, the
 * one with the largest error first of all; until all are known, what the page shows of them lies in a file beside it. For one thread.
 */
public final class LocationPage implements AutoCloseable {
    private static final String FOLDER = "/io/heimdall/pipeline/report/";

    private final NewFile file;
    private final TextSpool spool;
    private final List<Entry> entries = new ArrayList<>();
    private final Set<GroundPoint> places = new LinkedHashSet<>();

    private LocationPage(NewFile file, TextSpool spool) {
        this.file = file;
        this.spool = spool;
    }

    /** A session and where its map and its facts are found. */
    private record Entry(String id, double errorM, TextSpool.Part map, TextSpool.Part facts) {
        double rank() {
            return Double.isNaN(errorM) ? 1 : -errorM;
        }
    }

    /**
     * Begins a page.
     *
     * @param file the file, replaced where there is one when this is finished
     * @throws IOException if its folder cannot be written into
     */
    public static LocationPage at(Path file) throws IOException {
        NewFile page = NewFile.at(file);
        try {
            return new LocationPage(page, TextSpool.beside(file));
        } catch (IOException e) {
            page.close();
            throw e;
        }
    }

    /**
     * Writes the page of sessions that were located without a model, aside first and then renamed.
     *
     * @param file the file, replaced where there is one
     * @throws IOException if the file cannot be written; an older one then stays as it was
     */
    public static void write(Path file, List<LocatedSession> sessions) throws IOException {
        try (LocationPage page = at(file)) {
            for (LocatedSession session : sessions) {
                page.add(MappedSession.of(session), LocationFacts.of(session));
            }
            page.finish();
        }
    }

    /**
     * Adds a prediction, which is not kept.
     *
     * @throws IOException if the disk takes no more
     */
    public void add(Prediction prediction) throws IOException {
        if (prediction instanceof Prediction.ByLevels levels) {
            add(MappedSession.of(levels.estimate()), LocationFacts.of(levels.estimate()));
        } else if (prediction instanceof Prediction.ByEvidence all) {
            add(MappedSession.of(all.located()), LocationFacts.of(all.located()));
        }
    }

    private void add(MappedSession session, Map<String, String> facts) throws IOException {
        entries.add(new Entry(
                session.id(),
                session.errorM(),
                spool.add(ScriptData.json(session)),
                spool.add(section(session, facts))));
        places.add(place(session.mean()));
        session.stations().forEach(s -> places.add(new GroundPoint(s.latitude(), s.longitude())));
        if (session.truth() != null) {
            places.add(place(session.truth()));
        }
    }

    private static String section(MappedSession session, Map<String, String> facts) throws IOException {
        return PageTemplate.fill(
                FOLDER + "location-facts.html", Map.of("id", session.id(), "facts", PageTemplate.rows(facts)));
    }

    /**
     * Writes the page and gives it its name.
     *
     * @throws IOException if that cannot be done; an older page stays as it was
     */
    public void finish() throws IOException {
        entries.sort(Comparator.comparingDouble(Entry::rank));
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("title", "Located transmitters");
        values.put("style", MapScripts.style());
        values.put("leaflet", MapScripts.script());
        values.put("script", PageTemplate.resource(FOLDER + "location.js"));
        values.put("data", (Mustache.Lambda) (fragment, out) -> data(out));
        values.put("sessions", (Mustache.Lambda) (fragment, out) -> {
            for (Entry entry : entries) {
                out.write(spool.read(entry.facts()));
            }
        });
        Writer out = new OutputStreamWriter(file.out(), StandardCharsets.UTF_8);
        PageTemplate.fill(FOLDER + "location.html", values, out);
        out.flush();
        file.finish();
    }

    private void data(Writer out) throws IOException {
        Map<String, Object> ground = new LinkedHashMap<>();
        MapScripts.addGround(ground, List.copyOf(places));
        String begin = "{\"sessions\":[";
        for (Entry entry : entries) {
            out.write(begin);
            out.write(spool.read(entry.map()));
            begin = ",\n";
        }
        out.write(entries.isEmpty() ? begin + "]," : "],");
        out.write(ScriptData.json(ground).substring(1));
    }

    private static GroundPoint place(List<Double> longitudeLatitude) {
        return GroundPoint.nearest(longitudeLatitude.get(1), longitudeLatitude.get(0));
    }

    /** Removes what was written unless it is finished. */
    @Override
    public void close() {
        spool.close();
        file.close();
    }
}

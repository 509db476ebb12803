package io.heimdall.pipeline.report;

import io.heimdall.files.WholeFile;
import io.heimdall.localization.region.GroundPoint;
import io.heimdall.pipeline.location.LocatedSession;
import io.heimdall.pipeline.prediction.Estimate;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Writes located sessions with their maps as one HTML file that needs nothing but a browser. */
public final class LocationPage {
    private static final String FOLDER = "/io/heimdall/pipeline/report/";

    private LocationPage() {}

    private record Entry(MappedSession session, Map<String, String> facts) {}

    /**
     * Writes the page of sessions that were located without a model, aside first and then renamed.
     *
     * @param file the file, replaced where there is one
     * @throws IOException if the file cannot be written; an older one then stays as it was
     */
    public static void write(Path file, List<LocatedSession> sessions) throws IOException {
        write(file, List.of(), sessions);
    }

    /**
     * Writes the page, aside first and then renamed. Sessions of known places come first, the one with the largest error first of all.
     *
     * @param file the file, replaced where there is one
     * @param estimates by levels alone
     * @param located by further evidence
     * @throws IOException if the file cannot be written; an older one then stays as it was
     */
    public static void write(Path file, List<Estimate> estimates, List<LocatedSession> located) throws IOException {
        List<Entry> entries = Stream.concat(
                        estimates.stream().map(e -> new Entry(MappedSession.of(e), LocationFacts.of(e))),
                        located.stream().map(s -> new Entry(MappedSession.of(s), LocationFacts.of(s))))
                .sorted(Comparator.comparingDouble(
                        entry -> Double.isNaN(entry.session().errorM())
                                ? 1
                                : -entry.session().errorM()))
                .toList();
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("sessions", entries.stream().map(Entry::session).toList());
        MapScripts.addGround(data, places(entries));
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("title", "Located transmitters");
        values.put("style", MapScripts.style());
        values.put("leaflet", MapScripts.script());
        values.put("script", PageTemplate.resource(FOLDER + "location.js"));
        values.put("data", ScriptData.json(data));
        values.put(
                "sessions",
                entries.stream()
                        .map(entry -> Map.of("id", entry.session().id(), "facts", PageTemplate.rows(entry.facts())))
                        .toList());
        WholeFile.write(file, PageTemplate.fill(FOLDER + "location.html", values));
    }

    private static List<GroundPoint> places(List<Entry> entries) {
        List<GroundPoint> places = new ArrayList<>();
        for (Entry entry : entries) {
            MappedSession session = entry.session();
            places.add(place(session.mean()));
            session.stations().forEach(s -> places.add(new GroundPoint(s.latitude(), s.longitude())));
            if (session.truth() != null) {
                places.add(place(session.truth()));
            }
        }
        return places;
    }

    private static GroundPoint place(List<Double> longitudeLatitude) {
        return GroundPoint.nearest(longitudeLatitude.get(1), longitudeLatitude.get(0));
    }
}

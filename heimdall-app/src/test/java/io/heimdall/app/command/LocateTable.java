package io.heimdall.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.heimdall.app.Run;
import io.heimdall.features.recording.NpyWriter;
import io.heimdall.localization.evidence.Propagation;
import io.heimdall.localization.evidence.Site;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** A table of a transmitter of noise that four stations hear, each when the signal reaches it. */
final class LocateTable {
    private static final ObjectMapper JSON = new ObjectMapper();
    static final double LATITUDE = 45.2;
    static final double LONGITUDE = 8.4;
    static final List<Site> SITES = List.of(
            new Site("Torino", 45.07, 7.69),
            new Site("Milano", 45.46, 9.19),
            new Site("Genova", 44.41, 8.93),
            new Site("Aosta", 45.74, 7.32),
            new Site("Lugano", 46.0, 8.95));
    private static final int RATE = 48_000;
    private static final int SAMPLES = 16_384;
    private static final int TONES = 400;

    private final Path folder;
    private final List<String> rows = new ArrayList<>();

    LocateTable(Path folder) {
        this.folder = folder;
    }

    void clear() {
        rows.clear();
    }

    /** Writes what a station hears: tones of random phases, later by the way and by the error of its clock. */
    String recording(String session, Site site, double latitude, double longitude, double clock) throws IOException {
        double late = Propagation.STRAIGHT.seconds(site.distanceM(latitude, longitude)) + clock;
        Random tones = new Random(session.hashCode());
        Random noise = new Random(session.hashCode() + 31L * site.name().hashCode());
        double[] omega = new double[TONES];
        double[] phase = new double[TONES];
        for (int k = 0; k < TONES; k++) {
            omega[k] = 2 * Math.PI * 15_000 * (tones.nextDouble() - 0.5);
            phase[k] = 2 * Math.PI * tones.nextDouble();
        }
        float[] iq = new float[2 * SAMPLES];
        double[] re = new double[SAMPLES];
        double[] im = new double[SAMPLES];
        for (int k = 0; k < TONES; k++) {
            // A rotation a sample in place of a sine and a cosine.
            double c = Math.cos(phase[k] - omega[k] * late);
            double s = Math.sin(phase[k] - omega[k] * late);
            double stepC = Math.cos(omega[k] / RATE);
            double stepS = Math.sin(omega[k] / RATE);
            for (int n = 0; n < SAMPLES; n++) {
                re[n] += c;
                im[n] += s;
                double next = c * stepC - s * stepS;
                s = c * stepS + s * stepC;
                c = next;
            }
        }
        for (int n = 0; n < SAMPLES; n++) {
            iq[2 * n] = (float) (0.005 * (re[n] + 3 * noise.nextGaussian()));
            iq[2 * n + 1] = (float) (0.005 * (im[n] + 3 * noise.nextGaussian()));
        }
        String name = session + "-" + site.name() + ".npy";
        NpyWriter.writeComplex(folder.resolve(name), iq);
        return name;
    }

    void row(String session, String source, Site site, String recording, String start, String clock, String bearing) {
        rows.add(String.format(
                Locale.ROOT,
                "%s,145500000,%s,%s,%s,%s,%s,%s,%s,%s,%s",
                session,
                source,
                site.name(),
                site.latitude(),
                site.longitude(),
                recording,
                recording.isEmpty() ? "" : String.valueOf(RATE),
                start,
                clock,
                bearing));
    }

    void session(String id, String source, double latitude, double longitude, double[] clocks) throws IOException {
        for (int i = 0; i < clocks.length; i++) {
            String file = recording(id, SITES.get(i), latitude, longitude, clocks[i]);
            row(id, source, SITES.get(i), file, "2026-03-04T05:06:07Z", "1e-7", ",");
        }
    }

    /** Writes the table. */
    Path write() throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add(
                "session_id,frequency_hz,source_lat,source_lon,station,station_lat,station_lon,recording,sample_rate_hz,"
                        + "start_time,clock_sigma_s,bearing_deg,bearing_sigma_deg");
        lines.addAll(rows);
        return Files.write(folder.resolve("sessions.csv"), lines);
    }

    /** Returns what is printed as JSON of the last session. */
    JsonNode located(Object... more) throws IOException {
        List<Object> words = new ArrayList<>(List.of("locate", write(), "--json"));
        words.addAll(List.of(more));
        Run run = Run.heimdall(words.toArray());
        assertThat(run.exit()).as(run.err()).isZero();
        return JSON.readTree(run.lastLine());
    }

    /** Returns how far the answer is from the transmitter. */
    static double errorM(JsonNode located) {
        return new Site("truth", LATITUDE, LONGITUDE)
                .distanceM(
                        located.get("latitude").asDouble(),
                        located.get("longitude").asDouble());
    }
}

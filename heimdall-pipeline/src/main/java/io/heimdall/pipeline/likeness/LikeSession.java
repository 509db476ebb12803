package io.heimdall.pipeline.likeness;

import io.heimdall.dataset.DatasetException;
import io.heimdall.dataset.GeoPoint;
import io.heimdall.dataset.Measurement;
import io.heimdall.dataset.Recorded;
import io.heimdall.dataset.Session;
import io.heimdall.dataset.Station;
import io.heimdall.features.recording.NpyWriter;
import io.heimdall.files.DiskFaults;
import io.heimdall.files.ObjectKey;
import io.heimdall.files.ObjectStore;
import io.heimdall.model.LocalPlane;
import io.heimdall.pipeline.input.CatalogWorld;
import io.heimdall.pipeline.world.DrawnSession;
import io.heimdall.pipeline.world.SessionDraws;
import io.heimdall.simulation.Generators;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;

/** Makes one session's recordings and its row. Thread-safe. */
final class LikeSession {
    private static final Instant FIRST_START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration BETWEEN_SESSIONS = Duration.ofMinutes(10);

    private final Likeness likeness;
    private final long seed;
    private final ObjectStore objects;
    private final LikeSignal signal;

    LikeSession(Likeness likeness, long seed, ObjectStore objects) {
        this.likeness = likeness;
        this.seed = seed;
        this.objects = objects;
        this.signal = new LikeSignal(likeness);
    }

    /** Returns the id of a session. The seed is part of it: simulations of several seeds share a workspace. */
    static String id(long seed, int number) {
        return String.format(Locale.ROOT, "like-%d-%06d", seed, number);
    }

    /** Stores the recordings of a session and returns what the catalogue shall know of it. */
    Session write(int number) {
        String id = id(seed, number);
        CatalogWorld fitted = likeness.fitted();
        SplittableRandom random = Generators.of(seed, number);
        DrawnSession drawn = SessionDraws.drawLevels(fitted.world(), random);
        long signalSeed = random.nextLong();
        Instant start = FIRST_START.plus(BETWEEN_SESSIONS.multipliedBy(number));
        List<Station> stations = fitted.sets().get(drawn.set());
        List<Measurement> measurements = new ArrayList<>();
        try {
            for (int i = 0; i < stations.size(); i++) {
                SplittableRandom noise = random.split();
                if (drawn.heard()[i]) {
                    int station = fitted.stations().indexOf(stations.get(i).name());
                    float[] iq = signal.of(drawn, i, station, signalSeed, noise);
                    measurements.add(store(id, stations.get(i), station, iq).at(start));
                } else if (likeness.tellsSilence()) {
                    measurements.add(Measurement.silence(stations.get(i)));
                }
            }
        } catch (IOException e) {
            throw new DatasetException(
                    "session " + id,
                    "cannot store the recordings of session " + id + ": " + e.getMessage()
                            + "; what is stored stays, the same command goes on from there",
                    e,
                    DiskFaults.mayPass(e));
        }
        return new Session(
                id,
                id,
                Optional.of(place(fitted.plane(), drawn)),
                fitted.sessions().get(drawn.set()).frequencyHz(),
                true,
                Optional.of(start),
                measurements);
    }

    private Measurement store(String id, Station station, int number, float[] iq) throws IOException {
        Recorder recorder = likeness.recorders().get(number);
        ObjectKey key = new ObjectKey(ObjectKey.RECORDINGS, "sessions/" + id + "/websdr_" + (number + 1) + ".npy");
        objects.put(key, new ByteArrayInputStream(NpyWriter.complexBytes(iq)));
        Recorded recorded = Recorded.at(key).as("npy", recorder.sampleRateHz()).calibrated(recorder.calibrationDb());
        return Measurement.recorded(
                station, recorded, 10 * Math.log10(LikeSignal.meanPower(iq)) + recorder.calibrationDb());
    }

    private static GeoPoint place(LocalPlane plane, DrawnSession drawn) {
        double latitude = Math.max(-90, Math.min(90, plane.latitudeOf(drawn.northM())));
        return new GeoPoint(latitude, Math.IEEEremainder(plane.longitudeOf(drawn.eastM()), 360));
    }
}

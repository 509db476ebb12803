package io.heimdall.bench;

import io.heimdall.dataset.GeoPoint;
import io.heimdall.dataset.Measurement;
import io.heimdall.dataset.Recorded;
import io.heimdall.dataset.Session;
import io.heimdall.dataset.Station;
import io.heimdall.dataset.store.FeatureKey;
import io.heimdall.features.spectrum.FeatureParameters;
import io.heimdall.files.ObjectFiles;
import io.heimdall.files.ObjectKey;
import io.heimdall.files.ObjectRanges;
import io.heimdall.files.ObjectVersion;
import io.heimdall.files.Sha256;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Sessions without recordings, whose features are made up. */
final class BenchSessions {
    private BenchSessions() {}

    static Session session(int number, int stations) {
        List<Measurement> measurements = new ArrayList<>();
        for (int station = 0; station < stations; station++) {
            ObjectKey key = new ObjectKey(ObjectKey.RECORDINGS, "sessions/" + number + "/websdr_" + station + ".npy");
            measurements.add(Measurement.recorded(
                    new Station("station " + station, new GeoPoint(44 + 0.3 * station, 8)),
                    Recorded.at(key).as("npy", 1_000_000),
                    0));
        }
        GeoPoint source = new GeoPoint(44.5 + number % 100 / 100.0, 7.5 + number % 97 / 97.0);
        return new Session(
                "session-" + number,
                "source-" + number / 10,
                Optional.of(source),
                145_000_000,
                true,
                Optional.empty(),
                measurements);
    }

    static FeatureKey key(Recorded recorded, FeatureParameters parameters) {
        return FeatureKey.of(digest(recorded.key()), recorded, parameters);
    }

    private static String digest(ObjectKey key) {
        return HexFormat.of().formatHex(Sha256.digest().digest(key.toString().getBytes(StandardCharsets.UTF_8)));
    }

    /** A server that knows the digests of its objects, and has none of them. */
    static final class NoObjects implements ObjectFiles, ObjectRanges {

        @Override
        public Path fetch(ObjectKey key) throws IOException {
            throw new NoSuchFileException(key.toString());
        }

        @Override
        public Optional<ObjectRanges> ranges() {
            return Optional.of(this);
        }

        @Override
        public ObjectVersion version(ObjectKey key) {
            return new ObjectVersion(key, "1", 1, Optional.of(digest(key)));
        }

        @Override
        public SeekableByteChannel open(ObjectVersion version) throws IOException {
            throw new NoSuchFileException(version.key().toString());
        }

        @Override
        public ObjectKey beside(ObjectKey key, String name) {
            return key;
        }
    }
}

package io.heimdall.servers.postgres;

import io.heimdall.dataset.Session;
import java.time.Duration;
import java.util.Iterator;

/** Streams a catalogue's training data and counts it. */
final class CountMeasurements {

    private CountMeasurements() {}

    public static void main(String[] args) {
        long start = System.nanoTime();
        try (PostgresCatalog catalog = PostgresCatalog.open(
                PostgresSettings.of(args[0], args[1], args[2]).withTimeout(Duration.ofMinutes(4)))) {
            long sessions = 0;
            long measurements = 0;
            for (Iterator<Session> i = catalog.sessions().iterator(); i.hasNext(); ) {
                measurements += i.next().measurements().size();
                sessions++;
            }
            System.out.printf(
                    "%d sessions, %d measurements in %.1f s%n",
                    sessions, measurements, (System.nanoTime() - start) / 1e9);
        }
    }
}

package io.heimdall.simulation;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.heimdall.dataset.DatasetException;
import io.heimdall.dataset.Measurement;
import io.heimdall.dataset.Recorded;
import io.heimdall.dataset.Session;
import io.heimdall.dataset.Station;
import io.heimdall.features.recording.NpyWriter;
import io.heimdall.files.DiskFaults;
import io.heimdall.files.ObjectKey;
import io.heimdall.files.ObjectStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Makes one session's objects and its row after the other; one per thread. */
final class SessionWriter {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final World world;
    private final long seed;
    private final ObjectStore objects;
    private final Reception reception;

    SessionWriter(World world, long seed, ObjectStore objects) {
        this.world = world;
        this.seed = seed;
        this.objects = objects;
        this.reception = new Reception(world, seed);
    }

    /** Stores the recordings of a session and returns what the catalogue shall know of it. */
    Session write(Transmission transmission) {
        try {
            reception.tune(transmission);
            List<Measurement> measurements = new ArrayList<>();
            Circumstances circumstances = Circumstances.of(world, seed, transmission.number());
            boolean tellsSilence = world.conditions().tellsSilence();
            for (int i = 0; i < transmission.links().size(); i++) {
                Station station = circumstances.stations().get(i);
                if (transmission.links().get(i).heard()) {
                    measurements.add(write(transmission, i, station));
                } else if (tellsSilence && circumstances.inService()[i]) {
                    measurements.add(Measurement.silence(station));
                }
            }
            return new Session(
                    transmission.id(),
                    transmission.sourceName(),
                    Optional.of(transmission.source()),
                    transmission.frequencyHz(),
                    true,
                    Optional.of(transmission.start()),
                    measurements);
        } catch (IOException e) {
            throw new DatasetException(
                    "session " + transmission.id(),
                    "cannot store the recordings of session " + transmission.id() + ": " + e.getMessage()
                            + "; stored sessions stay, the same command continues from there",
                    e,
                    DiskFaults.mayPass(e));
        }
    }

    private Measurement write(Transmission transmission, int station, Station place) throws IOException {
        WorldStation receiver = world.stations().get(station);
        float[] recording = reception.record(transmission, station);
        double levelDb = 10 * Math.log10(Reception.meanPower(recording));
        ObjectKey key = new ObjectKey(
                ObjectKey.RECORDINGS, "sessions/" + transmission.id() + "/websdr_" + (station + 1) + ".npy");
        objects.put(key, new ByteArrayInputStream(NpyWriter.complexBytes(recording)));
        objects.put(
                key.sibling("websdr_" + (station + 1) + "_metadata.json"),
                new ByteArrayInputStream(metadata(transmission, station, levelDb)));
        Recorded recorded =
                Recorded.at(key).as("npy", world.recorders().sampleRateHz()).calibrated(-receiver.gainDb());
        Measurement measurement = Measurement.recorded(place, recorded, levelDb - receiver.gainDb())
                .at(start(transmission, station));
        OptionalDouble sigma = transmission.links().get(station).timing().clockSigmaSeconds();
        return sigma.isPresent() ? measurement.withClockSigma(sigma.getAsDouble()) : measurement;
    }

    private Instant start(Transmission transmission, int station) {
        return transmission.start(station, world.recorders().sampleRateHz());
    }

    private byte[] metadata(Transmission transmission, int station, double levelDb) throws IOException {
        Recorders recorders = world.recorders();
        WorldStation receiver = world.stations().get(station);
        Link link = transmission.links().get(station);
        double offsetHz = transmission.carrierOffsetHz() - 1e-6 * link.clockPpm() * transmission.frequencyHz();
        ObjectNode metadata = JSON.createObjectNode()
                .put("websdr_id", station + 1)
                .put("websdr_name", receiver.station().name())
                .put("task_id", transmission.id())
                .put("data_type", "iq_complex64")
                .put("samples_count", recorders.samples())
                .put("frequency_hz", transmission.frequencyHz())
                .put("sample_rate_khz", recorders.sampleRateHz() / 1000)
                .put("timestamp", start(transmission, station).toString())
                .put("snr_db", link.receivedDbm() - recorders.noiseDbm(receiver))
                .put("psd_dbfs_per_hz", levelDb - 10 * Math.log10(recorders.sampleRateHz()))
                .put("frequency_offset_hz", Math.round(offsetHz))
                .put("modulation", transmission.modulation().name());
        return JSON.writeValueAsBytes(metadata);
    }
}

package io.heimdall.simulation;

import io.heimdall.dataset.GeoPoint;
import io.heimdall.dataset.Session;
import io.heimdall.dataset.Workspace;
import io.heimdall.files.ObjectStore;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntConsumer;
import java.util.function.LongFunction;

/**
 * Draws sessions of a simulated world. Session {@code k} of a seed does not depend on the other sessions.
 *
 * <p>Immutable and thread-safe.
 */
public final class Simulation {
    private static final Instant FIRST_START = Instant.parse("2026-01-01T00:00:00Z");
    private static final long FIRST_CHANNEL_HZ = 144_000_000;

    private final World world;
    private final long seed;
    private final Powers powers;

    /**
     * Prepares to draw from a world.
     *
     * @param world the definition
     * @param seed of all draws; part of the sessions' names, 0 or more
     */
    public Simulation(World world, long seed) {
        if (seed < 0) {
            throw new IllegalArgumentException("seed " + seed + " is negative");
        }
        this.world = world;
        this.seed = seed;
        this.powers = new Powers(world, seed);
    }

    /** Returns the world. */
    public World world() {
        return world;
    }

    /**
     * Puts sessions {@code 0..sessions-1} into a workspace, those that are there already left alone.
     *
     * <p>What a killed call has written stays, and the next call goes on from there.
     *
     * @param workspace new, or one of the same world
     * @param sessions how many there shall be of this seed, at least 1
     * @param threads that work, at least 1; the result does not depend on it
     * @param progress is told the number of sessions that are there, now and then, on the calling thread
     * @return how many were missing and have been added
     * @throws io.heimdall.dataset.DatasetException if the workspace holds another world or recorded sessions; nothing is
     *     written then
     * @throws IOException if the workspace cannot be written
     */
    public int writeTo(Workspace workspace, int sessions, int threads, IntConsumer progress) throws IOException {
        return new SimulationRun(world, seed, this::transmission, workspace).write(sessions, threads, progress);
    }

    /**
     * Says in a workspace that its sessions are of this world, as {@link #writeTo} does first.
     *
     * @throws io.heimdall.dataset.DatasetException as {@link #writeTo} does
     * @throws IOException if the workspace cannot be written
     */
    public void claim(Workspace workspace) throws IOException {
        SimulationRun.claim(world, workspace);
    }

    /**
     * Returns what stores the recordings of a session of a number and returns what a catalogue shall know of it: the same bytes as
     * {@link #writeTo}, whoever does it, and where.
     *
     * @param objects of a claimed workspace
     * @return for one thread; throws a {@link io.heimdall.dataset.DatasetException} if the recordings cannot be stored
     */
    public LongFunction<Session> recorder(ObjectStore objects) {
        SessionWriter writer = new SessionWriter(world, seed, objects);
        return number -> writer.write(transmission(number));
    }

    /**
     * Draws a session without its recordings.
     *
     * @param number of the session, 0 or more
     */
    public Transmission transmission(long number) {
        if (number < 0) {
            throw new IllegalArgumentException("session number " + number + " is negative");
        }
        int perSource = world.transmitters().sessionsPerSource();
        long sourceNumber = number / perSource;
        Source source = null;
        long attempt = -1;
        // A source is drawn anew, as a whole, until each of its sessions is recorded by somebody.
        boolean heard = false;
        while (!heard) {
            attempt++;
            source = source(sourceNumber, attempt);
            heard = true;
            for (long k = sourceNumber * perSource; k < (sourceNumber + 1) * perSource && heard; k++) {
                heard = isHeard(received(source, k, attempt), present(k, attempt));
            }
        }
        return transmission(number, sourceNumber, source, received(source, number, attempt), present(number, attempt));
    }

    /**
     * Returns what the stations measure of a session: signal and noise, averaged over the recording.
     *
     * <p>It is drawn from the (normal, for so many samples) distribution of what {@link #writeTo} records, without
     * making the recording.
     *
     * @return one per station, decibels as in {@link io.heimdall.dataset.Measurement#levelDb}; NaN where not heard
     */
    public double[] levelsDb(Transmission transmission) {
        double[] levels = new double[world.stations().size()];
        Arrays.fill(levels, Double.NaN);
        for (int i = 0; i < levels.length; i++) {
            Link link = transmission.links().get(i);
            if (link.heard()) {
                double noise = power(world.recorders().noiseDbm(world.stations().get(i)));
                double signal = power(link.receivedDbm());
                double spread = Math.sqrt(
                        (noise * noise + 2 * signal * noise) / world.recorders().samples());
                double normal = Draws.NOISE.of(seed, transmission.number(), i).nextGaussian();
                levels[i] = 10 * Math.log10(signal + noise + spread * normal)
                        - world.recorders().fullScaleDbm();
            }
        }
        return levels;
    }

    /** Returns where the stations of a session are, and which of them are in service. */
    Circumstances circumstances(long number) {
        return Circumstances.of(world, seed, number);
    }

    private record Source(
            GeoPoint place, double powerDbm, double carrierOffsetHz, long firstChannelHz, double[] shadowing) {}

    private Source source(long number, long attempt) {
        SplittableRandom random = Draws.SOURCE.of(seed, number, attempt);
        GeoPoint place = world.box().at(random.nextDouble(), random.nextDouble());
        double power = world.transmitters().powerDbm() + world.transmitters().powerSpreadDb() * random.nextGaussian();
        double carrier = Draws.cutNormal(random, world.transmitters().carrierSpreadHz());
        double[] normal = new double[world.stations().size()];
        for (int i = 0; i < normal.length; i++) {
            normal[i] = random.nextGaussian();
        }
        return new Source(place, power, carrier, firstChannelHz(number), normal);
    }

    private long firstChannelHz(long sourceNumber) {
        List<RadioBand> bands = world.conditions().bands();
        return bands.isEmpty()
                ? FIRST_CHANNEL_HZ
                : bands.get(Draws.BAND.of(seed, sourceNumber, 0).nextInt(bands.size()))
                        .firstChannelHz();
    }

    private double[] received(Source source, long number, long attempt) {
        return powers.receivedDbm(
                source.place,
                source.powerDbm,
                source.firstChannelHz,
                source.shadowing,
                circumstances(number),
                number,
                attempt);
    }

    private boolean[] present(long number, long attempt) {
        SplittableRandom random = Draws.PRESENCE.of(seed, number, attempt);
        boolean[] inService = circumstances(number).inService();
        boolean[] present = new boolean[world.stations().size()];
        for (int i = 0; i < present.length; i++) {
            present[i] = random.nextDouble() >= world.recorders().dropOut() && inService[i];
        }
        return present;
    }

    private boolean isHeard(double[] receivedDbm, boolean[] present) {
        for (int i = 0; i < present.length; i++) {
            if (present[i] && isStrong(receivedDbm, i)) {
                return true;
            }
        }
        return false;
    }

    private boolean isStrong(double[] receivedDbm, int station) {
        return receivedDbm[station]
                >= world.recorders().thresholdDbm(world.stations().get(station));
    }

    private Transmission transmission(
            long number, long sourceNumber, Source source, double[] receivedDbm, boolean[] present) {
        SplittableRandom random = Draws.SESSION.of(seed, number, 0);
        Modulation narrow = Modulation.draw(random);
        boolean timed = world.conditions().clocks().areStated();
        long frequency = source.firstChannelHz + RadioBand.CHANNEL_HZ * random.nextInt(RadioBand.CHANNELS);
        GeoPoint[] places = circumstances(number).places();
        List<Link> links = new ArrayList<>();
        for (int i = 0; i < present.length; i++) {
            double clockOffset = Draws.cutNormal(random, world.recorders().clockSpreadSeconds());
            double clockPpm = Draws.cutNormal(random, world.recorders().clockSpreadPpm());
            Timing.Drawn drawn = Timing.draw(world, i, clockOffset, Draws.TIMING.of(seed, number, i));
            links.add(new Link(
                    timed
                            ? Arrivals.site(places[i]).distanceM(source.place.latitude(), source.place.longitude())
                            : source.place.distanceMetres(places[i]),
                    receivedDbm[i],
                    present[i],
                    present[i] && isStrong(receivedDbm, i),
                    drawn.clockOffsetSeconds(),
                    clockPpm,
                    drawn.timing()));
        }
        return new Transmission(
                Transmission.id(seed, number),
                number,
                Transmission.id(seed, sourceNumber),
                source.place,
                source.powerDbm,
                frequency,
                source.carrierOffsetHz,
                timed ? Modulation.WIDEBAND : narrow,
                FIRST_START.plus(Circumstances.sinceFirst(number)),
                links);
    }

    private static double power(double decibels) {
        return Math.pow(10, decibels / 10);
    }
}

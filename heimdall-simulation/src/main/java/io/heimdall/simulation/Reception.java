package io.heimdall.simulation;

import java.util.SplittableRandom;

/**
 * Makes the recordings of one session: what was sent, as each station hears it.
 *
 * <p>A station's sample {@code m} is of the true time {@code clockOffset + m / (rate (1 + clockPpm 1e-6))} after the time
 * stamp and was sent {@code distance / c} earlier; an {@link Echo} was sent earlier still. The signal is scaled to have the link's power over the very samples
 * of the recording; to it comes white noise. Not thread-safe: it has working memory.
 */
final class Reception {
    private static final double LIGHT_M_PER_S = 299_792_458;
    private static final int OVERSAMPLING = 2;

    private final World world;
    private final long seed;
    private final Delay delay = new Delay();
    private final double leadSeconds;
    private final float[] sent;
    private final float[] recording;

    Reception(World world, long seed) {
        this.world = world;
        this.seed = seed;
        Recorders recorders = world.recorders();
        double rateHz = OVERSAMPLING * recorders.sampleRateHz();
        // The longest way is less than the box's two sides, or the one to a station far outside.
        double farthestM = 0;
        for (WorldStation station : world.stations()) {
            for (int corner = 0; corner < 4; corner++) {
                farthestM = Math.max(
                        farthestM,
                        world.box()
                                .at(corner / 2, corner % 2)
                                .distanceMetres(station.station().position()));
            }
        }
        Clocks clocks = world.conditions().clocks();
        this.leadSeconds = Math.max(3 * recorders.clockSpreadSeconds(), clocks.farthestSeconds())
                + Echo.LONGEST_SECONDS * clocks.echoing().size()
                + 2 * farthestM / LIGHT_M_PER_S
                + Delay.TAPS / rateHz;
        double later = clocks.areStated() ? Timing.LATEST_START : 0;
        double seconds = recorders.samples() / recorders.sampleRateHz() * (1.001 + later) + 2 * leadSeconds;
        this.sent = new float[2 * (int) Math.ceil(seconds * rateHz)];
        this.recording = new float[2 * recorders.samples()];
    }

    /** Begins with a session; {@link #record} is then about it. */
    void tune(Transmission transmission) {
        transmission
                .modulation()
                .write(
                        Draws.WAVEFORM.of(seed, transmission.number(), 0),
                        OVERSAMPLING * world.recorders().sampleRateHz(),
                        sent);
    }

    /**
     * Makes the recording of a station.
     *
     * @return pairs I, Q, full scale 1; valid until the next call
     */
    float[] record(Transmission transmission, int station) {
        Recorders recorders = world.recorders();
        WorldStation receiver = world.stations().get(station);
        Link link = transmission.links().get(station);
        SplittableRandom random = Draws.NOISE.of(seed, transmission.number(), station);
        double clock = 1 + 1e-6 * link.clockPpm();
        double rateHz = OVERSAMPLING * recorders.sampleRateHz();
        double first = (leadSeconds + link.clockOffsetSeconds() - link.distanceM() / LIGHT_M_PER_S) * rateHz
                + OVERSAMPLING / clock * link.timing().startSamples();
        delay.read(sent, first, OVERSAMPLING / clock, recording);
        link.timing().echo().ifPresent(echo -> add(echo, first - echo.delaySeconds() * rateHz, OVERSAMPLING / clock));
        turn(
                (transmission.carrierOffsetHz() - 1e-6 * link.clockPpm() * transmission.frequencyHz())
                        / (recorders.sampleRateHz() * clock),
                random.nextDouble());
        double gainDb = receiver.gainDb() - recorders.fullScaleDbm();
        double scale = Math.sqrt(power(link.receivedDbm() + gainDb) / meanPower(recording));
        double noise = Math.sqrt(power(recorders.noiseDbm(receiver) + gainDb) / 2);
        for (int n = 0; n < recording.length; n++) {
            recording[n] = (float) (scale * recording[n] + noise * random.nextGaussian());
        }
        return recording;
    }

    private void add(Echo echo, double first, double step) {
        float[] later = new float[recording.length];
        delay.read(sent, first, step, later);
        double real = echo.amplitude() * Math.cos(2 * Math.PI * echo.turns());
        double imaginary = echo.amplitude() * Math.sin(2 * Math.PI * echo.turns());
        for (int n = 0; n < later.length; n += 2) {
            recording[n] += (float) (real * later[n] - imaginary * later[n + 1]);
            recording[n + 1] += (float) (real * later[n + 1] + imaginary * later[n]);
        }
    }

    /** Multiplies by a carrier of so many turns a sample. */
    private void turn(double turnsPerSample, double turns) {
        double stepReal = Math.cos(2 * Math.PI * turnsPerSample);
        double stepImaginary = Math.sin(2 * Math.PI * turnsPerSample);
        double real = Math.cos(2 * Math.PI * turns);
        double imaginary = Math.sin(2 * Math.PI * turns);
        for (int n = 0; n < recording.length; n += 2) {
            float i = recording[n];
            float q = recording[n + 1];
            recording[n] = (float) (i * real - q * imaginary);
            recording[n + 1] = (float) (i * imaginary + q * real);
            double next = real * stepReal - imaginary * stepImaginary;
            imaginary = real * stepImaginary + imaginary * stepReal;
            real = next;
        }
    }

    /** Returns the mean of |x|^2 over all pairs. */
    static double meanPower(float[] iq) {
        double sum = 0;
        for (float value : iq) {
            sum += (double) value * value;
        }
        return sum / (iq.length / 2);
    }

    private static double power(double decibels) {
        return Math.pow(10, decibels / 10);
    }
}

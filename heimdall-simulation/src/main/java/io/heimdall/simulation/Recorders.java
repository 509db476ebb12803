package io.heimdall.simulation;

/**
 * The recording parameters of all stations.
 *
 * <p>A station records a session if it is in service and the signal's power is at least {@code detectionSnrDb} over
 * its noise, {@code -174 dBm/Hz + noise figure + 10 log10(sampleRateHz)}; otherwise the session has no recording of
 * it.
 *
 * @param sampleRateHz complex samples a second, and the bandwidth; 8000..1e7
 * @param samples of a recording; 0.25 s or longer, so that none falls into a pause between Morse letters
 * @param fullScaleDbm power at an antenna of 0 dB gain that gives full scale, -150..60
 * @param detectionSnrDb least ratio of signal to noise that is recorded, -10..60
 * @param dropOut share of sessions in which a station is off, by itself; 0..0.9
 * @param clockSpreadSeconds standard deviation of a recording's time stamp, cut at three of them; 0..0.1
 * @param clockSpreadPpm standard deviation of the error of sample rate and tuning, cut at three of them; 0..50
 */
public record Recorders(
        double sampleRateHz,
        int samples,
        double fullScaleDbm,
        double detectionSnrDb,
        double dropOut,
        double clockSpreadSeconds,
        double clockSpreadPpm) {

    private static final double THERMAL_DBM_PER_HZ = -174;
    private static final double LEAST_SECONDS = 0.25;

    /** Checks the ranges. */
    public Recorders {
        Range.check("sample rate in Hz", sampleRateHz, 8000, 1e7);
        Range.check("number of samples", samples, Math.ceil(LEAST_SECONDS * sampleRateHz), 1 << 26);
        Range.check("full scale in dBm", fullScaleDbm, -150, 60);
        Range.check("detection threshold in dB", detectionSnrDb, -10, 60);
        Range.check("drop-out", dropOut, 0, 0.9);
        Range.check("clock error in s", clockSpreadSeconds, 0, 0.1);
        Range.check("clock error in ppm", clockSpreadPpm, 0, 50);
    }

    /** Returns the power of a station's noise, dBm at its antenna. */
    public double noiseDbm(WorldStation station) {
        return THERMAL_DBM_PER_HZ + station.noiseFigureDb() + 10 * Math.log10(sampleRateHz);
    }

    /** Returns the least power that a station records, dBm at its antenna. */
    public double thresholdDbm(WorldStation station) {
        return noiseDbm(station) + detectionSnrDb;
    }
}

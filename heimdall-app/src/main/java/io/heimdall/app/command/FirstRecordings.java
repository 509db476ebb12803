package io.heimdall.app.command;

import io.heimdall.files.WholeFile;
import io.heimdall.localization.evidence.Propagation;
import io.heimdall.localization.evidence.Site;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * The recordings of one transmission by three receivers: WAV files of IQ samples, 16 bits. A station hears the signal later and
 * weaker the farther it is, above noise of its own:
 * <pre>{@code
 * s(t) = sum_k exp(i (omega_k t + phi_k)),      x(t) = a s(t - distance / c) + noise,      a = 0.15 (20 km / distance)
 * }</pre>
 */
final class FirstRecordings {
    static final double LATITUDE = 45.05;
    static final double LONGITUDE = 8.4;
    private static final List<Site> SITES =
            List.of(new Site("Torino", 45.07, 7.69), new Site("Milano", 45.46, 9.19), new Site("Genova", 44.41, 8.93));

    private static final int RATE_HZ = 48_000;
    private static final int SAMPLES = 8_192;
    private static final int TONES = 400;
    private static final double BANDWIDTH_HZ = 15_000;
    private static final double AMPLITUDE = 0.15;
    private static final double AMPLITUDE_AT_M = 20_000;
    private static final double NOISE = 0.005;

    private final double[] omega = new double[TONES];
    private final double[] phase = new double[TONES];

    FirstRecordings() {
        SplittableRandom random = new SplittableRandom(1);
        for (int k = 0; k < TONES; k++) {
            omega[k] = 2 * Math.PI * BANDWIDTH_HZ * (random.nextDouble() - 0.5);
            phase[k] = 2 * Math.PI * random.nextDouble();
        }
    }

    /** Writes a file for each station. */
    void write(Path folder) throws IOException {
        for (Site site : SITES) {
            WholeFile.write(folder.resolve(file(site)), wav(heard(site)));
        }
    }

    /** Returns a line of the table for each station. */
    String rows(String folder) {
        StringBuilder rows = new StringBuilder();
        for (Site site : SITES) {
            rows.append(String.format(
                    Locale.ROOT,
                    "example-1,true,Example,%s,%s,145500000,%s,%s,%s,%s/%s,2025-06-01T10:00:00Z,1e-7\n",
                    LATITUDE,
                    LONGITUDE,
                    site.name(),
                    site.latitude(),
                    site.longitude(),
                    folder,
                    file(site)));
        }
        return rows.toString();
    }

    private static String file(Site site) {
        return site.name().toLowerCase(Locale.ROOT) + ".wav";
    }

    private double[] heard(Site site) {
        double distanceM = site.distanceM(LATITUDE, LONGITUDE);
        double late = Propagation.STRAIGHT.seconds(distanceM);
        double amplitude = AMPLITUDE * AMPLITUDE_AT_M / distanceM / Math.sqrt(TONES);
        double[] iq = new double[2 * SAMPLES];
        SplittableRandom noise = new SplittableRandom(site.name().hashCode());
        for (int n = 0; n < SAMPLES; n++) {
            double t = n / (double) RATE_HZ - late;
            double re = 0;
            double im = 0;
            for (int k = 0; k < TONES; k++) {
                re += Math.cos(omega[k] * t + phase[k]);
                im += Math.sin(omega[k] * t + phase[k]);
            }
            iq[2 * n] = amplitude * re + NOISE * noise.nextGaussian();
            iq[2 * n + 1] = amplitude * im + NOISE * noise.nextGaussian();
        }
        return iq;
    }

    /** Returns a WAV file: header, format of two channels of 16 bits, samples. */
    private static byte[] wav(double[] iq) {
        int bytes = Short.BYTES * iq.length;
        ByteBuffer file = ByteBuffer.allocate(44 + bytes).order(ByteOrder.LITTLE_ENDIAN);
        file.put(ascii("RIFF")).putInt(36 + bytes).put(ascii("WAVEfmt ")).putInt(16);
        file.putShort((short) 1).putShort((short) 2).putInt(RATE_HZ).putInt(4 * RATE_HZ);
        file.putShort((short) 4).putShort((short) 16).put(ascii("data")).putInt(bytes);
        for (double value : iq) {
            file.putShort((short) Math.round(Math.max(-1, Math.min(1, value)) * Short.MAX_VALUE));
        }
        return file.array();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}

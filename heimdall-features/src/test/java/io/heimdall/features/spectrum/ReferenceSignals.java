package io.heimdall.features.spectrum;

import io.heimdall.features.recording.Recording;
import io.heimdall.features.recording.RecordingInfo;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalDouble;

/** The signals of the reference program: uniform in -1..1, made from a name. */
final class ReferenceSignals {
    private ReferenceSignals() {}

    static float[] real(String name, int samples) {
        long hash = 0xCBF29CE484222325L;
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (b & 0xff)) * 0x100000001B3L;
        }
        float[] signal = new float[samples];
        for (int i = 0; i < samples; i++) {
            long x = hash + i + 0x9E3779B97F4A7C15L;
            x = (x ^ (x >>> 30)) * 0xBF58476D1CE4E5B9L;
            x = (x ^ (x >>> 27)) * 0x94D049BB133111EBL;
            signal[i] = (float) (((x ^ (x >>> 31)) >>> 40) / (double) (1 << 23) - 1);
        }
        return signal;
    }

    static float[] complex(String name, int samples) {
        float[] i = real(name + ".i", samples);
        float[] q = real(name + ".q", samples);
        float[] iq = new float[2 * samples];
        for (int n = 0; n < samples; n++) {
            iq[2 * n] = i[n];
            iq[2 * n + 1] = q[n];
        }
        return iq;
    }

    static float[] of(Sides sides, String name, int samples) {
        return sides.complex() ? complex(name, samples) : real(name, samples);
    }

    /** A recording that hands out at most {@code mostAtOnce} samples a call. */
    static Recording recording(float[] signal, boolean complex, int mostAtOnce) {
        int width = complex ? 2 : 1;
        int samples = signal.length / width;
        RecordingInfo info = new RecordingInfo(
                "memory", complex, samples, OptionalDouble.empty(), OptionalDouble.empty(), Optional.empty());
        return new Recording() {
            @Override
            public RecordingInfo info() {
                return info;
            }

            @Override
            public int read(long firstSample, float[] out, int outOffset, int wanted) {
                int n = (int) Math.max(0, Math.min(Math.min(wanted, mostAtOnce), samples - firstSample));
                System.arraycopy(signal, (int) (width * firstSample), out, outOffset, width * n);
                return n;
            }

            @Override
            public void close() {}
        };
    }

    static Recording recording(float[] signal, boolean complex) {
        return recording(signal, complex, Integer.MAX_VALUE);
    }
}

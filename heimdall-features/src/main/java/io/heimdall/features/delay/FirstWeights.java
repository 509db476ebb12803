package io.heimdall.features.delay;

import java.util.Arrays;

/** Weights of lines before their coherence is known, from the powers alone. */
enum FirstWeights {
    /** By how far each line stands out of the noise of either recording: for signals that fill a part of the band. */
    SIGNAL {
        @Override
        double of(double overNoiseA, double overNoiseB) {
            double c = Math.min(MOST, overNoiseA / (1 + overNoiseA) * overNoiseB / (1 + overNoiseB));
            return Math.sqrt(c) / (1 - c);
        }
    },
    /** The same for all lines: for signals below the noise. */
    EVEN {
        @Override
        double of(double overNoiseA, double overNoiseB) {
            return 1;
        }
    };

    private static final double MOST = 0.9;

    abstract double of(double overNoiseA, double overNoiseB);

    /** Returns the weight of each line's product, which evens out the powers; 0 for carriers. */
    double[] of(CrossSpectrum spectrum, Lines lines, Carriers carriers) {
        double[] powerA = lines.of(spectrum.powerA());
        double[] powerB = lines.of(spectrum.powerB());
        double noiseA = noise(powerA, carriers);
        double noiseB = noise(powerB, carriers);
        double[] weights = new double[lines.count()];
        for (int i = 0; i < weights.length; i++) {
            double power = powerA[i] * powerB[i];
            if (carriers.absent(i) && power > 0) {
                double overA = Math.max(0, powerA[i] / noiseA - 1);
                double overB = Math.max(0, powerB[i] / noiseB - 1);
                weights[i] = of(overA, overB) / Math.sqrt(power);
            }
        }
        return weights;
    }

    /** Returns the lower quartile, which is noise while signals fill less than about half of the band. */
    private static double noise(double[] power, Carriers carriers) {
        double[] sorted = new double[power.length];
        int count = 0;
        for (int i = 0; i < power.length; i++) {
            if (carriers.absent(i) && power[i] > 0) {
                sorted[count++] = power[i];
            }
        }
        Arrays.sort(sorted, 0, count);
        return count == 0 ? 1 : sorted[count / 4];
    }
}

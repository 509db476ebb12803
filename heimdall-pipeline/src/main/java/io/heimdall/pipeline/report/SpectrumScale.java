package io.heimdall.pipeline.report;

import io.heimdall.features.quality.RecordingSurvey;
import java.math.BigDecimal;
import java.util.Arrays;

/**
 * The axes of a recording's spectrum: what its lines, times and levels are called.
 *
 * @param frequencyFrom the lowest frequency, in {@code frequencyUnit}
 * @param frequencyTo the highest
 * @param frequencyUnit hertz, a thousand or a million of them; cycles per sample where the rate is unknown
 * @param frequencyName the axis' name
 * @param timeTo the recording's length, in {@code timeUnit}
 * @param timeUnit seconds or minutes; samples where the rate is unknown
 * @param lowDb what almost all levels are above
 * @param highDb what almost all levels are below
 */
record SpectrumScale(
        double frequencyFrom,
        double frequencyTo,
        String frequencyUnit,
        String frequencyName,
        double timeTo,
        String timeUnit,
        double lowDb,
        double highDb) {
    private static final double LEAST_RANGE_DB = 20;
    private static final double MOST_RANGE_DB = 120;

    static SpectrumScale of(RecordingSurvey survey) {
        double rate = survey.info().sampleRateHz().orElse(1);
        boolean known = survey.info().sampleRateHz().isPresent();
        double band = rate / 2;
        double hertz = !known || band < 1e3 ? 1 : band < 1e6 ? 1e3 : 1e6;
        String unit = !known ? "cycles per sample" : hertz == 1 ? "Hz" : hertz == 1e3 ? "kHz" : "MHz";
        double seconds = survey.info().samples() / rate;
        boolean minutes = known && seconds >= 600;
        double[] levels = levels(survey);
        double high = levels.length == 0 ? 0 : levels[(int) (0.9995 * (levels.length - 1))];
        double low = levels.length == 0 ? -100 : levels[(int) (0.02 * (levels.length - 1))];
        low = Math.max(high - MOST_RANGE_DB, Math.min(low, high - LEAST_RANGE_DB));
        return new SpectrumScale(
                survey.info().complex() ? -band / hertz : 0,
                band / hertz,
                unit,
                name(survey, unit),
                minutes ? seconds / 60 : seconds,
                !known ? "samples" : minutes ? "min" : "s",
                low,
                high);
    }

    private static String name(RecordingSurvey survey, String unit) {
        if (survey.info().centerFrequencyHz().isEmpty()) {
            return unit;
        }
        double center = survey.info().centerFrequencyHz().getAsDouble();
        double factor = Math.abs(center) < 1e6 ? 1e3 : 1e6;
        BigDecimal number = BigDecimal.valueOf(center / factor).stripTrailingZeros();
        return unit + " from " + number.toPlainString() + (factor == 1e3 ? " kHz" : " MHz");
    }

    private static double[] levels(RecordingSurvey survey) {
        double[] levels = new double[survey.columns() * survey.bins()];
        for (int column = 0; column < survey.columns(); column++) {
            float[] lines = survey.columnDb(column);
            for (int bin = 0; bin < lines.length; bin++) {
                levels[column * lines.length + bin] = lines[bin];
            }
        }
        Arrays.sort(levels);
        return levels;
    }

    /** Returns where a level stands between low and high, 0..1. */
    double share(double decibels) {
        return Math.min(1, Math.max(0, (decibels - lowDb) / (highDb - lowDb)));
    }
}

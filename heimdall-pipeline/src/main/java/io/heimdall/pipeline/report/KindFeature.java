package io.heimdall.pipeline.report;

import io.heimdall.localization.map.MapFeature;
import io.heimdall.localization.map.MapShape;
import io.heimdall.localization.map.MapStyle;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Features of maps whose property {@code kind} says what they are. */
final class KindFeature {
    private static final MathContext DIGITS = new MathContext(6);

    private KindFeature() {}

    /** Returns a feature: its kind, then its properties. */
    static MapFeature of(String name, MapStyle style, MapShape shape, Map<String, Object> properties) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("kind", style.name().toLowerCase(Locale.ROOT));
        all.putAll(properties);
        return new MapFeature(name, style, shape, all);
    }

    /** Returns a number with as many digits as people read. */
    static double rounded(double value) {
        return new BigDecimal(value).round(DIGITS).doubleValue();
    }
}

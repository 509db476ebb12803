package io.heimdall.pipeline.versions;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A move of an alias as its trace keeps it.
 *
 * @param action {@code promote} or {@code rollback}
 * @param alias that was moved
 * @param from version before; empty if there was none
 * @param to version after
 * @param who user and machine
 * @param when it was moved
 * @param because reason that a person gave; empty where the rule decided
 * @param rule in words, and the verdict; empty where nothing was compared
 * @param comparison that the verdict follows from
 */
public record Promotion(
        String action,
        String alias,
        OptionalInt from,
        int to,
        String who,
        Instant when,
        Optional<String> because,
        Optional<Ruling> rule,
        Optional<ModelComparison> comparison) {
    static final String PROMOTE = "promote";
    static final String ROLLBACK = "rollback";
    private static final JsonMapper JSON = new JsonMapper();

    /**
     * A rule and its verdict.
     *
     * @param text of the rule
     * @param verdict of the comparison
     */
    public record Ruling(String text, PromotionRule.Verdict verdict) {}

    /** Returns the fields of the JSON, of which the trace is made: numbers of the rule alone. */
    public Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("action", action);
        json.put("alias", alias);
        json.put("from", from.isPresent() ? from.getAsInt() : null);
        json.put("to", to);
        json.put("who", who);
        json.put("when", when.toString());
        json.put("forced", because.isPresent() && action.equals(PROMOTE));
        json.put("because", because.orElse(null));
        json.put("rule", rule.map(Ruling::text).orElse(null));
        json.put("not_worse", rule.map(ruling -> ruling.verdict().notWorse()).orElse(null));
        json.put("sessions", comparison.map(ModelComparison::sessions).orElse(null));
        json.put("groups", comparison.map(ModelComparison::groups).orElse(null));
        comparison.ifPresent(compared -> {
            json.put(
                    Quantity.ERROR_RMS.key(),
                    compared.number(Quantity.ERROR_RMS).json());
            json.put(Quantity.NLL.key(), compared.number(Quantity.NLL).json());
        });
        return json;
    }

    /** Returns the value of the tag. */
    String trace() {
        try {
            return JSON.writeValueAsString(json());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts and numbers are always JSON", e);
        }
    }
}

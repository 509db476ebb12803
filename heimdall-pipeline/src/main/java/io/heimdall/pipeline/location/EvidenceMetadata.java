package io.heimdall.pipeline.location;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps {@link FittedEvidence} as JSON in a model file's metadata. Numbers are written in full: what is read is what was written.
 */
public final class EvidenceMetadata {
    /** Key of a model file's metadata. */
    public static final String KEY = "evidence";

    private static final JsonMapper JSON = new JsonMapper();
    private static final String STATION = "station";
    private static final String SESSIONS = "sessions";
    private static final String SECONDS = "error_s";
    private static final String SECONDS_SIGMA = "sigma_s";
    private static final String SCATTERS = "clock_scatters";
    private static final String SCATTER = "scatter_s";
    private static final String DEGREES = "error_deg";
    private static final String DEGREES_SIGMA = "sigma_deg";
    private static final String FOLDS = "folds";

    private EvidenceMetadata() {}

    /**
     * Returns what a model file says of its evidence; empty of a file without.
     *
     * @throws IllegalArgumentException if it says something that makes no sense
     */
    public static Optional<FittedEvidence> in(Map<String, String> metadata) {
        return Optional.ofNullable(metadata.get(KEY)).map(EvidenceMetadata::parse);
    }

    /** Returns the JSON. */
    public static String text(FittedEvidence evidence) {
        return node(evidence).toString();
    }

    /** Returns the same as maps and lists, for programs that write JSON. */
    public static Map<String, Object> json(FittedEvidence evidence) {
        return JSON.convertValue(node(evidence), new TypeReference<LinkedHashMap<String, Object>>() {});
    }

    /**
     * Reads what {@link #text} wrote.
     *
     * @throws IllegalArgumentException if the text is something else
     */
    static FittedEvidence parse(String text) {
        try {
            return evidence(JSON.readTree(text));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the metadata '" + KEY + "' is no JSON: " + e.getOriginalMessage(), e);
        }
    }

    private static ObjectNode node(FittedEvidence evidence) {
        ObjectNode node = JSON.createObjectNode();
        ObjectNode exponents = node.putObject("exponents");
        for (EvidenceKind kind : EvidenceKind.values()) {
            exponents.put(kind.toString(), evidence.exponents().of(kind));
        }
        StationCorrections corrections = evidence.corrections();
        errors(node.putArray("clocks"), corrections.clockErrors(), SECONDS, SECONDS_SIGMA);
        ArrayNode pairs = node.putArray("clock_pairs");
        for (StationCorrections.ClockPair pair : corrections.clockPairs()) {
            pairs.addObject()
                    .put("first", pair.first())
                    .put("second", pair.second())
                    .put(SECONDS, pair.seconds())
                    .put(SECONDS_SIGMA, pair.sigmaSeconds());
        }
        errors(node.putArray("bearings"), corrections.bearingErrors(), DEGREES, DEGREES_SIGMA);
        if (!corrections.clockScatters().isEmpty()) {
            errors(node.putArray(SCATTERS), corrections.clockScatters(), SCATTER, SECONDS_SIGMA);
        }
        if (!evidence.folds().isEmpty()) {
            ArrayNode folds = node.putArray(FOLDS);
            evidence.folds().forEach(fold -> folds.add(node(fold)));
        }
        return node;
    }

    private static void errors(ArrayNode array, Map<String, StationError> errors, String value, String sigma) {
        errors.forEach((station, error) -> array.addObject()
                .put(STATION, station)
                .put(value, error.value())
                .put(sigma, error.sigma())
                .put(SESSIONS, error.sessions()));
    }

    private static FittedEvidence evidence(JsonNode node) {
        JsonNode exponents = node.path("exponents");
        List<StationCorrections.ClockPair> pairs = new ArrayList<>();
        for (JsonNode pair : node.path("clock_pairs")) {
            pairs.add(new StationCorrections.ClockPair(
                    text(pair, "first"), text(pair, "second"), number(pair, SECONDS), number(pair, SECONDS_SIGMA)));
        }
        List<FittedEvidence> folds = new ArrayList<>();
        node.path(FOLDS).forEach(fold -> folds.add(evidence(fold)));
        return new FittedEvidence(
                new EvidenceExponents(
                        number(exponents, "levels"), number(exponents, "delays"), number(exponents, "bearings")),
                new StationCorrections(
                        errors(node.path("clocks"), SECONDS, SECONDS_SIGMA),
                        pairs,
                        errors(node.path("bearings"), DEGREES, DEGREES_SIGMA),
                        errors(node.path(SCATTERS), SCATTER, SECONDS_SIGMA)),
                folds);
    }

    private static Map<String, StationError> errors(JsonNode array, String value, String sigma) {
        Map<String, StationError> errors = new LinkedHashMap<>();
        for (JsonNode one : array) {
            errors.put(text(one, STATION), new StationError(number(one, value), number(one, sigma), (int)
                    number(one, SESSIONS)));
        }
        return errors;
    }

    private static double number(JsonNode node, String key) {
        JsonNode value = node.path(key);
        if (!value.isNumber()) {
            throw new IllegalArgumentException(
                    "the metadata '" + KEY + "' has '" + key + "' " + value + ", expected a number");
        }
        return value.doubleValue();
    }

    private static String text(JsonNode node, String key) {
        JsonNode value = node.path(key);
        if (!value.isTextual()) {
            throw new IllegalArgumentException(
                    "the metadata '" + KEY + "' has '" + key + "' " + value + ", expected a station's name");
        }
        return value.textValue();
    }
}

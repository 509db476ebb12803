package io.heimdall.app.service;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import io.heimdall.app.WholeNumbers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Sessions in JSON, as the rows of a table: {@code {"sessions": [{"session_id": ..., "frequency_hz": ..., "measurements": [{"station": ...,
 * "station_lat": ..., ...}]}]}}. Fields have the names, units and ranges of the table's columns.
 *
 * @param rows lines of the table, the first of which is the header
 * @param places of the rows in the JSON: {@code sessions[0].measurements[1]}
 * @param model that the body names
 * @param modelName that the body names
 */
record SessionsBody(List<String> rows, List<String> places, Optional<String> model, Optional<String> modelName) {
    private static final String SESSIONS = "sessions";
    private static final String MEASUREMENTS = "measurements";
    private static final List<String> FIELDS = List.of(SESSIONS, "model", "model_name");
    private static final List<String> OF_SESSION = List.of("session_id", "frequency_hz");
    private static final List<String> OF_MEASUREMENT = List.of(
            "station",
            "station_lat",
            "station_lon",
            "recording",
            "sample_rate_hz",
            "start_time",
            "calibration_db",
            "format",
            "capture",
            "channel",
            "stream",
            "level_db",
            "clock_sigma_s",
            "bearing_deg",
            "bearing_sigma_deg");

    /** Returns whether a body has sessions: whether they come before its first array or object of another name. */
    static boolean isOne(byte[] body) {
        try (JsonParser parser = Answers.JSON.getFactory().createParser(body)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return false;
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                if (parser.currentName().equals(SESSIONS)) {
                    return true;
                }
                if (parser.nextToken().isStructStart()) {
                    return false;
                }
            }
        } catch (IOException e) {
            return false; // told where the body is read whole
        }
        return false;
    }

    /**
     * Reads a body.
     *
     * @throws Problem if it is something else
     */
    static SessionsBody of(byte[] json) {
        JsonNode body;
        try {
            body = Answers.JSON.readTree(json);
        } catch (IOException e) {
            throw Answers.malformed(e);
        }
        expect(body.isObject(), "the body is no JSON object");
        checkFields(body, FIELDS, "the body");
        JsonNode sessions = body.path(SESSIONS);
        expect(sessions.isArray() && !sessions.isEmpty(), "sessions is no array of one session or more");
        List<String> rows = new ArrayList<>();
        List<String> places = new ArrayList<>();
        rows.add(Stream.concat(OF_SESSION.stream(), OF_MEASUREMENT.stream()).collect(Collectors.joining(",")));
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < sessions.size(); i++) {
            String id = sessions.get(i).path("session_id").asText().strip();
            if (!id.isEmpty() && !ids.add(id)) {
                throw Problem.conflict(
                        "sessions[" + i + "].session_id is that of another session, '" + Answers.shown(id) + "'");
            }
            add(sessions.get(i), "sessions[" + i + "]", rows, places);
        }
        return new SessionsBody(rows, places, Answers.word(body, "model"), Answers.word(body, "model_name"));
    }

    private static void add(JsonNode session, String place, List<String> rows, List<String> places) {
        expect(session.isObject(), place + " is no object");
        checkFields(
                session,
                Stream.concat(OF_SESSION.stream(), Stream.of(MEASUREMENTS)).toList(),
                place);
        JsonNode measurements = session.path(MEASUREMENTS);
        expect(
                measurements.isArray() && !measurements.isEmpty(),
                place + "." + MEASUREMENTS + " is no array of one measurement or more");
        for (int i = 0; i < measurements.size(); i++) {
            String own = place + "." + MEASUREMENTS + "[" + i + "]";
            JsonNode measurement = measurements.get(i);
            expect(measurement.isObject(), own + " is no object");
            checkFields(measurement, OF_MEASUREMENT, own);
            rows.add(Stream.concat(
                            OF_SESSION.stream().map(field -> cell(session, field, place)),
                            OF_MEASUREMENT.stream().map(field -> cell(measurement, field, own)))
                    .collect(Collectors.joining(",")));
            places.add(own);
        }
    }

    private static String cell(JsonNode object, String field, String place) {
        JsonNode value = object.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return "";
        }
        expect(value.isTextual() || value.isNumber(), place + "." + field + " is neither a word nor a number");
        String text =
                WholeNumbers.of(value).map(number -> Long.toString(number)).orElseGet(value::asText);
        expect(
                text.chars().noneMatch(Character::isISOControl),
                place + "." + field + " has a character that is not printable");
        return '"' + text.replace("\"", "\"\"") + '"';
    }

    private static void checkFields(JsonNode object, List<String> fields, String place) {
        object.fieldNames()
                .forEachRemaining(field -> expect(
                        fields.contains(field),
                        place + " has the unknown field '" + Answers.shown(field) + "'; the fields are "
                                + String.join(", ", fields)));
    }

    private static void expect(boolean condition, String otherwise) {
        if (!condition) {
            throw Problem.badRequest(otherwise);
        }
    }

    /** Returns the table, as a file has it. */
    byte[] table() {
        return String.join("\n", rows).concat("\n").getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Returns where the JSON has a row.
     *
     * @param line of the table, from 1, which is the header
     */
    String place(long line) {
        return line >= 2 && line - 2 < places.size() ? places.get((int) (line - 2)) : "line " + line;
    }
}

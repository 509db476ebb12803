package io.heimdall.features.recording;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;

/** JSON in a file, walked through without taking memory for what nobody asks for. */
final class Metadata {
    private static final int MAX_BYTES = 64 << 20;
    private static final int MAX_TEXT = 1 << 23;
    private static final int MAX_DEPTH = 500;
    private static final int HEAD_BYTES = 64;

    /** People edit metadata, and Python writes NaN: what can be meant in one way only is read. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(MAX_TEXT)
                    .maxNumberLength(MAX_TEXT)
                    .maxNestingDepth(MAX_DEPTH)
                    .build())
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .enable(JsonReadFeature.ALLOW_LEADING_PLUS_SIGN_FOR_NUMBERS)
            .enable(JsonReadFeature.ALLOW_LEADING_ZEROS_FOR_NUMBERS)
            .enable(JsonReadFeature.ALLOW_LEADING_DECIMAL_POINT_FOR_NUMBERS)
            .enable(JsonReadFeature.ALLOW_TRAILING_DECIMAL_POINT_FOR_NUMBERS)
            .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
            .enable(JsonReadFeature.ALLOW_BACKSLASH_ESCAPING_ANY_CHARACTER)
            .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
            .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
            .enable(JsonReadFeature.ALLOW_YAML_COMMENTS)
            .build();

    private Metadata() {}

    /** What is done with a field of the outermost object, whose value the parser stands at. */
    interface Field {
        void read(String name, JsonParser json) throws IOException;
    }

    /**
     * Walks through the fields of an object that stands somewhere in a file.
     *
     * @param what for messages
     * @throws RecordingFormatException if it is no JSON, or no object
     */
    static void read(BinaryFile file, Extent extent, String what, Field field) throws IOException {
        if (extent.bytes() > MAX_BYTES) {
            throw file.fault(extent.position(), extent.bytes() + " bytes", what + ", at most " + MAX_BYTES + " bytes");
        }
        try (Reader text = reader(file, extent);
                JsonParser json = JSON.createParser(text)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw noObject(file, extent, what);
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                json.nextToken();
                field.read(name, json);
                json.skipChildren();
            }
        } catch (JsonProcessingException e) {
            throw fault(file, extent, what, e);
        }
    }

    private static Reader reader(BinaryFile file, Extent extent) throws IOException {
        byte[] head = file.bytes(extent.position(), (int) Math.min(3, extent.bytes()));
        boolean marked = head.length == 3 && head[0] == (byte) 0xef && head[1] == (byte) 0xbb && head[2] == (byte) 0xbf;
        int skipped = marked ? 3 : 0;
        return new InputStreamReader(
                file.stream(extent.position() + skipped, extent.bytes() - skipped), Encoding.of(head));
    }

    private static RecordingFormatException fault(
            BinaryFile file, Extent extent, String what, JsonProcessingException e) throws IOException {
        byte[] head = file.bytes(extent.position(), (int) Math.min(HEAD_BYTES, extent.bytes()));
        if (!Encoding.decode(head).strip().startsWith("{")) {
            return noObject(file, extent, what);
        }
        JsonLocation location = e.getLocation();
        String at = location == null ? "" : " at line " + location.getLineNr() + ", column " + location.getColumnNr();
        if (e instanceof StreamConstraintsException) {
            return file.fault(-1, "a text, a number or a nesting of brackets beyond all measure" + at, what);
        }
        return e instanceof JsonEOFException
                ? file.fault(-1, "the end in the middle of the JSON: it is cut off", what)
                : file.fault(-1, "text that is no JSON" + at, what);
    }

    private static RecordingFormatException noObject(BinaryFile file, Extent extent, String what) throws IOException {
        if (extent.bytes() == file.length()) {
            ForeignFile.refuse(file, what);
        }
        return file.fault(-1, extent.bytes() == 0 ? "an empty file" : "other bytes", what + ", a JSON object");
    }
}

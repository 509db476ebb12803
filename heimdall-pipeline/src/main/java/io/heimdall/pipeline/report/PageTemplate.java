package io.heimdall.pipeline.report;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A page with places, {@code @name@}, to be filled. All places are filled at once: what a value has of the form of a place stays
 * text.
 */
final class PageTemplate {
    static final String PLOTS_SCRIPT = "/META-INF/resources/webjars/echarts/5.5.0/echarts.common.min.js";
    private static final Pattern PLACE = Pattern.compile("@([a-z]+)@");
    private static final ObjectMapper JSON = new ObjectMapper()
            .registerModule(new SimpleModule()
                    .addSerializer(double.class, new NumberOrNull())
                    .addSerializer(Double.class, new NumberOrNull()));

    private PageTemplate() {}

    /**
     * Returns a page.
     *
     * @param template name of the resource
     * @param values HTML, or a script, for each place
     */
    static String fill(String template, Map<String, String> values) throws IOException {
        Matcher place = PLACE.matcher(resource(template));
        StringBuilder page = new StringBuilder();
        while (place.find()) {
            String value = values.get(place.group(1));
            if (value == null) {
                throw new IllegalStateException(
                        template + " has a place for " + place.group(1) + ", which is not given");
            }
            place.appendReplacement(page, Matcher.quoteReplacement(value));
        }
        return place.appendTail(page).toString();
    }

    /** Returns a value as JSON for a script element: nothing in it ends the element, and NaN, which JSON has not, is null. */
    static String script(Object value) throws JsonProcessingException {
        return JSON.writeValueAsString(value).replace("<", "\\u003c");
    }

    /** Returns facts as rows of a table. */
    static String rows(Map<String, String> facts) {
        StringBuilder rows = new StringBuilder();
        facts.forEach((name, value) -> rows.append("<tr><th>")
                .append(escape(name))
                .append("<td>")
                .append(escape(value))
                .append("</tr>\n"));
        return rows.toString();
    }

    /** Returns text as HTML, for an element's content or a quoted attribute. */
    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    static String resource(String name) throws IOException {
        try (InputStream in = PageTemplate.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new FileNotFoundException("the pipeline's jar lacks " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static final class NumberOrNull extends JsonSerializer<Double> {
        @Override
        public void serialize(Double value, JsonGenerator json, SerializerProvider provider) throws IOException {
            if (Double.isFinite(value)) {
                json.writeNumber(value);
            } else {
                json.writeNull();
            }
        }
    }
}

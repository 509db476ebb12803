package io.heimdall.pipeline.report;

import com.samskivert.mustache.Escapers;
import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.MustacheException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * Fills pages, which are Mustache templates: {@code {{name}}} is text, {@code {{{name}}}} is HTML or a script.
 *
 * <p>A page is filled in one pass: what a value has of the form of a name stays text.
 */
public final class PageTemplate {
    static final String PLOTS_SCRIPT = "/META-INF/resources/webjars/echarts/5.5.0/echarts.common.min.js";

    /** For an element's content or a quoted attribute. */
    private static final Mustache.Escaper HTML = Escapers.simple(
            new String[] {"&", "&amp;"},
            new String[] {"<", "&lt;"},
            new String[] {">", "&gt;"},
            new String[] {"\"", "&quot;"},
            new String[] {"'", "&#39;"});

    private PageTemplate() {}

    /**
     * Returns a page.
     *
     * @param template name of the resource; its parts are beside it
     * @param values for each name: a text, a number, or a list of texts or of further values
     * @throws IOException if there is no such resource
     * @throws IllegalStateException if the template is none, or has a name that is not given
     */
    public static String fill(String template, Map<String, ?> values) throws IOException {
        StringWriter page = new StringWriter();
        fill(template, values, page);
        return page.toString();
    }

    /**
     * Writes a page.
     *
     * @param template name of the resource; its parts are beside it
     * @param values for each name: as of {@link #fill(String, Map)}, or a {@link Mustache.Lambda} that writes a section
     * @param out stays open
     * @throws IOException if there is no such resource, or it cannot be written
     * @throws IllegalStateException if the template is none, or has a name that is not given
     */
    static void fill(String template, Map<String, ?> values, Writer out) throws IOException {
        String folder = template.substring(0, template.lastIndexOf('/') + 1);
        Mustache.Compiler compiler = Mustache.compiler()
                .withEscaper(HTML)
                .strictSections(true)
                .withLoader(part -> new StringReader(resource(folder + part + ".html")));
        String page = resource(template);
        try {
            compiler.compile(page).execute(values, out);
        } catch (MustacheException e) {
            if (e.getCause() instanceof IOException) {
                throw new IOException("the page cannot be written: " + e.getMessage(), e);
            }
            throw new IllegalStateException(template + " cannot be filled: " + e.getMessage(), e);
        }
    }

    /** Returns facts as the rows of a table: of each its name and its value. */
    static List<Map<String, String>> rows(Map<String, String> facts) {
        return facts.entrySet().stream()
                .map(fact -> Map.of("name", fact.getKey(), "value", fact.getValue()))
                .toList();
    }

    /**
     * Returns a resource as text.
     *
     * @throws FileNotFoundException if there is none of this name
     */
    public static String resource(String name) throws IOException {
        try (InputStream in = PageTemplate.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new FileNotFoundException("the program lacks " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}

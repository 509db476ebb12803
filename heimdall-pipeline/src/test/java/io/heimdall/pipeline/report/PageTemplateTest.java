package io.heimdall.pipeline.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageTemplateTest {
    private static final String TEMPLATE = "/io/heimdall/pipeline/report/greeting.html";

    private static Map<String, Object> values() {
        return new HashMap<>(Map.of(
                "name",
                "<b> & 'c' \"d\" `e`=f",
                "script",
                "if (a < b) {}",
                "guests",
                List.of(Map.of("guest", "{{name}}"), Map.of("guest", "{{{script}}} @name@")),
                "flag",
                false));
    }

    @Test
    void textIsEscapedAndScriptsAreNot() throws IOException {
        assertThat(PageTemplate.fill(TEMPLATE, values())).isEqualTo("""
                        <p title="&lt;b&gt; &amp; &#39;c&#39; &quot;d&quot; `e`=f">if (a < b) {}</p>
                        <p>part of {{name}}</p>
                        <p>part of {{{script}}} @name@</p>
                        """);
    }

    @ParameterizedTest
    @ValueSource(strings = {"name", "script", "guests", "flag"})
    void whatIsNotGivenIsNamed(String missing) {
        Map<String, Object> values = values();
        values.remove(missing);

        assertThatThrownBy(() -> PageTemplate.fill(TEMPLATE, values))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(TEMPLATE + " cannot be filled")
                .hasMessageContaining("'" + missing + "'");
    }

    @Test
    void aTemplateThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> PageTemplate.fill("/io/heimdall/none.html", values()))
                .isInstanceOf(FileNotFoundException.class)
                .hasMessage("the program lacks /io/heimdall/none.html");
    }
}

package io.heimdall.app.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.heimdall.app.AddedField;
import io.heimdall.app.configuration.SettingRange;
import io.heimdall.app.jobs.SettingsJson;
import io.heimdall.pipeline.settings.Fields;
import io.heimdall.pipeline.settings.NumberRange;
import io.heimdall.pipeline.training.RandomSettings;
import io.heimdall.pipeline.training.TrainingFields;
import io.heimdall.pipeline.training.TrainingSettings;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Settings in the forms that programs and the page's readers see: JSON, its schema, the form. */
class SettingsFormsTest {
    private static final JsonMapper JSON = new JsonMapper();

    @Test
    void anySettingsComeBackFromRequestsAndAreAsTheDocumentSays() throws IOException {
        Description description = new Description(OpenApi.load().document());
        RandomSettings random = new RandomSettings(TrainingFields.table(), 7);
        for (int i = 0; i < 200; i++) {
            TrainingSettings settings = random.next();
            ObjectNode json = SettingsJson.write(settings);

            description.conforms("answer " + i, "JobConfiguration", json.toString());
            assertThat(SettingsJson.read(JSON.readTree(json.toString()))).isEqualTo(settings);
            for (String word : List.of("loss", "schedule")) { // the document has the names alone
                json.put(word, json.path(word).textValue().replaceFirst(":.*", ""));
            }
            description.conforms("request " + i, "Configuration", json.toString());
        }
    }

    @Test
    void theDocumentHasTheRangesOfNumbers() throws IOException {
        JsonNode properties =
                JSON.readTree(OpenApi.load().document()).at("/components/schemas/Configuration/properties");
        int numbers = 0;
        for (SettingRange setting : SettingRange.all()) {
            JsonNode schema = properties.path(setting.field());
            if (!schema.isMissingNode()) {
                JsonNode finite = schema.has("oneOf") ? schema.path("oneOf").get(0) : schema;
                NumberRange range = setting.range();
                assertThat(finite.path("minimum").decimalValue()).isEqualByComparingTo(range.least());
                assertThat(finite.path("maximum").decimalValue()).isEqualByComparingTo(range.most());
                assertThat(finite.path("type").toString().contains("integer")).isEqualTo(range.isWhole());
                numbers++;
            }
        }
        assertThat(numbers).isEqualTo(21);
    }

    @Test
    void theFormHasEachFieldOnce() throws IOException {
        String form = form(TrainingFields.table());

        assertThat(Pattern.compile("name=\"([a-z_]+)\"").matcher(form).results().map(match -> match.group(1)))
                .containsExactlyInAnyOrderElementsOf(TrainingFields.table().names());
        assertThat(form)
                .contains("Pretrained file <input name=\"pretrained\" placeholder=\"none\">")
                .contains("Threads <input name=\"threads\" type=\"number\"", "placeholder=\"all processors\">");
        assertThat(form.substring(0, form.indexOf("More settings")))
                .contains(
                        "Epochs, at most <input name=\"epochs\" type=\"number\" step=\"1\" inputmode=\"numeric\" min=\"1\""
                                + " max=\"1000000\" value=\"40\">")
                .contains("Network <select name=\"network\"><option>set<option>set-cnn")
                .contains("<select name=\"split_by\"><option value=\"\">automatic<option>source")
                .doesNotContain("weight_decay");
    }

    @Test
    void anEntryIsAFieldOfJsonItsSchemaAndTheForm() throws IOException {
        assertThat(AddedField.TABLE.json(TrainingSettings.seeded(1))).containsEntry("last_rate", 0.001);
        JsonNode schema = SettingsSchema.ofRequests(AddedField.TABLE).path("last_rate");
        assertThat(schema.toString())
                .isEqualTo("{\"maximum\":0.5,\"minimum\":0,\"type\":[\"number\",\"null\"],"
                        + "\"description\":\"The last learning rate as a part of the largest one.\"}");
        assertThat(form(AddedField.TABLE))
                .contains("Last rate <input name=\"last_rate\" type=\"number\"")
                .contains("max=\"0.5\" value=\"0.001\">");
    }

    /** The form of the page, as it is sent. */
    private static String form(Fields<TrainingSettings> table) throws IOException {
        String page = StatusRoutes.page(new SettingsForm<>(table, TrainingSettings.seeded(1)), Optional.empty());
        return page.substring(page.indexOf("<form id=\"train\""), page.indexOf("Start training"));
    }
}

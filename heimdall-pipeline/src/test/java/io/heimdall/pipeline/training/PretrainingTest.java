package io.heimdall.pipeline.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PretrainingTest {

    @ParameterizedTest
    @ValueSource(strings = {"auto", "off", "1", "4800", "1000000", "auto 300"})
    void textIsReadBack(String text) {
        assertThat(Pretraining.parse(text).text()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Auto", "0", "-1", "1.5", "1000001", "99999999", "on", "auto 0", "auto  5"})
    void anythingElseIsRefused(String text) {
        assertThatThrownBy(() -> Pretraining.parse(text))
                .hasMessage("pretraining '" + text + "' is neither auto, off nor a number of steps in 1..1000000");
    }

    @Test
    void networksThatReadSpectrogramsAreNotPretrained() {
        TrainingSettings settings = TrainingSettings.seeded(1).withPretraining(Pretraining.ofSteps(300));

        assertThat(SettingsCheck.of(settings)).isEqualTo(settings);
        for (String network : new String[] {"resnet18", "set-cnn"}) {
            assertThatThrownBy(() -> SettingsCheck.of(settings.withNetwork(network)))
                    .hasMessage("network " + network + " cannot be pretrained on simulated sessions; set can."
                            + " Say 'off' or 'auto' instead of 300");
        }
        SettingsCheck.of(TrainingSettings.seeded(1).withNetwork("resnet18")); // auto
    }
}

package io.heimdall.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SettingExceptionTest {
    @Test
    void whatIsRefusedIsAValueOfTheSettings() {
        assertThat(SettingException.about(() -> "a value", "epochs")).isEqualTo("a value");
        assertThatThrownBy(() -> SettingException.about(() -> Integer.parseInt("many"), "epochs", "patience"))
                .isInstanceOfSatisfying(
                        SettingException.class, e -> assertThat(e.settings()).containsExactly("epochs", "patience"))
                .hasMessageContaining("many")
                .hasCauseInstanceOf(NumberFormatException.class);
    }

    @Test
    void whoSaysOfWhichSettingKnowsBest() {
        Runnable refusing = () -> {
            throw new SettingException("a loss that does not fit", "loss");
        };
        assertThatThrownBy(() -> SettingException.about(refusing, "network"))
                .isInstanceOfSatisfying(
                        SettingException.class, e -> assertThat(e.settings()).containsExactly("loss"));
    }

    @Test
    void otherFaultsPass() {
        Runnable faulty = () -> {
            throw new IllegalStateException("closed");
        };
        assertThatThrownBy(() -> SettingException.about(faulty, "network")).isInstanceOf(IllegalStateException.class);
    }
}

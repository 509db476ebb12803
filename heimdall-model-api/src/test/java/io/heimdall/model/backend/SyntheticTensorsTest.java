package io.heimdall.model.backend;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SyntheticTensorsTest {
    @Test
    void uniformAgreesWithTheReference() {
        ParityCases.golden().get("uniform").properties().forEach(golden -> {
            float[] values =
                    SyntheticTensors.uniform(golden.getKey(), golden.getValue().size());
            for (int i = 0; i < values.length; i++) {
                assertThat(values[i]).isEqualTo((float) golden.getValue().get(i).asDouble());
            }
        });
    }
}

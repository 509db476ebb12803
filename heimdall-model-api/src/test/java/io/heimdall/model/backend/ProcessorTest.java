package io.heimdall.model.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ProcessorTest {
    @Test
    void isNamedWithItsVectorInstructions() {
        List<String> wide = List.of(
                "processor\t: 0", "model name\t: Xeon Platinum 8481C", "flags\t\t: fpu sse2 avx2 avx512f avx512bw", "");
        List<String> narrow = List.of("model name\t: Core 2 Duo", "flags\t\t: fpu sse2 ssse3");

        assertThat(Processor.of(wide, "")).hasToString("Xeon Platinum 8481C (AVX-512)");
        assertThat(Processor.of(wide, "AVX2")).hasToString("Xeon Platinum 8481C (AVX-512, ONEDNN_MAX_CPU_ISA=AVX2)");
        assertThat(Processor.of(narrow, "")).hasToString("Core 2 Duo (no AVX2)");
    }

    @Test
    void isTheArchitectureWhereTheSystemTellsNoMore() {
        assertThat(Processor.of(List.of(), "")).hasToString(System.getProperty("os.arch"));
        assertThat(Processor.of(List.of("Features\t: fp asimd sve", "CPU part\t: 0xd40"), ""))
                .hasToString(System.getProperty("os.arch"));
    }

    @Test
    void ofThisMachineHasAName() {
        assertThat(Processor.ofThisMachine().name()).isNotBlank();
    }
}

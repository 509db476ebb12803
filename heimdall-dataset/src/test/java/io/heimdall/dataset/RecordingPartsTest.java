package io.heimdall.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heimdall.features.recording.ByteSource;
import io.heimdall.features.recording.ByteSources;
import io.heimdall.features.recording.ForwardingSource;
import io.heimdall.features.recording.ReadOptions;
import io.heimdall.features.recording.RecordingFormatException;
import io.heimdall.features.recording.Recordings;
import io.heimdall.files.ObjectKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordingPartsTest {

    /** A recording beside which no file may be looked for. */
    private record Alone(ByteSource source) implements ForwardingSource {
        static Alone of(String name) {
            return new Alone(ByteSources.of(Map.of(name, ByteBuffer.allocate(64)), name));
        }

        @Override
        public ByteSource beside(String name) {
            throw new AssertionError(name + " was looked for");
        }
    }

    private static Recorded recorded(String name) {
        return Recorded.at(new ObjectKey("b", name));
    }

    static Set<String> alone() {
        return RecordingParts.ALONE;
    }

    @ParameterizedTest
    @MethodSource("alone")
    void theReaderOfARecordingThatIsOneFileLooksForNoOther(String ending) throws IOException {
        Alone source = Alone.of("x." + ending);
        assertThat(new RecordingParts(recorded("x." + ending)).areOne()).isTrue();
        assertThat(Recordings.files(source, ReadOptions.defaults())).containsExactly(source);
        try {
            Recordings.open(source, ReadOptions.defaults()).close();
        } catch (RecordingFormatException headerOfZeros) {
            assertThat(ending).isIn("npy", "wav", "sdriq");
        }
    }

    @Test
    void everyBuiltInFormatButSigmfIsOneFile() {
        assertThat(Recordings.formats())
                .filteredOn(format -> !format.equals("sigmf"))
                .hasSizeGreaterThan(7)
                .allMatch(format -> new RecordingParts(recorded("x").as(format, 1e6)).areOne());
    }

    @ParameterizedTest
    @ValueSource(strings = {"x.C16", "x.c8"})
    void theTextBesideAPortaPackRecordingIsOneOfItsFiles(String name) {
        assertThat(new RecordingParts(recorded(name)).areOne()).isFalse();
        assertThatThrownBy(() -> Recordings.open(Alone.of(name), ReadOptions.defaults()))
                .isInstanceOf(AssertionError.class)
                .hasMessage("x.TXT was looked for");
    }
}

package io.heimdall.features.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContiguousNumbersTest {

    @ParameterizedTest
    @EnumSource
    void aRunOfNumbersIsWhatEachOfThemIs(SampleFormat.Type type) {
        for (ByteOrder order : new ByteOrder[] {ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN}) {
            SampleFormat format = new SampleFormat(type, order);
            byte[] bytes = new byte[1001 * format.bytes()];
            new Random(3).nextBytes(bytes);
            float[] each = new float[1003];
            float[] run = new float[1003];
            format.decode(ByteBuffer.wrap(bytes), 0, format.bytes(), each, 2, 1, 1001);
            ContiguousNumbers.of(format).decode(ByteBuffer.wrap(bytes), run, 2, 1001);
            assertThat(run).isEqualTo(each);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"cf32", "cs16", "cs8", "cu8"})
    void fileHeapDirectAndMappedGiveTheSame(String format, @TempDir Path folder) throws IOException {
        byte[] bytes = new byte[80008];
        new Random(4).nextBytes(bytes);
        for (int i = 3; i < bytes.length; i += 4) {
            bytes[i] = 63; // as floats, these are near 1
        }
        Path file = folder.resolve("numbers." + format);
        Files.write(file, bytes);
        ByteBuffer direct = ByteBuffer.allocateDirect(bytes.length + 3).position(3);
        direct.slice().put(bytes);
        try (Recording recording = Recordings.open(file, ReadOptions.defaults());
                FileChannel channel = FileChannel.open(file)) {
            float[] expected = all(recording);
            assertThat(expected).isNotEmpty();
            assertThat(all(Recordings.of(ByteBuffer.wrap(bytes), format, 1e6))).isEqualTo(expected);
            assertThat(all(Recordings.of(direct, format, 1e6))).isEqualTo(expected);
            ByteBuffer mapped = channel.map(FileChannel.MapMode.READ_ONLY, 0, bytes.length);
            assertThat(all(Recordings.of(mapped, format, 1e6))).isEqualTo(expected);
        }
    }

    private static float[] all(Recording recording) throws IOException {
        int samples = (int) recording.info().samples();
        float[] out = new float[2 * samples];
        assertThat(recording.read(0, out, 0, 7)).isEqualTo(7);
        assertThat(recording.read(7, out, 14, samples)).isEqualTo(samples - 7);
        assertThat(recording.read(samples, out, 0, 1)).isZero();
        return out;
    }

    @Test
    void otherBuffersAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Recordings.of(ByteBuffer.allocate(8), "wav", 1e6))
                .withMessageContaining("raw format wav is not one of [cf32, cs16, cs8, cu8]");
        assertThatIllegalArgumentException().isThrownBy(() -> Recordings.of(ByteBuffer.allocate(8), "cu8", 0));
    }
}

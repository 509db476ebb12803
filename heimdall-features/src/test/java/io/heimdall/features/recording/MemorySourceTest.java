package io.heimdall.features.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MemorySourceTest extends ByteSourceContract {

    @Override
    protected Place place(Map<String, byte[]> files) {
        Map<String, ByteBuffer> buffers = new HashMap<>();
        files.forEach((name, bytes) -> buffers.put(name, ByteBuffer.wrap(bytes)));
        return new Place() {
            @Override
            public ByteSource source(String name) {
                return ByteSources.of(buffers, name);
            }

            @Override
            public String before() {
                return "no folder";
            }
        };
    }

    @Test
    void whatTheFuzzerFoundReadsAsFromFiles() throws IOException {
        requireSameOfFuzzed(1);
    }

    @Test
    void aPartOfABufferIsReadFromItsPositionToItsLimit() throws IOException {
        ByteBuffer part =
                ByteBuffer.wrap(new byte[] {9, 1, 2, 3, 9}).position(1).limit(4);
        ByteSource source = ByteSources.of(Map.of("a.cs8", part), "a.cs8");
        ByteBuffer read = ByteBuffer.allocate(10);
        try (SeekableByteChannel channel = source.open()) {
            assertThat(channel.size()).isEqualTo(3);
            assertThat(channel.position(1).read(read)).isEqualTo(2);
            assertThat(channel.position()).isEqualTo(3);
            assertThat(channel.read(read)).isEqualTo(-1);
            assertThat(channel.position(7).read(read)).isEqualTo(-1);
            assertThat(read.flip()).isEqualTo(ByteBuffer.wrap(new byte[] {2, 3}));
            assertThatThrownBy(() -> channel.position(-1)).hasMessage("position -1 is negative");
            assertThatThrownBy(() -> channel.write(read)).isInstanceOf(NonWritableChannelException.class);
            assertThatThrownBy(() -> channel.truncate(0)).isInstanceOf(NonWritableChannelException.class);
        }
        assertThat(part.position()).isEqualTo(1);
    }

    @Test
    void aClosedSourceIsReadNoMore() throws IOException {
        SeekableByteChannel closed =
                ByteSources.of(Map.of("a.cs8", ByteBuffer.allocate(2)), "a.cs8").open();
        assertThat(closed.isOpen()).isTrue();
        closed.close();
        assertThat(closed.isOpen()).isFalse();
        assertThatThrownBy(closed::size).isInstanceOf(ClosedChannelException.class);
    }
}

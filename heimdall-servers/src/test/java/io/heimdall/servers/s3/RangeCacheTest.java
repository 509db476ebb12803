package io.heimdall.servers.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RangeCacheTest {
    private final AtomicInteger reads = new AtomicInteger();
    private final RangeCache cache = new RangeCache(30);

    private byte[] get(String name, long offset) throws IOException {
        return cache.get(name, offset, 10, () -> {
            reads.incrementAndGet();
            byte[] part = new byte[10];
            part[0] = (byte) offset;
            return part;
        });
    }

    @Test
    void aPartIsReadOnce() throws IOException {
        assertThat(get("a", 1)[0]).isEqualTo((byte) 1);
        assertThat(get("a", 1)[0]).isEqualTo((byte) 1);
        assertThat(reads).hasValue(1);
        assertThat(get("b", 1)[0]).isEqualTo((byte) 1);
        assertThat(reads).hasValue(2);
    }

    @Test
    void whatWasUsedLastStays() throws IOException {
        for (int offset = 0; offset < 3; offset++) {
            get("a", offset);
        }
        get("a", 0);
        get("a", 3); // in place of 1
        get("a", 0);
        get("a", 2);
        assertThat(reads).hasValue(4);
        get("a", 1);
        assertThat(reads).hasValue(5);
    }

    @Test
    void whatIsForgottenIsReadAgainAndMakesRoom() throws IOException {
        get("a", 1);
        get("b", 1);
        get("b", 2);
        cache.forget("b");
        get("a", 2);
        get("a", 3);
        get("a", 1);
        assertThat(reads).hasValue(5);
        get("b", 1);
        assertThat(reads).hasValue(6);
    }

    @Test
    void aFaultIsTheReadersAndIsNotKept() throws IOException {
        assertThatThrownBy(() -> cache.get("a", 1, 10, () -> {
                    throw new IOException("down");
                }))
                .hasMessage("down");
        get("a", 1);
        assertThat(reads).hasValue(1);
    }
}

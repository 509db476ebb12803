package io.heimdall.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import org.junit.jupiter.api.Test;

class InterruptionsTest {

    @Test
    void aSilentServerIsNoInterrupt() {
        assertThat(Interruptions.ended(new ClosedByInterruptException())).isTrue();
        assertThat(Interruptions.ended(new InterruptedIOException("stop"))).isTrue();
        assertThat(Interruptions.ended(new SocketTimeoutException("silent"))).isFalse();
        assertThat(Interruptions.ended(new IOException("full"))).isFalse();
    }

    @Test
    void anyFaultOfAnInterruptedThreadIsOne() {
        Thread.currentThread().interrupt();
        try {
            assertThat(Interruptions.ended(new IOException("Canceled"))).isTrue();
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }
}

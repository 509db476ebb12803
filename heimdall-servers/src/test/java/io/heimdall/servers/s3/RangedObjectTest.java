package io.heimdall.servers.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heimdall.files.ObjectKey;
import io.heimdall.files.ObjectStoreException;
import io.heimdall.files.ObjectVersion;
import io.heimdall.files.Sha256;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonWritableChannelException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class RangedObjectTest {
    private static final int BLOCK = RangedObject.BLOCK_BYTES;
    private static final ObjectKey KEY = new ObjectKey("bucket", "sessions/s/a.npy");
    private static final byte[] CONTENT = content(5 * BLOCK + 1234);

    /** The blocks that were asked for, in order. */
    private final List<Long> asked = new ArrayList<>();

    private static byte[] content(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    private RangedObject open(byte[] content, Optional<String> sha256, Executor ahead) {
        return new RangedObject(
                new ObjectVersion(KEY, "tag", content.length, sha256),
                (start, bytes) -> {
                    asked.add(start / BLOCK);
                    return Arrays.copyOfRange(content, (int) start, (int) start + bytes);
                },
                ahead);
    }

    private RangedObject open(byte[] content) throws IOException {
        return open(content, Optional.of(Sha256.of(new ByteArrayInputStream(content))), Runnable::run);
    }

    private static byte[] read(RangedObject object, long position, int bytes) throws IOException {
        ByteBuffer read = ByteBuffer.allocate(bytes);
        int count = object.position(position).read(read);
        assertThat(count).isEqualTo(read.position() == 0 && position >= object.size() ? -1 : read.position());
        return Arrays.copyOf(read.array(), read.position());
    }

    @Test
    void anyStretchIsTheContents() throws IOException {
        Random random = new Random(15);
        try (RangedObject object = open(CONTENT)) {
            assertThat(object.size()).isEqualTo(CONTENT.length);
            for (int round = 0; round < 200; round++) {
                int from = random.nextInt(CONTENT.length + 10);
                int bytes = random.nextInt(round % 10 == 0 ? 2 * BLOCK : 100_000);
                assertThat(read(object, from, bytes))
                        .isEqualTo(Arrays.copyOfRange(
                                CONTENT, Math.min(CONTENT.length, from), Math.min(CONTENT.length, from + bytes)));
                assertThat(object.position())
                        .isEqualTo(from < CONTENT.length ? Math.min(CONTENT.length, from + bytes) : from);
            }
        }
    }

    @Test
    void aReadToTheEndAsksForEachBlockOnce() throws IOException {
        try (RangedObject object = open(CONTENT)) {
            for (int at = 0; at < CONTENT.length; at += 65_536) {
                read(object, at, 65_536);
            }
            assertThat(asked).containsExactly(0L, 1L, 2L, 3L, 4L, 5L);
        }
    }

    @Test
    void twoPlacesReadInTurnAskForEachBlockOnce() throws IOException {
        int half = 3 * BLOCK;
        try (RangedObject object = open(content(2 * half))) {
            for (int at = 0; at < half; at += 65_536) {
                read(object, at, 65_536);
                read(object, half + at, 65_536);
            }
        }
        assertThat(asked).containsExactlyInAnyOrder(0L, 1L, 2L, 3L, 4L, 5L);
    }

    @Test
    void theHeadAloneReadsNothingAhead() throws IOException {
        try (RangedObject object = open(CONTENT)) {
            read(object, 0, 64);
            assertThat(asked).containsExactly(0L);
        }
    }

    @Test
    void emptyAndSmallObjectsEnd() throws IOException {
        try (RangedObject empty = open(new byte[0]);
                RangedObject small = open(new byte[] {1, 2})) {
            assertThat(read(empty, 0, 10)).isEmpty();
            assertThat(read(small, 1, 10)).containsExactly(2);
            assertThat(read(small, 2, 10)).isEmpty();
        }
    }

    @Test
    void damageIsFoundAtTheLastByteAndStays() throws IOException {
        try (RangedObject object = open(CONTENT, Optional.of("0".repeat(64)), Runnable::run)) {
            assertThat(read(object, 0, 5 * BLOCK)).hasSize(5 * BLOCK);
            for (long position : new long[] {5L * BLOCK, 0}) {
                assertThatThrownBy(() -> read(object, position, 10))
                        .isInstanceOf(ObjectStoreException.class)
                        .hasMessageStartingWith(KEY + " is damaged: its SHA-256 is ")
                        .hasMessageEndingWith("expected " + "0".repeat(64) + "; store it again");
            }
        }
    }

    @Test
    void theRestIsReadToVerifyWhatWasReadInAnotherOrderOrInPart() throws IOException {
        try (RangedObject right = open(CONTENT);
                RangedObject wrong = open(CONTENT, Optional.of("0".repeat(64)), Runnable::run)) {
            for (RangedObject object : List.of(right, wrong)) {
                read(object, 3L * BLOCK, BLOCK);
                read(object, 0, BLOCK);
            }
            asked.clear();
            right.verify();
            assertThat(asked).contains(1L, 2L, 5L).doesNotContain(0L);
            assertThat(right.position()).isEqualTo(BLOCK);
            asked.clear();
            right.verify();
            assertThat(asked).as("the second time").isEmpty();
            assertThatThrownBy(wrong::verify).hasMessageStartingWith(KEY + " is damaged: its SHA-256 is ");
        }
    }

    @Test
    void aBlockThatFailedIsAskedForAgain() throws IOException {
        List<Boolean> fails = new ArrayList<>(List.of(false, false, true, false));
        RangedObject object = new RangedObject(
                new ObjectVersion(KEY, "tag", CONTENT.length, Optional.empty()),
                (start, bytes) -> {
                    if (!fails.isEmpty() && fails.remove(0)) {
                        throw new IOException("away");
                    }
                    return Arrays.copyOfRange(CONTENT, (int) start, (int) start + bytes);
                },
                Runnable::run);
        try (object) {
            assertThat(read(object, 0, 2 * BLOCK)).hasSize(2 * BLOCK);
            assertThatThrownBy(() -> read(object, 2 * BLOCK, 10)).hasMessage("away");
            assertThat(read(object, 2 * BLOCK, 10)).isEqualTo(Arrays.copyOfRange(CONTENT, 2 * BLOCK, 2 * BLOCK + 10));
        }
    }

    @Test
    void nothingIsReadAheadOnceTheStoreIsClosed() throws IOException {
        Executor closed = task -> {
            throw new RejectedExecutionException();
        };
        try (RangedObject object = open(CONTENT, Optional.empty(), closed)) {
            assertThat(read(object, 0, 3 * BLOCK)).isEqualTo(Arrays.copyOf(CONTENT, 3 * BLOCK));
        }
    }

    @Test
    void itIsReadOnlyAndClosedOnce() throws IOException {
        RangedObject object = open(CONTENT);
        assertThatThrownBy(() -> object.write(ByteBuffer.allocate(1))).isInstanceOf(NonWritableChannelException.class);
        assertThatThrownBy(() -> object.truncate(1)).isInstanceOf(NonWritableChannelException.class);
        assertThatThrownBy(() -> object.position(-1)).hasMessage("position -1 is negative");
        assertThat(object.isOpen()).isTrue();
        object.close();
        object.close();
        assertThat(object.isOpen()).isFalse();
        assertThatThrownBy(object::size).isInstanceOf(ClosedChannelException.class);
    }
}

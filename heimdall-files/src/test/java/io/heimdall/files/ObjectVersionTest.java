package io.heimdall.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectVersionTest {
    private static final ObjectKey KEY = new ObjectKey(ObjectKey.RECORDINGS, "sessions/1/a.npy");

    private static Optional<String> digest(String digits) {
        return new ObjectVersion(KEY, "tag", 8, Optional.of(digits)).sha256();
    }

    @Test
    void aDigestIsKept() {
        assertThat(digest("0123456789abcdef".repeat(4))).contains("0123456789abcdef".repeat(4));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0123", "0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF"})
    void whatAnotherProgramCallsADigestIsNone(String digits) {
        assertThat(digest(digits)).isEmpty();
    }
}

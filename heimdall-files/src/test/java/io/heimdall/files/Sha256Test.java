package io.heimdall.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Sha256Test {
    /** Of FIPS 180-2, appendix B: "abc", and a million times "a". */
    private static final String ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    private static final String MILLION = "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0";

    @TempDir
    Path folder;

    @Test
    void digestsAreThoseOfTheStandard() throws IOException {
        assertThat(Sha256.of(new ByteArrayInputStream("abc".getBytes()))).isEqualTo(ABC);
        assertThat(Sha256.of(Files.writeString(folder.resolve("a"), "a".repeat(1_000_000))))
                .isEqualTo(MILLION);
    }
}

package io.heimdall.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectKeyTest {

    @Test
    void whatIsWrittenIsRead() {
        ObjectKey key = ObjectKey.parse("s3://heimdall-raw-iq/sessions/7/websdr_1.npy");
        assertThat(key).isEqualTo(new ObjectKey(ObjectKey.RECORDINGS, "sessions/7/websdr_1.npy"));
        assertThat(key).hasToString("s3://heimdall-raw-iq/sessions/7/websdr_1.npy");
        assertThat(key.name()).isEqualTo("websdr_1.npy");
        assertThat(key.sibling("websdr_2.npy").key()).isEqualTo("sessions/7/websdr_2.npy");
        assertThat(new ObjectKey("b", "alone").sibling("other").key()).isEqualTo("other");
        ObjectKey spaced = new ObjectKey("heimdall-raw-iq", "sessions/a b/Torino.npy");
        assertThat(ObjectKey.parse(spaced.toString())).isEqualTo(spaced);
        assertThat(spaced.sibling("x")).isEqualTo(new ObjectKey("heimdall-raw-iq", "sessions/a b/x"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "s3:/", "bucket/key", "s3:/bucket/key", "s3://bucket", "http://b/k", "https://bucket/key"})
    void anotherFormIsRefused(String location) {
        assertThatThrownBy(() -> ObjectKey.parse(location))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is not of the form s3://bucket/key");
    }

    @ParameterizedTest
    @ValueSource(strings = {"s3:///k", "s3://b/", "s3://b//k", "s3://../k"})
    void aLocationWithoutBucketOrKeyIsRefused(String location) {
        assertThatThrownBy(() -> ObjectKey.parse(location)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/a", "a/", "a//b", "../a", "a/../b", "a/./b", ".", "a\\b", "a\nb", "a\u0000b"})
    void aKeyThatIsNoSafePathIsRefused(String key) {
        assertThatThrownBy(() -> new ObjectKey("bucket", key))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("has the segment");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-b", "..", ".incoming", "a/b", "a_b", "A B"})
    void aBucketOfOtherLettersIsRefused(String bucket) {
        assertThatThrownBy(() -> new ObjectKey(bucket, "key"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("bucket '" + bucket + "'");
    }
}

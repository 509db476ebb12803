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
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "bucket/key", "s3:/bucket/key", "s3://bucket", "https://bucket/key"})
    void anotherFormIsRefused(String location) {
        assertThatThrownBy(() -> ObjectKey.parse(location)).hasMessageContaining("is not of the form s3://bucket/key");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/a", "a/", "a//b", "a/../b", ".", "a\\b", "a\nb"})
    void aKeyThatIsNoSafePathIsRefused(String key) {
        assertThatThrownBy(() -> new ObjectKey("bucket", key)).hasMessageContaining("has the segment");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-b", "a/b", "a_b"})
    void aBucketOfOtherLettersIsRefused(String bucket) {
        assertThatThrownBy(() -> new ObjectKey(bucket, "key")).hasMessageContaining("bucket '" + bucket + "'");
    }
}

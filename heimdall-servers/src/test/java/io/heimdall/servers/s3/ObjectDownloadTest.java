package io.heimdall.servers.s3;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heimdall.files.Attempts;
import io.heimdall.files.Backoff;
import io.heimdall.files.ObjectKey;
import io.heimdall.files.ObjectStoreException;
import io.heimdall.files.ObjectVersion;
import io.minio.GetObjectResponse;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.Optional;
import okhttp3.Headers;
import org.junit.jupiter.api.Test;

class ObjectDownloadTest {

    @Test
    void aServerThatAnswersWithTheWholeObjectReadsNoPartsOfIt() {
        ObjectVersion version = new ObjectVersion(new ObjectKey("b", "k"), "tag", 100, Optional.empty());
        GetObjectResponse whole = new GetObjectResponse(
                Headers.of("Content-Length", "100"), "b", "", "k", new ByteArrayInputStream(new byte[100]));
        assertThatThrownBy(() -> ObjectDownload.openPart(
                        S3Settings.of("http://127.0.0.1:9", "key", "secret"),
                        version,
                        (position, etag) -> whole,
                        new Attempts(Backoff.usual(Duration.ofMinutes(1))),
                        20,
                        30))
                .isInstanceOf(ObjectStoreException.class)
                .matches(told -> !((ObjectStoreException) told).mayPassLater())
                .hasMessage("the object store http://127.0.0.1:9 does not read parts of objects: 100 bytes came,"
                        + " 30 were asked for of s3://b/k");
    }
}

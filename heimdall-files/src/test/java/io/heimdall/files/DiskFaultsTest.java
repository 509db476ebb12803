package io.heimdall.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;

class DiskFaultsTest {

    @Test
    void whatNobodyNeedMendMayPass() {
        assertThat(DiskFaults.mayPass(new IOException("No space left on device")))
                .isTrue();
        assertThat(DiskFaults.mayPass(new FileAlreadyExistsException("f"))).isTrue();
        assertThat(DiskFaults.mayPass(new NoSuchFileException("f"))).isFalse();
        assertThat(DiskFaults.mayPass(new AccessDeniedException("f"))).isFalse();
        assertThat(DiskFaults.mayPass(new EOFException("cut short"))).isFalse();
    }

    @Test
    void aStoreSaysItItself() {
        ObjectStoreException away = new ObjectStoreException("s3://b/k", "it is away", null, true);
        assertThat(DiskFaults.mayPass(away)).isTrue();
        assertThat(away.subject()).isEqualTo("s3://b/k");
        assertThat(DiskFaults.mayPass(new ObjectStoreException("s3://b/k", "access denied", null, false)))
                .isFalse();
    }
}

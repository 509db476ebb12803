package io.heimdall.servers.s3;

import io.heimdall.files.ObjectKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Fetches an object into a cache on a disk that is too small, and says what came of it. */
final class FetchOntoSmallDisk {

    private FetchOntoSmallDisk() {}

    public static void main(String[] args) throws Exception {
        Path cache = Path.of(args[0]);
        try (MinioObjectStore store = MinioObjectStore.open(S3Settings.of(args[1], args[2], args[3]), cache, 1 << 30)) {
            store.fetch(ObjectKey.parse(args[4]));
        } catch (IOException e) {
            System.out.println(e.getMessage());
        }
        try (Stream<Path> files = Files.walk(cache)) {
            System.out.println(
                    "files left: " + files.filter(Files::isRegularFile).count());
        }
    }
}

package io.heimdall.servers.s3;

import io.heimdall.files.DaemonThreads;
import io.minio.MinioClient;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;

/** The connections of one store, kept and used again, with two clients on them. Thread-safe. */
final class S3Connections implements AutoCloseable {

    /** Below this an upload counts as silent: a part has its timeout and the time it takes at this rate. */
    private static final long LEAST_BYTES_PER_SECOND = 64 << 10;

    private static final Duration CONNECT = Duration.ofSeconds(10);

    private final ExecutorService threads;
    private final OkHttpClient http;
    private final MinioClient client;
    private final MinioClient downloads;

    /**
     * Prepares them; none is opened yet.
     *
     * @param partBytes the longest body that is sent in one call
     */
    S3Connections(S3Settings settings, long partBytes) {
        this.threads = Executors.newCachedThreadPool(DaemonThreads.named("object-store"));
        Dispatcher dispatcher = new Dispatcher(threads);
        // More than there are permits: the client asks further questions (region, abort) from within a call.
        dispatcher.setMaxRequests(2 * settings.connections() + 2);
        dispatcher.setMaxRequestsPerHost(2 * settings.connections() + 2);
        Duration timeout = settings.timeout();
        OkHttpClient forDownloads = new OkHttpClient.Builder()
                .dispatcher(dispatcher)
                .connectionPool(new ConnectionPool(settings.connections(), 1, TimeUnit.MINUTES))
                .protocols(List.of(Protocol.HTTP_1_1))
                .connectTimeout(timeout.compareTo(CONNECT) < 0 ? timeout : CONNECT)
                .readTimeout(timeout)
                .writeTimeout(timeout)
                .build();
        this.http = forDownloads
                .newBuilder()
                .callTimeout(timeout.plusSeconds(partBytes / LEAST_BYTES_PER_SECOND))
                .build();
        this.client = client(settings, http);
        this.downloads = client(settings, forDownloads);
    }

    private static MinioClient client(S3Settings settings, OkHttpClient http) {
        MinioClient.Builder builder = MinioClient.builder()
                .endpoint(settings.endpoint().toString())
                .credentials(settings.accessKey(), settings.secretKey())
                .httpClient(http);
        settings.region().ifPresent(builder::region);
        return builder.build();
    }

    /** Whose calls all end, after the timeout and the time of a part. */
    MinioClient client() {
        return client;
    }

    /** Whose calls may take as long as bytes come. */
    MinioClient downloads() {
        return downloads;
    }

    /** Returns threads for what is read ahead. */
    Executor threads() {
        return threads;
    }

    /** Ends them; calls under way fail. Safe to call twice. */
    @Override
    public void close() {
        http.dispatcher().cancelAll();
        http.connectionPool().evictAll();
        threads.shutdown();
    }
}

package io.heimdall.app.service;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.MimeTypes;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;
import org.eclipse.jetty.util.UrlEncoded;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets a request in when its body has been received; until then, and when it is refused, the request costs no thread.
 *
 * <p>Whoever asks whether the service is alive or ready does not wait for the threads that others keep busy.
 */
final class FrontDoor extends Handler.Wrapper {
    private static final Logger LOG = LoggerFactory.getLogger(FrontDoor.class);
    private static final int SMALL = 64 << 10;
    private static final int MOST_IN_MEMORY_OF_RECORDINGS = 256 << 10;
    /** As much as so many requests with the largest recordings. */
    private static final int LARGEST_RECORDINGS = 16;

    private final ServiceLimits limits;
    private final Gate gate;
    private final Connections connections;
    private final Measurements measurements;
    private final Predicate<String> isQuick;
    private final Room memory;
    private final Room disk;

    /**
     * Makes a door.
     *
     * @param isQuick whether the answer to a path is known, so that a selector's thread may give it
     */
    FrontDoor(ServiceOptions options, Connections connections, Measurements measurements, Predicate<String> isQuick) {
        this.isQuick = isQuick;
        this.measurements = measurements;
        this.limits = options.limits();
        this.gate = new Gate(options);
        this.connections = connections;
        this.memory = new Room(Math.max(
                2 * limits.largestBody(),
                Math.min(256 << 20, Runtime.getRuntime().maxMemory() / 8)));
        this.disk = new Room(LARGEST_RECORDINGS * limits.largestRecordings());
    }

    /** Returns that a selector's thread may run it: what would have to wait is given to other threads. */
    @Override
    public InvocationType getInvocationType() {
        return InvocationType.NON_BLOCKING;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        boolean recordings = isMultipart(request);
        long most = most(request, recordings);
        Optional<Problem> refusal = refusal(request).or(() -> tooLarge(request, most));
        boolean waits = request.getHeaders().contains(HttpHeader.EXPECT); // sends nothing until it is told to
        if (refusal.isPresent() && (waits || !hasBody(request))) {
            refuse(refusal.get(), request, response, callback);
            return true;
        }
        if (!hasBody(request)) {
            if (isQuick.test(request.getHttpURI().getPath())) {
                return super.handle(request, response, callback);
            }
            request.getContext().execute(() -> letIn(request, response, callback));
            return true;
        }
        long mostInMemory = recordings ? Math.min(most, MOST_IN_MEMORY_OF_RECORDINGS) : most;
        ReceivedBody body = new ReceivedBody(request.getLength(), mostInMemory, memory, disk);
        request.setAttribute(ReceivedBody.ATTRIBUTE, body);
        Callback closing = Callback.from(callback, body::close);
        new BodyReceipt(request, most, body, refusal, new BodyReceipt.Next() {
                    @Override
                    public void whole() {
                        request.getContext().execute(() -> letIn(request, response, closing));
                    }

                    @Override
                    public void refused(Problem problem) {
                        refuse(problem, request, response, closing);
                    }

                    @Override
                    public void gone(Throwable failure) {
                        closing.failed(failure);
                    }
                })
                .run();
        return true;
    }

    private void refuse(Problem problem, Request request, Response response, Callback callback) {
        measurements.refused(request.getMethod(), problem.status());
        Answers.send(problem, request, response, callback);
    }

    private void letIn(Request request, Response response, Callback callback) {
        try {
            if (!super.handle(request, response, callback)) {
                Response.writeError(request, response, callback, 404);
            }
        } catch (Exception e) {
            LOG.error("a request could not be handled: {}", e.toString());
            Response.writeError(request, response, callback, 500);
        }
    }

    private Optional<Problem> refusal(Request request) {
        if (connections.isBeyondLimit(request.getConnectionMetaData().getConnection())) {
            return Optional.of(Problem.busy("there are " + connections.most() + " connections already", 5)
                    .with("Connection", "close"));
        }
        return gate.refusal(request).or(() -> badQuery(request)).or(() -> unknownCharset(request));
    }

    private static Optional<Problem> badQuery(Request request) {
        try {
            String query = request.getHttpURI().getQuery();
            if (query != null) {
                UrlEncoded.decodeUtf8To(query, new Fields());
            }
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of(Problem.badRequest("the query is not percent-encoded UTF-8"));
        }
    }

    private static Optional<Problem> unknownCharset(Request request) {
        String type = request.getHeaders().get(HttpHeader.CONTENT_TYPE);
        String charset = type == null ? null : MimeTypes.getCharsetFromContentType(type);
        try {
            if (charset == null || Charset.isSupported(charset)) {
                return Optional.empty();
            }
        } catch (IllegalCharsetNameException e) { // answered below
        }
        return Optional.of(
                new Problem(415, "Unsupported media type", "the charset of the Content-Type is not known; use UTF-8"));
    }

    private static Optional<Problem> tooLarge(Request request, long most) {
        return request.getLength() > most ? Optional.of(Problem.tooLarge(most)) : Optional.empty();
    }

    private long most(Request request, boolean recordings) {
        boolean predicts = request.getHttpURI().getPath().equals("/predict");
        if (predicts && recordings) {
            return limits.largestRecordings();
        }
        return predicts ? limits.largestBody() : Math.min(limits.largestBody(), SMALL);
    }

    private static boolean isMultipart(Request request) {
        String type = request.getHeaders().get(HttpHeader.CONTENT_TYPE);
        return type != null && type.toLowerCase(Locale.ROOT).startsWith("multipart/form-data");
    }

    private static boolean hasBody(Request request) {
        return request.getLength() > 0 || request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING);
    }
}

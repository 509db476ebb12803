package io.heimdall.app.service;

import java.nio.ByteBuffer;
import java.util.Map;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** Answers what the web server refuses by itself, such as a request that is no HTTP, by a problem document too. */
final class ProblemHandler extends ErrorHandler {

    ProblemHandler() {
        setShowStacks(false);
        setShowCauses(false);
        setCacheControl("no-store");
    }

    @Override
    public boolean errorPageForMethod(String method) {
        return true;
    }

    @Override
    protected void generateResponse(
            Request request, Response response, int code, String message, Throwable cause, Callback callback) {
        String path = request.getHttpURI() == null ? null : request.getHttpURI().getPath();
        Map<String, Object> document = new Problem(
                        code, String.valueOf(HttpStatus.getMessage(code)), "the web server cannot take this request")
                .document(path == null ? "/" : path);
        Problem.HARDENED.forEach(response.getHeaders()::put);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, Problem.CONTENT_TYPE);
        response.write(true, ByteBuffer.wrap(Answers.bytes(document)), callback);
    }
}

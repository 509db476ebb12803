package io.heimdall.tracking.mlflow;

import org.mlflow_project.google.protobuf.Message;

/**
 * A server that is called until it answers, a bounded number of times.
 *
 * @param connection for single calls
 * @param backoff between them
 */
record MlflowServer(MlflowConnection connection, Backoff backoff) {

    static MlflowServer of(MlflowSettings settings) {
        return new MlflowServer(new MlflowConnection(settings), Backoff.of(settings.attempts()));
    }

    <B extends Message.Builder> B get(String path, Message query, B answer) {
        return persist(path, again -> connection.get(path, query, cleared(answer)));
    }

    /** Posts what may be posted twice without harm. */
    <B extends Message.Builder> B post(String path, Message body, B answer) {
        return persist(path, again -> connection.post(path, body, cleared(answer)));
    }

    <T> T persist(String what, Backoff.Attempt<T> attempt) {
        return backoff.persist(connection.settings() + ": " + what, attempt);
    }

    /** Without what half an answer left there. */
    private static <B extends Message.Builder> B cleared(B answer) {
        answer.clear();
        return answer;
    }
}

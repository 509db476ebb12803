package io.heimdall.tracking.mlflow;

import io.heimdall.files.Attempts;
import io.heimdall.files.Backoff;
import io.heimdall.tracking.UnavailableException;
import java.io.IOException;
import java.time.Duration;
import org.mlflow_project.google.protobuf.Message;

/**
 * A server that is called until it answers, a bounded number of times.
 *
 * @param connection for single calls
 * @param backoff between them
 */
record MlflowServer(MlflowConnection connection, Backoff backoff) {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    /** What is tried. */
    interface Attempt<T> {

        /**
         * Does it once.
         *
         * @param again true if an attempt before failed, which may have done its work all the same
         * @throws IOException if it may be tried again
         */
        T run(boolean again) throws IOException, InterruptedException;
    }

    static MlflowServer of(MlflowSettings settings) {
        return new MlflowServer(
                new MlflowConnection(settings), Backoff.counted(settings.attempts(), FIRST_PAUSE, LONGEST_PAUSE));
    }

    <B extends Message.Builder> B get(String path, Message query, B answer) {
        return persist(path, again -> connection.get(path, query, cleared(answer)));
    }

    /** Posts what may be posted twice without harm. */
    <B extends Message.Builder> B post(String path, Message body, B answer) {
        return persist(path, again -> connection.post(path, body, cleared(answer)));
    }

    /** Returns what the first attempt that succeeds returns. */
    <T> T persist(String what, Attempt<T> attempt) {
        String call = connection.settings() + ": " + what;
        for (Attempts attempts = new Attempts(backoff); ; ) {
            try {
                return attempt.run(attempts.repeated());
            } catch (IOException e) {
                if (!attempts.again(PassingFault.wait(e))) {
                    throw unavailable(call, attempts, e);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new UnavailableException(call, call + ": interrupted", e);
            }
        }
    }

    private static UnavailableException unavailable(String call, Attempts attempts, IOException last) {
        String reason = last.getMessage() == null ? last.getClass().getSimpleName() : last.getMessage();
        return new UnavailableException(call, call + ": " + attempts + "; last: " + reason, last);
    }

    /** Without what half an answer left there. */
    private static <B extends Message.Builder> B cleared(B answer) {
        answer.clear();
        return answer;
    }
}

package io.heimdall.pipeline.prediction;

import io.heimdall.dataset.Session;
import java.util.List;

/**
 * Takes the answers for one session after another, each as soon as it is known.
 *
 * @param <A> an answer
 * @param <X> how taking it fails
 */
public interface AnswerConsumer<A, X extends Exception> {

    /**
     * Takes all answers for a session.
     *
     * @param answers none where nothing locates the session; several of a model that answers for each recording
     */
    void accept(Session session, List<A> answers) throws X;
}

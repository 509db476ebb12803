package io.heimdall.app.jobs;

/** A subscription to the changes of a job. Closing it ends it. */
public interface JobSubscription extends AutoCloseable {

    @Override
    void close();
}

package io.heimdall.app.jobs;

/** A listener's stay; closing it ends it. */
public interface JobSubscription extends AutoCloseable {

    @Override
    void close();
}

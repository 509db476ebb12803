package io.heimdall.pipeline;

/** A training or an evaluation cannot go on; the message says why and what to do. */
public class PipelineException extends RuntimeException {

    /** Makes one with a message for the user. */
    public PipelineException(String message) {
        super(message);
    }

    /** Makes one with a message for the user and the cause behind it. */
    public PipelineException(String message, Throwable cause) {
        super(message, cause);
    }
}

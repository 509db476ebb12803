package io.heimdall.tracking.mlflow;

import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/** The body of an answer in memory, given up when it grows too long. */
final class LimitedBody implements BodySubscriber<byte[]> {
    private final BodySubscriber<byte[]> bytes = BodySubscribers.ofByteArray();
    private final long largest;
    private long length;
    private Flow.Subscription subscription;

    LimitedBody(long largest) {
        this.largest = largest;
    }

    @Override
    public CompletionStage<byte[]> getBody() {
        return bytes.getBody();
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = given;
        bytes.onSubscribe(given);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        length += buffers.stream().mapToLong(ByteBuffer::remaining).sum();
        if (length > largest) {
            subscription.cancel();
            bytes.onError(new IOException("the answer is longer than " + largest + " bytes"));
        } else {
            bytes.onNext(buffers);
        }
    }

    @Override
    public void onError(Throwable fault) {
        bytes.onError(fault);
    }

    @Override
    public void onComplete() {
        bytes.onComplete();
    }
}

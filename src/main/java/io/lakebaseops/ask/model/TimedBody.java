package io.lakebaseops.ask.model;

import io.lakebaseops.domain.Deadline;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// The body of an HTTP response, read as it comes: no read outlasts the deadline, and no body is
/// larger than is said.
final class TimedBody extends InputStream implements BodySubscriber<TimedBody> {
    private static final ByteBuffer END = ByteBuffer.allocate(0);

    private final Deadline deadline;
    private final long most;
    private final LinkedBlockingQueue<ByteBuffer> chunks = new LinkedBlockingQueue<>();
    private final CompletableFuture<Flow.Subscription> subscription = new CompletableFuture<>();
    private volatile @Nullable Throwable broken;
    private volatile boolean closed;
    private ByteBuffer current = END;
    private boolean ended;
    private long read;

    TimedBody(Deadline deadline, long most) {
        this.deadline = deadline;
        this.most = most;
    }

    @Override
    public CompletionStage<TimedBody> getBody() {
        return CompletableFuture.completedStage(this);
    }

    @Override
    public void onSubscribe(Flow.Subscription s) {
        subscription.complete(s);
        if (closed) {
            s.cancel();
        } else {
            s.request(1);
        }
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        buffers.stream().filter(ByteBuffer::hasRemaining).forEach(chunks::add);
        subscription.thenAccept(s -> s.request(1));
    }

    @Override
    public void onError(Throwable e) {
        broken = e;
        chunks.add(END);
    }

    @Override
    public void onComplete() {
        chunks.add(END);
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!current.hasRemaining() && !ended) {
            current = next();
            ended = current == END;
        }
        if (ended) {
            return -1;
        }
        int n = Math.min(length, current.remaining());
        current.get(into, from, n);
        read += n;
        if (read > most) {
            close();
            throw new IOException("the answer is longer than %,d bytes".formatted(most));
        }
        return n;
    }

    private ByteBuffer next() throws IOException {
        ByteBuffer next;
        try {
            next = chunks.poll(deadline.remaining().toMillis() + 1, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            close();
            throw new InterruptedIOException("stopped");
        }
        if (closed || next == null) {
            close();
            throw new IOException(closed ? "stopped" : "the rest did not come in time");
        }
        var why = broken;
        if (next == END && why != null) {
            throw new IOException("the connection broke off", why);
        }
        return next;
    }

    /// Ends a read that waits, from any thread.
    @Override
    public void close() {
        closed = true;
        subscription.thenAccept(Flow.Subscription::cancel);
        chunks.add(END);
    }
}

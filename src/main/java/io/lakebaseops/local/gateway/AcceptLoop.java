package io.lakebaseops.local.gateway;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/// Accepts connections until its listener is closed, whatever happens meanwhile. When the machine
/// has no memory or no file descriptors left it waits for others to give some back, and says so
/// once a minute.
final class AcceptLoop implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(AcceptLoop.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);
    private static final Duration SAY_AGAIN = Duration.ofMinutes(1);

    /// Where connections come from; a `ServerSocketChannel`.
    @FunctionalInterface
    interface Source {
        SocketChannel accept() throws IOException;
    }

    private final String name;
    private final Source source;
    private final Consumer<SocketChannel> taker;
    private final LongConsumer pause;
    private long pauseNanos = FIRST_PAUSE.toNanos();
    private long said = System.nanoTime() - SAY_AGAIN.toNanos();

    AcceptLoop(String name, Source source, Consumer<SocketChannel> taker) {
        this(name, source, taker, LockSupport::parkNanos);
    }

    /// @param pause sleeps for so many nanoseconds
    AcceptLoop(String name, Source source, Consumer<SocketChannel> taker, LongConsumer pause) {
        this.name = name;
        this.source = source;
        this.taker = taker;
        this.pause = pause;
    }

    @Override
    public void run() {
        boolean listening = true;
        while (listening) {
            try {
                taker.accept(source.accept());
                pauseNanos = FIRST_PAUSE.toNanos();
            } catch (ClosedChannelException _) {
                listening = false;
            } catch (IOException | RuntimeException | Error e) { // boundary: see above
                wait(e);
            }
        }
    }

    /// Waits first: memory may be back when it is needed to speak.
    private void wait(Throwable trouble) {
        pause.accept(pauseNanos);
        pauseNanos = Math.min(2 * pauseNanos, LONGEST_PAUSE.toNanos());
        long now = System.nanoTime();
        if (now - said >= SAY_AGAIN.toNanos()) {
            said = now;
            LOG.warn(
                    "{} cannot accept connections and tries again; said once in {} s",
                    name,
                    TimeUnit.NANOSECONDS.toSeconds(SAY_AGAIN.toNanos()),
                    trouble);
        }
    }
}

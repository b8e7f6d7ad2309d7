package io.lakebaseops.local.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;

import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A machine without file descriptors or memory: the loop pauses, speaks once, and goes on.
final class AcceptLoopTest {
    private final Deque<Throwable> troubles = new ArrayDeque<>();
    private final List<Long> pauses = new ArrayList<>();
    private int taken;

    @Test
    void it_outlives_every_trouble_pauses_longer_each_time_and_speaks_once() {
        for (int i = 0; i < 500; i++) {
            troubles.add(new IOException("Too many open files"));
        }
        troubles.add(new OutOfMemoryError("Java heap space"));
        troubles.add(new IllegalStateException("anything"));
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        // Another class of this process may just be starting the logging.
        Logger logger =
                (Logger)
                        await().until(
                                        () -> LoggerFactory.getLogger(AcceptLoop.class),
                                        Logger.class::isInstance);
        log.start();
        logger.addAppender(log);
        try {
            new AcceptLoop("gateway-ep-of-this-test", this::accept, _ -> taken++, pauses::add)
                    .run();
        } finally {
            logger.detachAppender(log);
        }
        assertThat(taken).isEqualTo(2);
        assertThat(log.list)
                .filteredOn(e -> e.getFormattedMessage().contains("gateway-ep-of-this-test"))
                .hasSize(1);
        assertThat(pauses).hasSize(502).startsWith(millis(50), millis(100), millis(200));
        assertThat(pauses.stream().mapToLong(Long::longValue).max()).hasValue(millis(1000));
        // In a second of such troubles it tries a handful of times, not ten thousand.
        assertThat(pauses.stream().mapToLong(Long::longValue).sum())
                .isGreaterThan(Duration.ofMinutes(8).toNanos());
    }

    private static long millis(long count) {
        return TimeUnit.MILLISECONDS.toNanos(count);
    }

    /// Troubles first, then two clients, then the listener is closed.
    private SocketChannel accept() throws IOException {
        Throwable trouble = troubles.pollFirst();
        switch (trouble) {
            case null -> {
                if (taken == 2) {
                    throw new ClosedChannelException();
                }
                return SocketChannel.open();
            }
            case IOException e -> throw e;
            case Error e -> throw e;
            case RuntimeException e -> throw e;
            default -> throw new AssertionError(trouble);
        }
    }
}

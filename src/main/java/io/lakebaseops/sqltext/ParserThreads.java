package io.lakebaseops.sqltext;

import io.lakebaseops.sqltext.parser.Grammar;

import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/// The threads that parse: few, with a large stack.
///
/// A second parser, with 40 MiB of its own, is made only while the first is busy. A thread that had
/// nothing to do for a while ends, and a parser goes with it.
final class ParserThreads {
    /// Left-deep chains (`a || b || …`) are as deep as they are long; 256 kB of them fit.
    private static final long STACK = 64L << 20;

    private static final int THREADS = 2;
    private static final long IDLE_MINUTES = 5;

    private final ThreadPoolExecutor threads;
    private final Deque<Grammar> idle = new ConcurrentLinkedDeque<>();

    ParserThreads() {
        threads =
                new ThreadPoolExecutor(
                        0,
                        THREADS,
                        IDLE_MINUTES,
                        TimeUnit.MINUTES,
                        new SynchronousQueue<>(),
                        this::thread,
                        ParserThreads::waitForOne);
    }

    /// All are busy: the caller waits until one takes its work.
    private static void waitForOne(Runnable work, ThreadPoolExecutor pool) {
        boolean interrupted = false;
        while (true) {
            try {
                pool.getQueue().put(work);
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private Thread thread(Runnable work) {
        Runnable untilIdle =
                () -> {
                    work.run();
                    idle.pollLast();
                };
        var thread = new Thread(null, untilIdle, "sql-parser", STACK);
        thread.setDaemon(true);
        return thread;
    }

    /// Waits for the answer even when interrupted: a parse has a limit of steps and always ends.
    <T> T with(Function<Grammar, T> work) {
        return result(threads.submit(() -> parsed(work)));
    }

    void start() {
        threads.execute(() -> parsed(_ -> true));
    }

    private <T> T parsed(Function<Grammar, T> work) {
        var known = idle.pollFirst();
        var grammar = known == null ? new Grammar() : known;
        var answer = work.apply(grammar);
        if (grammar.usable()) {
            idle.addFirst(grammar);
        }
        return answer;
    }

    private static <T> T result(Future<T> work) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return work.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (ExecutionException e) {
                    throw new IllegalStateException("The SQL parser failed", e.getCause());
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}

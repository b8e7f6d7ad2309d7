package io.lakebaseops.sqltext;

import io.lakebaseops.sqltext.parser.Grammar;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/// The threads that parse: few, with a large stack, each with a parser of its own.
///
/// A thread that had nothing to do for a while ends and gives the 40 MiB of its parser back.
final class ParserThreads {
    /// Left-deep chains (`a || b || …`) are as deep as they are long; 256 kB of them fit.
    private static final long STACK = 64L << 20;

    private static final int THREADS = 2;
    private static final long IDLE_MINUTES = 5;

    private final ThreadPoolExecutor threads;
    private final ThreadLocal<@Nullable Grammar> grammar = new ThreadLocal<>();

    ParserThreads() {
        threads =
                new ThreadPoolExecutor(
                        THREADS,
                        THREADS,
                        IDLE_MINUTES,
                        TimeUnit.MINUTES,
                        new LinkedBlockingQueue<>(),
                        ParserThreads::thread);
        threads.allowCoreThreadTimeOut(true);
    }

    private static Thread thread(Runnable work) {
        var thread = new Thread(null, work, "sql-parser", STACK);
        thread.setDaemon(true);
        return thread;
    }

    /// Waits for the answer even when interrupted: a parse has a limit of steps and always ends.
    <T> T with(Function<Grammar, T> work) {
        return result(threads.submit(() -> work.apply(mine())));
    }

    void start() {
        threads.execute(this::mine);
    }

    private Grammar mine() {
        var mine = grammar.get();
        if (mine == null || !mine.usable()) {
            mine = new Grammar();
            grammar.set(mine);
        }
        return mine;
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

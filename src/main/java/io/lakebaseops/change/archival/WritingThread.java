package io.lakebaseops.change.archival;

import io.lakebaseops.postgres.CopiedRows;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;

/// Stores rows in a thread of its own, while the next ones are still being read.
final class WritingThread implements CopiedRows, AutoCloseable {
    private static final int ROWS = 1_024;
    private static final int BATCHES = 8;
    private static final long BATCH_BYTES = 4L << 20;

    private final ColdStore.Writing into;
    private final BlockingQueue<Batch> batches = new ArrayBlockingQueue<>(BATCHES);
    private final Thread thread;
    private Batch batch = new Batch();
    private volatile @Nullable Throwable failure;

    WritingThread(ColdStore.Writing into) {
        this.into = into;
        this.thread = Thread.ofVirtual().name("archive-writer").start(this::work);
    }

    private static final class Batch {
        private final byte[][] rows = new byte[ROWS][];
        private final int[] from = new int[ROWS];
        private int count;
        private long bytes;
        private boolean last;
    }

    @Override
    public void row(byte[] bytes, int from, int length) {
        batch.rows[batch.count] = bytes;
        batch.from[batch.count] = from;
        batch.count++;
        batch.bytes += length;
        if (batch.count == ROWS || batch.bytes > BATCH_BYTES) {
            handOver();
        }
    }

    private void handOver() {
        try {
            batches.put(batch);
            batch = new Batch();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while rows were archived");
        }
    }

    private void work() {
        try {
            for (var next = batches.take(); ; next = batches.take()) {
                // After a failure the reader must still be able to get rid of its rows.
                if (failure == null) {
                    store(next);
                }
                if (next.last) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            // The reader gave up: nothing of this is committed.
            failure = new IllegalStateException("interrupted while rows were stored", e);
        }
    }

    private void store(Batch rows) {
        try {
            for (int i = 0; i < rows.count; i++) {
                into.row(rows.rows[i], rows.from[i], rows.rows[i].length - rows.from[i]);
            }
        } catch (Throwable e) { // an Error, too, or the reader would wait for room without end
            failure = e;
        }
    }

    /// Waits until everything is with the store.
    void finish() {
        batch.last = true;
        handOver();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while rows were archived");
        }
        switch (failure) {
            case null -> {}
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            case Throwable e -> throw new IllegalStateException("Rows were not stored", e);
        }
    }

    /// Ends the thread, whatever it was doing.
    @Override
    public void close() {
        thread.interrupt();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

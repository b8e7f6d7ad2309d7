package io.lakebaseops.platform;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.time.Duration;

/// Repeats what Windows refuses while another process has the file open. Unix renames and deletes
/// such files; there a virus scanner, an indexer or a process that is just ending is in the way for
/// a moment.
public final class FileInUse {
    private static final Duration LONGEST = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofMillis(20);

    private FileInUse() {}

    /// Renames or deletes.
    @FunctionalInterface
    public interface Work {
        void run() throws IOException;
    }

    public static void outwait(Work work) throws IOException {
        outwait(OperatingSystem.current(), LONGEST, work);
    }

    static void outwait(OperatingSystem system, Duration longest, Work work) throws IOException {
        long end = System.nanoTime() + longest.toNanos();
        while (true) {
            try {
                work.run();
                return;
            } catch (FileSystemException e) {
                if (system != OperatingSystem.WINDOWS || permanent(e) || System.nanoTime() > end) {
                    throw e;
                }
            }
            try {
                Thread.sleep(PAUSE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted while a file was in use");
            }
        }
    }

    /// Waiting does not change it.
    private static boolean permanent(FileSystemException e) {
        return e instanceof NoSuchFileException
                || e instanceof FileAlreadyExistsException
                || e instanceof NotDirectoryException;
    }
}

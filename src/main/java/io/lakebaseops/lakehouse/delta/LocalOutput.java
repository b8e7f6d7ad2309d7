package io.lakebaseops.lakehouse.delta;

import io.delta.kernel.defaults.engine.fileio.OutputFile;
import io.delta.kernel.defaults.engine.fileio.PositionOutputStream;
import io.delta.kernel.utils.CloseableIterator;
import io.lakebaseops.platform.OwnerOnly;
import io.lakebaseops.platform.PrivateFiles;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

/// Writes a file that appears on the disk whole or not at all, and only if nobody was first.
///
/// It is written under a hidden name, forced to the disk, then linked to its real name: creating a
/// hard link fails when the name exists, on every operating system and between processes.
record LocalOutput(String path, Path file, Clock clock, boolean forced) implements OutputFile {

    @Override
    public PositionOutputStream create(boolean putIfAbsent) throws IOException {
        return new Stream(this, putIfAbsent);
    }

    @Override
    public void writeAtomically(CloseableIterator<String> lines, boolean overwrite)
            throws IOException {
        var scratch = scratch(file);
        try (lines;
                var channel = open(scratch)) {
            var out = new BufferedOutputStream(Channels.newOutputStream(channel));
            while (lines.hasNext()) {
                out.write(lines.next().getBytes(StandardCharsets.UTF_8));
                out.write('\n');
            }
            out.flush();
            force(channel);
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(scratch);
            throw e;
        }
        publish(scratch, file, overwrite, clock.instant());
    }

    private void force(FileChannel channel) throws IOException {
        if (forced) {
            channel.force(true);
        }
    }

    /// A name beside the target that listings pass over.
    static Path scratch(Path target) {
        return target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID());
    }

    /// Makes the directory if need be; a sweep may take an empty one away in between, hence twice.
    private static FileChannel open(Path scratch) throws IOException {
        var folder = Objects.requireNonNull(scratch.getParent(), "a scratch file has a folder");
        try {
            OwnerOnly.makeFolder(folder);
            return OwnerOnly.open(scratch, StandardOpenOption.CREATE_NEW);
        } catch (NoSuchFileException _) {
            OwnerOnly.makeFolder(folder);
            return OwnerOnly.open(scratch, StandardOpenOption.CREATE_NEW);
        }
    }

    static void publish(Path scratch, Path target, boolean overwrite, Instant at)
            throws IOException {
        Files.setLastModifiedTime(scratch, FileTime.from(at));
        if (overwrite) {
            PrivateFiles.move(scratch, target);
            return;
        }
        try {
            Files.createLink(target, scratch);
        } catch (UnsupportedOperationException e) {
            throw new IOException("The file system of " + target + " knows no hard links", e);
        } finally {
            Files.deleteIfExists(scratch);
        }
    }

    private static final class Stream extends PositionOutputStream {
        private final LocalOutput owner;
        private final boolean putIfAbsent;
        private final Path scratch;
        private final FileChannel channel;
        private final OutputStream out;
        private long position;
        private boolean closed;

        Stream(LocalOutput owner, boolean putIfAbsent) throws IOException {
            this.owner = owner;
            this.putIfAbsent = putIfAbsent;
            this.scratch = scratch(owner.file);
            this.channel = open(scratch);
            this.out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
        }

        @Override
        public void write(int b) throws IOException {
            out.write(b);
            position++;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
            position += length;
        }

        @Override
        public long getPos() {
            return position;
        }

        @Override
        public void flush() throws IOException {
            out.flush();
        }

        @Override
        public void close() throws IOException {
            if (closed) {
                return;
            }
            closed = true;
            out.flush();
            owner.force(channel);
            channel.close();
            publish(scratch, owner.file, !putIfAbsent, owner.clock.instant());
        }
    }
}

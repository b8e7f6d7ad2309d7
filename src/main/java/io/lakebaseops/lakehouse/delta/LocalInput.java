package io.lakebaseops.lakehouse.delta;

import io.delta.kernel.defaults.engine.fileio.InputFile;
import io.delta.kernel.defaults.engine.fileio.SeekableInputStream;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// Reads a file of a table, forwards and with jumps.
record LocalInput(String path, Path file, long length) implements InputFile {

    @Override
    public SeekableInputStream newStream() throws IOException {
        try {
            return new Stream(FileChannel.open(file));
        } catch (NoSuchFileException e) {
            var missing = new FileNotFoundException(path);
            missing.initCause(e);
            throw missing;
        }
    }

    /// Buffered, because Kernel reads the JSON log byte by byte.
    private static final class Stream extends SeekableInputStream {
        private final FileChannel channel;
        private final ByteBuffer buffer = ByteBuffer.allocate(1 << 15).limit(0);

        Stream(FileChannel channel) {
            this.channel = channel;
        }

        private boolean fill() throws IOException {
            buffer.clear();
            int read = channel.read(buffer);
            buffer.flip();
            return read > 0;
        }

        @Override
        public int read() throws IOException {
            return buffer.hasRemaining() || fill() ? buffer.get() & 0xff : -1;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            if (!buffer.hasRemaining()) {
                if (length >= buffer.capacity()) {
                    return channel.read(ByteBuffer.wrap(bytes, offset, length));
                }
                if (!fill()) {
                    return -1;
                }
            }
            int n = Math.min(length, buffer.remaining());
            buffer.get(bytes, offset, n);
            return n;
        }

        @Override
        public void readFully(byte[] bytes, int offset, int length) throws IOException {
            int done = 0;
            while (done < length) {
                int n = read(bytes, offset + done, length - done);
                if (n < 0) {
                    throw new EOFException("File ended " + (length - done) + " bytes early");
                }
                done += n;
            }
        }

        @Override
        public long getPos() throws IOException {
            return channel.position() - buffer.remaining();
        }

        @Override
        public void seek(long position) throws IOException {
            channel.position(position);
            buffer.limit(0);
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}

package io.lakebaseops.change.audit;

import io.lakebaseops.domain.Sha256;
import io.lakebaseops.platform.PrivateFiles;
import io.lakebaseops.state.StateJson;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// The chain heads this console saw, in a file of its home: one file per state database.
///
/// What was seen since the last good verification stays until the next one, so that a chain which
/// was set back cannot grow past the memory of it.
final class HeadFile {
    private static final Logger LOG = LoggerFactory.getLogger(HeadFile.class);

    /// Heads since the last verification; of more, the oldest and the newest are kept.
    private static final int MOST = 200;

    private final Path file;

    /// Of this process: a lock on a file is held by a process, not by a thread.
    private final Object turn = new Object();

    /// @param folder of this console alone
    /// @param database names the state database, the same at every start
    HeadFile(Path folder, String database) {
        file = folder.resolve("heads-" + Sha256.hex(database).substring(0, 16) + ".json");
    }

    /// @param verified up to here everything was found right; null before the first time
    record Seen(@Nullable ChainHead verified, List<ChainHead> since) {
        static final Seen NOTHING = new Seen(null, List.of());

        Seen {
            since = List.copyOf(since);
        }

        List<ChainHead> all() {
            return Stream.concat(Stream.ofNullable(verified), since.stream()).toList();
        }

        Seen with(ChainHead head) {
            var more = new ArrayList<>(since);
            if (more.size() >= MOST) {
                more.removeLast();
            }
            more.add(head);
            return new Seen(verified, more);
        }
    }

    Seen seen() throws Unreadable {
        try {
            return read();
        } catch (IOException | IllegalArgumentException e) {
            throw new Unreadable(
                    "the ends of the chain seen earlier cannot be read from %s: remove it, and the"
                                    .formatted(file)
                            + " chain is compared with the history alone",
                    e);
        }
    }

    /// The file is there, but nobody can tell what it remembers.
    static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1L;

        Unreadable(String why, Exception cause) {
            super(why, cause);
        }

        @Override
        public String getMessage() {
            return String.valueOf(super.getMessage());
        }
    }

    /// What was appended must not fail because of it.
    void appended(ChainHead head) {
        change("appended", seen -> seen.with(head));
    }

    /// Everything seen up to here is on the chain; what other threads appended meanwhile is kept.
    void verified(ChainHead head) {
        change(
                "verified",
                seen ->
                        new Seen(
                                head,
                                seen.since().stream().filter(s -> s.seq() > head.seq()).toList()));
    }

    private void change(String what, UnaryOperator<Seen> change) {
        synchronized (turn) {
            try {
                Files.createDirectories(file.toAbsolutePath().getParent());
                try (var lock = lock()) {
                    var _ = lock.lock();
                    write(StateJson.write(change.apply(read())));
                }
            } catch (IOException | IllegalArgumentException e) {
                LOG.warn("The {} end of the audit chain is not kept in {}", what, file, e);
            }
        }
    }

    private FileChannel lock() throws IOException {
        return FileChannel.open(
                file.resolveSibling("heads.lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
    }

    private Seen read() throws IOException {
        return Files.exists(file)
                ? StateJson.read(Files.readString(file), Seen.class)
                : Seen.NOTHING;
    }

    private void write(String json) throws IOException {
        var fresh = file.resolveSibling(file.getFileName() + ".new");
        try (var out =
                FileChannel.open(
                        fresh,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.TRUNCATE_EXISTING)) {
            var bytes = ByteBuffer.wrap(json.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
            out.force(true);
        }
        PrivateFiles.move(fresh, file);
    }
}

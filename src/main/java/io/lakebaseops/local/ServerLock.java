package io.lakebaseops.local;

import io.lakebaseops.platform.OwnerOnly;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/// The lock that says which process runs the server of a directory. Whoever holds the operating
/// system's lock on `server.lock`, which a killed process gives back by dying.
record ServerLock(FileChannel channel) implements AutoCloseable {

    /// Takes the directory; empty when a server has it, in this process or another.
    static Optional<ServerLock> take(Path dir, String token, String user) throws IOException {
        // Closing any channel on a file drops all locks this process has on it (POSIX). The lock
        // file is therefore not even opened when this very process is the server.
        Optional<ServerCard> card = ServerCard.read(dir);
        if (card.isPresent() && card.get().ofThisProcess()) {
            return Optional.empty();
        }
        FileChannel channel = OwnerOnly.open(dir.resolve("server.lock"), StandardOpenOption.CREATE);
        if (channel.tryLock() == null) {
            channel.close();
            return Optional.empty();
        }
        new ServerCard(ServerCard.thisProcess(), null, token, user).write(dir);
        return Optional.of(new ServerLock(channel));
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}

package io.lakebaseops.local.compute;

import io.lakebaseops.local.compute.server.ChildEnvironment;
import io.lakebaseops.local.compute.server.ComputeException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// Stops the servers of a process that was killed. A shell waits at the end of a pipe from that
/// process; when the pipe closes it runs this class, which stops what nobody uses any more. A
/// process that leaves in good order dismisses its shell before.
///
/// Where there is no shell, or no `java` beside the running one, the next start cleans up instead.
final class OrphanReaper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OrphanReaper.class);
    private static final Duration STOP = Duration.ofSeconds(10);

    /// Deaf to the signals of the terminal, which go to the whole group.
    private static final String WAIT = "trap '' INT HUP; cat >/dev/null; exec \"$@\"";

    private final Process shell;

    private OrphanReaper(Process shell) {
        this.shell = shell;
    }

    /// What is looked after: the room of a directory, the state server in it, or a server that goes
    /// with its files.
    enum Charge {
        ROOM,
        STATE,
        SCRATCH
    }

    static Optional<OrphanReaper> waiting(Charge charge, Path dir) {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        Path sh = Path.of("/bin/sh");
        if (!Files.isExecutable(java) || !Files.isExecutable(sh)) {
            return Optional.empty();
        }
        var command =
                new ProcessBuilder(
                                sh.toString(),
                                "-c",
                                WAIT,
                                "lakebaseops-janitor",
                                java.toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+UseSerialGC",
                                "-Xmx64m",
                                "--enable-native-access=ALL-UNNAMED",
                                OrphanReaper.class.getName(),
                                charge.name(),
                                dir.toString())
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(ProcessBuilder.Redirect.DISCARD);
        ChildEnvironment.cleared(command);
        command.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        try {
            return Optional.of(new OrphanReaper(command.start()));
        } catch (IOException e) {
            LOG.debug("Nobody will clean up in {} if this process is killed", dir, e);
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        shell.descendants().forEach(ProcessHandle::destroyForcibly);
        shell.destroyForcibly();
    }

    static void main(String[] args) throws Exception {
        Path dir = Path.of(args[1]);
        switch (Charge.valueOf(args[0])) {
            case ROOM -> room(dir);
            case STATE -> StateServer.stopIfUnused(dir, STOP);
            case SCRATCH -> ScratchServer.remove(dir);
        }
    }

    private static void room(Path dir) throws IOException {
        if (!Files.isDirectory(dir)) {
            return;
        }
        try (var _ = RoomLock.takeToClean(dir)) {
            new BranchPlaces(dir.resolve("branches")).left(STOP);
        } catch (ComputeException inUse) {
            LOG.debug("{} has a new user, who cleans up", dir, inUse);
        }
    }
}

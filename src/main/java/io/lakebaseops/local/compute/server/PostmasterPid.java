package io.lakebaseops.local.compute.server;

import io.lakebaseops.platform.ProcessLiveness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads the `postmaster.pid` of a data directory and tells whether that process really is its
/// postmaster.
///
/// Lines of the file (PostgreSQL source, `miscadmin.h`): pid, data directory, start time, port,
/// socket directory, listen address, shared memory key, status (`starting`, `ready`, …).
public record PostmasterPid(long pid, Path dataDir, Instant started, String status) {
    /// Between the start of the process and the moment that the server writes down.
    private static final Duration START = Duration.ofSeconds(30);

    public static Optional<PostmasterPid> read(Path dataDir) {
        try {
            List<String> lines = Files.readAllLines(dataDir.resolve("postmaster.pid"));
            if (lines.isEmpty() || lines.getFirst().isBlank()) {
                return Optional.empty();
            }
            String status = lines.size() > 7 ? lines.get(7).strip() : "starting";
            Instant started =
                    lines.size() > 2
                            ? Instant.ofEpochSecond(Long.parseLong(lines.get(2).strip()))
                            : Instant.EPOCH;
            long pid = Long.parseLong(lines.getFirst().strip());
            return Optional.of(new PostmasterPid(pid, dataDir, started, status));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new ComputeException("postmaster.pid of " + dataDir + " cannot be read", e);
        }
    }

    /// Whether the process ended but was not collected by its parent yet. The next server takes it
    /// for running and refuses to start; the first process of a container may never collect.
    private boolean ended() {
        return ProcessHandle.of(pid)
                .filter(process -> process.isAlive() && !ProcessLiveness.is(process))
                .isPresent();
    }

    /// Writes a process id that nobody has over that of a server that ended. The rest stays: the
    /// next server still sees whether somebody uses the old one's shared memory.
    static void forgetEnded(Path dataDir) throws IOException {
        if (read(dataDir).filter(PostmasterPid::ended).isEmpty()) {
            return;
        }
        Path file = dataDir.resolve("postmaster.pid");
        List<String> lines = new ArrayList<>(Files.readAllLines(file));
        lines.set(0, Integer.toString(Integer.MAX_VALUE));
        Files.write(file, lines);
    }

    boolean ready() {
        return status.equals("ready");
    }

    /// The live process, if it is a postgres that was started on this data directory. Process ids
    /// are used again, so the file alone is no reason to kill anything.
    public Optional<ProcessHandle> process() {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .filter(process -> isOurs(process.info()));
    }

    private boolean isOurs(ProcessHandle.Info process) {
        return process.commandLine()
                .map(line -> line.contains("postgres") && line.contains(dataDir.toString()))
                .orElseGet(
                        () ->
                                startedAsServer(
                                        process.command().orElse(""),
                                        process.startInstant().orElse(Instant.MAX)));
    }

    /// Windows tells no command lines: there it is the program and when it was started. Others that
    /// were started in that half minute cannot have this id, too.
    boolean startedAsServer(String program, Instant at) {
        return program.endsWith("postgres.exe")
                && !at.isBefore(started.minus(START))
                && !at.isAfter(started.plus(START));
    }
}

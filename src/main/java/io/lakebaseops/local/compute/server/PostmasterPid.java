package io.lakebaseops.local.compute.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Reads the `postmaster.pid` of a data directory and tells whether that process really is its
/// postmaster.
///
/// Lines of the file (PostgreSQL source, `miscadmin.h`): pid, data directory, start time, port,
/// socket directory, listen address, shared memory key, status (`starting`, `ready`, …).
public record PostmasterPid(long pid, Path dataDir, String status) {

    public static Optional<PostmasterPid> read(Path dataDir) {
        try {
            List<String> lines = Files.readAllLines(dataDir.resolve("postmaster.pid"));
            if (lines.isEmpty() || lines.getFirst().isBlank()) {
                return Optional.empty();
            }
            String status = lines.size() > 7 ? lines.get(7).strip() : "starting";
            return Optional.of(
                    new PostmasterPid(Long.parseLong(lines.getFirst().strip()), dataDir, status));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new ComputeException("postmaster.pid of " + dataDir + " cannot be read", e);
        }
    }

    boolean ready() {
        return status.equals("ready");
    }

    /// The live process, if it is a postgres that was started on this data directory. Process ids
    /// are used again, so the file alone is no reason to kill anything.
    public Optional<ProcessHandle> process() {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .filter(
                        process -> {
                            String line = process.info().commandLine().orElse("");
                            return line.contains("postgres") && line.contains(dataDir.toString());
                        });
    }
}

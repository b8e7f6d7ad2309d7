package io.lakebaseops.local.compute.server;

import io.lakebaseops.local.compute.files.FileTree;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Starts, stops and watches the server of one data directory.
public final class Postmaster {
    private static final Logger LOG = LoggerFactory.getLogger(Postmaster.class);
    private static final Duration POLL = Duration.ofMillis(5);
    private static final int LOG_TAIL = 5;

    private final Path dataDir;
    private final ProcessHandle process;

    private Postmaster(Path dataDir, ProcessHandle process) {
        this.dataDir = dataDir;
        this.process = process;
    }

    /// Starts `postgres` and returns when it accepts connections.
    public static Postmaster start(
            PostgresBinaries binaries, Path dataDir, Path log, Duration timeout) {
        clearStatistics(dataDir);
        try {
            Process process =
                    ChildEnvironment.cleared(
                                    new ProcessBuilder(
                                            Unprivileged.command(
                                                    binaries.bin("postgres").toString(),
                                                    "-D",
                                                    dataDir.toString())))
                            .redirectInput(
                                    ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                            .redirectErrorStream(true)
                            .redirectOutput(log.toFile())
                            .start();
            Postmaster postmaster = new Postmaster(dataDir, process.toHandle());
            postmaster.awaitReady(log, timeout);
            return postmaster;
        } catch (IOException e) {
            throw new ComputeException("PostgreSQL cannot be started on " + dataDir, e);
        }
    }

    /// Starts `postgres` in a session of its own, so that it outlives this process and its
    /// terminal.
    public static Postmaster startDetached(
            PostgresBinaries binaries, Path dataDir, Path log, Duration timeout) {
        try {
            Process starter =
                    ChildEnvironment.cleared(
                                    new ProcessBuilder(
                                            Unprivileged.command(
                                                    binaries.bin("pg_ctl").toString(),
                                                    "start",
                                                    "--no-wait",
                                                    "--silent",
                                                    "--pgdata=" + dataDir,
                                                    "--log=" + log)))
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
            starter.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS);
            long deadline = System.nanoTime() + timeout.toNanos();
            while (System.nanoTime() < deadline) {
                var running = PostmasterPid.read(dataDir).flatMap(PostmasterPid::process);
                if (running.isPresent()) {
                    Postmaster postmaster = new Postmaster(dataDir, running.get());
                    postmaster.awaitReady(log, timeout);
                    return postmaster;
                }
                Thread.sleep(POLL);
            }
            throw new ComputeException("PostgreSQL did not start on " + dataDir + tail(log));
        } catch (IOException e) {
            throw new ComputeException("PostgreSQL cannot be started on " + dataDir, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ComputeException("Interrupted while PostgreSQL started on " + dataDir, e);
        }
    }

    /// Stops the postmaster of this data directory, whoever started it; false when there is none.
    public static boolean stopRunning(Path dataDir, Duration timeout) {
        var stale = PostmasterPid.read(dataDir).flatMap(PostmasterPid::process);
        stale.ifPresent(
                process -> {
                    LOG.info("Stopping postmaster {} of {}", process.pid(), dataDir);
                    new Postmaster(dataDir, process).stop(timeout);
                });
        return stale.isPresent();
    }

    /// Cumulative statistics do not survive a restart of a Lakebase compute, but PostgreSQL writes
    /// them to `pg_stat/` at a clean shutdown and reads them back. Without the files it starts from
    /// zero. pg_stat_statements keeps its own file there unless told not to;
    /// `pg_stat_statements.save` is off as well.
    private static void clearStatistics(Path dataDir) {
        FileTree.deleteFilesIn(dataDir.resolve("pg_stat"));
    }

    public boolean alive() {
        return ProcessLiveness.is(process);
    }

    long pid() {
        return process.pid();
    }

    /// Fast shutdown, then immediate, then kill; returns when the process is gone.
    public void stop(Duration timeout) {
        for (Signal signal : List.of(Signal.INT, Signal.QUIT)) {
            if (!alive()) {
                return;
            }
            signal.send(pid());
            if (ProcessLiveness.endsWithin(process, timeout)) {
                return;
            }
            LOG.warn("Postmaster {} ignored {} for {}", pid(), signal, timeout);
        }
        kill();
    }

    /// SIGKILL to the postmaster and its children at once: nothing is flushed, nothing is written.
    public void kill() {
        List<ProcessHandle> family = new ArrayList<>(process.descendants().toList());
        process.destroyForcibly();
        family.forEach(ProcessHandle::destroyForcibly);
        ProcessLiveness.endsWithin(process, Duration.ofSeconds(5));
        // A child that still holds the shared memory would make the next start fail.
        for (ProcessHandle child : family) {
            ProcessLiveness.endsWithin(child, Duration.ofSeconds(2));
        }
    }

    private void awaitReady(Path log, Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        try {
            while (System.nanoTime() < deadline) {
                if (!alive()) {
                    throw new ComputeException("PostgreSQL stopped while starting" + tail(log));
                }
                if (PostmasterPid.read(dataDir)
                        .filter(file -> file.pid() == pid() && file.ready())
                        .isPresent()) {
                    return;
                }
                Thread.sleep(POLL);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            kill();
            throw new ComputeException("Interrupted while PostgreSQL started on " + dataDir, e);
        }
        kill();
        throw new ComputeException("PostgreSQL was not ready within " + timeout + tail(log));
    }

    private static String tail(Path log) {
        try {
            List<String> lines = Files.readAllLines(log);
            return "; its log ends: "
                    + String.join(
                            " | ",
                            lines.subList(Math.max(0, lines.size() - LOG_TAIL), lines.size()));
        } catch (IOException e) {
            return "; its log " + log + " cannot be read";
        }
    }
}

package io.lakebaseops.local.compute.server;

import io.lakebaseops.local.compute.files.FileTree;
import io.lakebaseops.platform.ChildEnvironment;
import io.lakebaseops.platform.ProcessLiveness;
import io.lakebaseops.platform.ServerHosting;
import io.lakebaseops.platform.Unprivileged;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
    private final ServerHosting hosting;

    private Postmaster(Path dataDir, ProcessHandle process, ServerHosting hosting) {
        this.dataDir = dataDir;
        this.process = process;
        this.hosting = hosting;
    }

    /// Starts `postgres` and returns when it accepts connections.
    public static Postmaster start(
            PostgresBinaries binaries,
            Path dataDir,
            Path log,
            ServerHosting hosting,
            Duration timeout) {
        clearStatistics(dataDir);
        try {
            if (hosting.startsByPgCtl()) {
                Files.deleteIfExists(log); // pg_ctl would add to it
                return startDetached(binaries, dataDir, log, hosting, timeout);
            }
            PostmasterPid.forgetEnded(dataDir);
            Process process =
                    ChildEnvironment.cleared(
                                    new ProcessBuilder(
                                            Unprivileged.command(
                                                    binaries.bin("postgres").toString(),
                                                    "-D",
                                                    dataDir.toString())))
                            .redirectInput(ChildEnvironment.NO_INPUT)
                            .redirectErrorStream(true)
                            .redirectOutput(log.toFile())
                            .start();
            Postmaster postmaster = new Postmaster(dataDir, process.toHandle(), hosting);
            postmaster.awaitReady(log, timeout);
            return postmaster;
        } catch (IOException e) {
            throw new ComputeException("PostgreSQL cannot be started on " + dataDir, e);
        }
    }

    /// Starts `postgres` in a session of its own, so that it outlives this process and its
    /// terminal.
    public static Postmaster startDetached(
            PostgresBinaries binaries,
            Path dataDir,
            Path log,
            ServerHosting hosting,
            Duration timeout) {
        ShellPath.check(dataDir);
        try {
            PostmasterPid.forgetEnded(dataDir);
            long said = Files.exists(log) ? Files.size(log) : 0;
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
            boolean gaveUp = false;
            while (System.nanoTime() < deadline && !gaveUp) {
                // Read before the process is looked for: one that runs may say so later.
                gaveUp = gaveUp(log, said);
                var running = PostmasterPid.read(dataDir).flatMap(PostmasterPid::process);
                if (running.isPresent()) {
                    Postmaster postmaster = new Postmaster(dataDir, running.get(), hosting);
                    postmaster.awaitReady(log, timeout);
                    return postmaster;
                }
                if (!gaveUp) {
                    Thread.sleep(POLL);
                }
            }
            throw new ComputeException("PostgreSQL did not start on " + dataDir + tail(log));
        } catch (IOException e) {
            throw new ComputeException("PostgreSQL cannot be started on " + dataDir, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ComputeException("Interrupted while PostgreSQL started on " + dataDir, e);
        }
    }

    /// `pg_ctl` does not wait to see it.
    private static boolean gaveUp(Path log, long from) throws IOException {
        if (!Files.exists(log) || Files.size(log) <= from) {
            return false;
        }
        try (var in = Files.newInputStream(log)) {
            in.skipNBytes(from);
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1).contains("FATAL:  ");
        }
    }

    /// Stops the postmaster of this data directory, whoever started it; false when there is none.
    public static boolean stopRunning(Path dataDir, ServerHosting hosting, Duration timeout) {
        var stale = PostmasterPid.read(dataDir).flatMap(PostmasterPid::process);
        stale.ifPresent(
                process -> {
                    LOG.info("Stopping postmaster {} of {}", process.pid(), dataDir);
                    new Postmaster(dataDir, process, hosting).stop(timeout);
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
        for (boolean atOnce : new boolean[] {false, true}) {
            if (!alive()) {
                return;
            }
            boolean told = told(atOnce);
            if (told && ProcessLiveness.endsWithin(process, timeout)) {
                return;
            }
            LOG.warn("Postmaster {} did not end within {} (at once: {})", pid(), timeout, atOnce);
        }
        kill();
    }

    private boolean told(boolean atOnce) {
        try {
            return hosting.stop(process, dataDir, atOnce);
        } catch (IOException e) {
            LOG.warn("Postmaster {} cannot be told to stop", pid(), e);
            return false;
        }
    }

    /// Kills the postmaster and its children at once: nothing is flushed, nothing is written.
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

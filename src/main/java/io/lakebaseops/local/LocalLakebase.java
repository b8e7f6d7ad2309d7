package io.lakebaseops.local;

import io.lakebaseops.local.compute.ComputeHost.Faults;
import io.lakebaseops.local.compute.ServerLog;
import io.lakebaseops.local.demo.DemoWorkload;
import io.lakebaseops.local.gateway.CertificateAuthority;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// The Local Lakebase server of this machine: one that this process runs, or one it has attached
/// to. Close it in both cases: the process that runs it keeps it until nobody is attached any more.
public final class LocalLakebase implements AutoCloseable {
    /// Project and branch of the demo's shop.
    public static final String DEMO_BRANCH = "storefront-prod/production";

    private static final Duration START_LIMIT = Duration.ofSeconds(30);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

    private final Path dir;
    private final String host;
    private final String token;
    private final String user;
    private final @Nullable RunningServer server;
    private final @Nullable ServerUser attachment;

    private LocalLakebase(
            Path dir,
            ServerCard card,
            @Nullable RunningServer server,
            @Nullable ServerUser attachment) {
        this.dir = dir;
        this.host = String.valueOf(card.host());
        this.token = card.token();
        this.user = card.user();
        this.server = server;
        this.attachment = attachment;
    }

    /// Starts a server on the directory; refused when one runs there already.
    public static LocalLakebase start(LocalOptions options) {
        return startIfFree(options)
                .orElseThrow(
                        () ->
                                new IllegalStateException(
                                        "another Local Lakebase runs in "
                                                + options.dir()
                                                + "; attach to it, stop it, or choose another"
                                                + " directory"));
    }

    /// Attaches to the server of the directory, or starts one when none runs.
    public static LocalLakebase attachOrStart(LocalOptions options) {
        long end = System.nanoTime() + START_LIMIT.toNanos();
        while (System.nanoTime() < end) {
            Optional<LocalLakebase> found = startIfFree(options).or(() -> attached(options.dir()));
            if (found.isPresent()) {
                return found.get();
            }
            pause();
        }
        throw new IllegalStateException(
                "a server holds " + options.dir() + " but did not become ready");
    }

    /// The log of a branch's PostgreSQL, whether it is there or not.
    public static Path log(Path dir, String branchUid) {
        return ServerLog.of(dir, branchUid);
    }

    /// Whether a server of the directory has said that it is ready.
    public static boolean runs(Path dir) {
        try {
            return ServerCard.read(dir).filter(c -> c.host() != null).isPresent();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot look into " + dir, e);
        }
    }

    private static Optional<LocalLakebase> startIfFree(LocalOptions options) {
        try {
            return RunningServer.start(options)
                    .map(server -> new LocalLakebase(options.dir(), server.card(), server, null));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start in " + options.dir(), e);
        }
    }

    private static Optional<LocalLakebase> attached(Path dir) {
        try {
            ServerUser attachment = ServerUser.to(dir);
            // Read after attaching: a server that leaves now either sees us or has removed its
            // card.
            Optional<ServerCard> card = ServerCard.read(dir).filter(c -> c.host() != null);
            if (card.isEmpty()) {
                attachment.close();
            }
            return card.map(c -> new LocalLakebase(dir, c, null, attachment));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot attach to the server in " + dir, e);
        }
    }

    /// Base address of the control plane: `http://127.0.0.1:PORT`.
    public String host() {
        return host;
    }

    public String token() {
        return token;
    }

    public String user() {
        return user;
    }

    /// The file with the certificate that verifies the endpoints (`sslrootcert`).
    public Path ca() {
        return dir.toAbsolutePath().normalize().resolve(CertificateAuthority.CERTIFICATE);
    }

    /// Whether the server runs in this process through this object.
    public boolean runsHere() {
        return server != null;
    }

    public ReadyLine readyLine() {
        return Inventory.of(new ApiCaller(host, token), host, token, user, ca());
    }

    /// How far the demo's data are.
    public DemoProgress demo() {
        return demoRun().map(DemoActivity::progress).orElseGet(DemoProgress::none);
    }

    /// The demo's workload, to change its rate or to stop it; only where the server runs, and once
    /// the data are there.
    public Optional<DemoWorkload> workload() {
        return demoRun().flatMap(DemoActivity::workload);
    }

    private Optional<DemoActivity> demoRun() {
        return server == null ? Optional.empty() : server.demo();
    }

    /// Faults of one endpoint's compute and gateway, by its full name; only where the server runs.
    public Faults faults(String endpoint) {
        if (server == null) {
            throw new IllegalStateException("the server runs in another process");
        }
        return server.faults(endpoint);
    }

    /// Whether other processes, or other objects of this one, are attached to this directory.
    public boolean othersAttached() {
        try {
            return ServerUser.any(dir);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot look who is attached to " + dir, e);
        }
    }

    /// Stops the server at once, whoever is attached: for a machine that shuts down.
    public void closeNow() {
        try {
            if (server != null) {
                server.closeNow();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Local Lakebase in " + dir + " did not stop", e);
        }
    }

    /// Detaches; or waits until nobody is attached any more and stops the server.
    @Override
    public void close() {
        try {
            if (attachment != null) {
                attachment.close();
            }
            if (server != null) {
                server.closeWhenAlone();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Local Lakebase in " + dir + " did not close", e);
        }
    }

    static void pause() {
        try {
            Thread.sleep(LOOK_AGAIN);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for Local Lakebase", e);
        }
    }
}

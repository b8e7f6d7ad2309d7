package io.lakebaseops.app;

import io.lakebaseops.cli.TargetChoice;
import io.lakebaseops.console.ConsoleMemory;
import io.lakebaseops.console.ConsoleServices;
import io.lakebaseops.console.Startup;
import io.lakebaseops.console.connect.ConnectionDesk;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.local.compute.server.PostgresBinaries;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;

/// Brings up what the console stands on, side by side: our own database and Local Lakebase.
final class ConsoleStart implements Startup {
    private static final Logger LOG = LoggerFactory.getLogger(ConsoleStart.class);

    private final Wiring wiring;
    private final Path binaries;
    private final Path memory;
    private final Executor background;
    private final AtomicReference<@Nullable TargetId> chosen = new AtomicReference<>();

    ConsoleStart(Wiring wiring, Path binaries, Path memory, Executor background) {
        this.wiring = wiring;
        this.memory = memory;
        this.binaries = binaries;
        this.background = background;
    }

    /// What is needed whatever is chosen comes up meanwhile. `-Dlakebaseops.start=local`, which the
    /// build gives, asks nothing and opens on Local Lakebase.
    @Override
    public @Nullable ConnectionDesk firstStart() {
        if ("local".equals(System.getProperty("lakebaseops.start"))
                || !wiring.connections().none()
                || ConsoleMemory.read(memory).target() != null) {
            return null;
        }
        background.execute(
                () -> {
                    try {
                        PostgresBinaries.unpacked(binaries);
                        wiring.state();
                        wiring.catalog();
                    } catch (RuntimeException e) { // boundary: the start itself says it again
                        LOG.info("Not brought up ahead of the first choice: {}", e.toString());
                    }
                });
        return wiring.desk();
    }

    @Override
    public void lookAt(TargetId target) {
        chosen.set(target);
    }

    @Override
    public Ready open(News news) {
        var tools = beside(news, "Tools", wiring::catalog);
        // Both servers need it; the first start of a user unpacks it.
        telling(news, "PostgreSQL 17 server", () -> PostgresBinaries.unpacked(binaries)).run();
        var state = beside(news, "LakebaseOps' own database", wiring::state);
        var troubles = wiring.connections().openAll();
        var own =
                Optional.ofNullable(chosen.get())
                        .or(
                                () ->
                                        wiring.connections()
                                                .remembered(ConsoleMemory.read(memory).target()))
                        .or(wiring.connections()::firstServer);
        // Who watched a server of their own last time wants no demo beside it.
        var local =
                own.isPresent()
                        ? CompletableFuture.<Void>completedFuture(null)
                        : beside(news, "Local Lakebase", wiring.connections()::local);
        try {
            CompletableFuture.allOf(state, local, tools).join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
        var first = own.orElseGet(() -> wiring.connections().target(new TargetChoice.Local(null)));
        var services = new AtomicReference<@Nullable ConsoleServices>();
        telling(news, "Jobs and approvals", () -> services.set(wiring.consoleServices(troubles)))
                .run();
        return new Ready(Objects.requireNonNull(services.get()), first);
    }

    private CompletableFuture<Void> beside(News news, String part, Runnable work) {
        return CompletableFuture.runAsync(telling(news, part, work), background);
    }

    /// The log says too what a slow start spent its time on.
    private static Runnable telling(News news, String part, Runnable work) {
        return () -> {
            long since = System.nanoTime();
            news.telling(part, work).run();
            LOG.info("{} ready in {} ms", part, (System.nanoTime() - since) / 1_000_000);
        };
    }
}

package io.lakebaseops.app;

import io.lakebaseops.cli.TargetChoice;
import io.lakebaseops.console.ConsoleMemory;
import io.lakebaseops.console.ConsoleServices;
import io.lakebaseops.console.Startup;
import io.lakebaseops.local.compute.server.PostgresBinaries;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;

/// Brings up what the console stands on, side by side: our own database and Local Lakebase.
final class ConsoleStart implements Startup {
    private final Wiring wiring;
    private final Path binaries;
    private final Path memory;
    private final Executor background;

    ConsoleStart(Wiring wiring, Path binaries, Path memory, Executor background) {
        this.wiring = wiring;
        this.memory = memory;
        this.binaries = binaries;
        this.background = background;
    }

    @Override
    public Ready open(News news) {
        var tools = beside(news, "Tools", wiring::catalog);
        // Both servers need it; the first start of a user unpacks it.
        news.telling("PostgreSQL 17 server", () -> PostgresBinaries.unpacked(binaries)).run();
        var state = beside(news, "LakebaseOps' own database", wiring::state);
        var troubles = wiring.connections().openAll();
        var own = wiring.connections().remembered(ConsoleMemory.read(memory).target());
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
        news.telling("Jobs and approvals", () -> services.set(wiring.consoleServices(troubles)))
                .run();
        return new Ready(Objects.requireNonNull(services.get()), first);
    }

    private CompletableFuture<Void> beside(News news, String part, Runnable work) {
        return CompletableFuture.runAsync(news.telling(part, work), background);
    }
}

package io.lakebaseops.app;

import io.lakebaseops.local.compute.StateServer;
import io.lakebaseops.state.StateDb;
import io.lakebaseops.state.StateSettings;

import org.jspecify.annotations.Nullable;

/// Finds the state database: one of our own beside the other data, started when first needed, or
/// the one a team shares: `LAKEBASEOPS_STATE_URL`, `_USER`, `_PASSWORD`.
final class StateDatabaseLocator implements AutoCloseable {
    static final String URL = "LAKEBASEOPS_STATE_URL";

    private final Lazy<StateServer> server;

    StateDatabaseLocator(Home home) {
        server = new Lazy<>(() -> StateServer.attachOrStart(home.state()));
    }

    /// Names it, the same at every start: ours has another port each time.
    String database() {
        var url = System.getenv(URL);
        return url != null && shared(url) ? url.replaceFirst("\\?.*", "") : "own";
    }

    /// Several people may use it, with connection profiles of their own.
    static boolean shared() {
        return shared(System.getenv(URL));
    }

    private static boolean shared(@Nullable String url) {
        return url != null && !url.isBlank();
    }

    StateDb open() {
        var url = System.getenv(URL);
        if (url != null && shared(url)) {
            return StateDb.open(
                    StateSettings.of(
                            url,
                            System.getenv().getOrDefault("LAKEBASEOPS_STATE_USER", ""),
                            System.getenv().getOrDefault("LAKEBASEOPS_STATE_PASSWORD", "")));
        }
        var own = server.get();
        return StateDb.open(
                StateSettings.of(own.jdbcUrl(), own.user(), own.password()), own::ensureRunning);
    }

    @Override
    public void close() throws Exception {
        server.close();
    }
}

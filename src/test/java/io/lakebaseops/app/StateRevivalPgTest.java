package io.lakebaseops.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.local.compute.ComputeHostOptions;
import io.lakebaseops.local.compute.StateServer;
import io.lakebaseops.state.FindingStore;
import io.lakebaseops.state.StateDb;
import io.lakebaseops.state.StateSettings;
import io.lakebaseops.testing.Patience;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

final class StateRevivalPgTest {
    @TempDir Path dir;

    @Test
    void our_own_database_is_started_again_when_its_server_was_killed() throws Exception {
        var quick = ComputeHostOptions.defaults().withFsync(false);
        try (var server = StateServer.attachOrStart(dir, quick)) {
            // Made by somebody patient: the first connection of a process takes its time.
            StateDb.open(settings(server, Patience.LONG)).close();
            var settings = settings(server, Duration.ofSeconds(4));
            try (var db = StateDb.open(settings, server::ensureRunning)) {
                assertThat(new FindingStore(db).open(null)).isEmpty();

                kill();

                assertThat(new FindingStore(db).open(null)).isEmpty();
            }
        }
    }

    private static StateSettings settings(StateServer server, Duration connect) {
        return new StateSettings(
                server.jdbcUrl(),
                server.user(),
                server.password(),
                4,
                connect,
                Duration.ofSeconds(15));
    }

    private void kill() throws Exception {
        var pid = Files.readAllLines(dir.resolve("data/postmaster.pid")).getFirst();
        var postmaster = ProcessHandle.of(Long.parseLong(pid.strip())).orElseThrow();
        var children = postmaster.descendants().toList();
        postmaster.destroyForcibly();
        postmaster.onExit().get(60, TimeUnit.SECONDS);
        for (var child : children) {
            child.onExit().get(60, TimeUnit.SECONDS);
        }
    }
}

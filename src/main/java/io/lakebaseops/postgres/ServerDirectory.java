package io.lakebaseops.postgres;

import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.TargetId;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// The servers behind the targets: profiles that lead to the same address share one budget of
/// connections.
final class ServerDirectory implements AutoCloseable {
    private record Known(String hosts, ServerConnections server) {}

    private final ConnectionOpener opener;
    private final Executor background;
    private final Map<ServerAddress, ServerConnections> servers = new ConcurrentHashMap<>();
    private final Map<TargetId, Known> targets = new ConcurrentHashMap<>();

    ServerDirectory(ConnectionOpener opener, Executor background) {
        this.opener = opener;
        this.background = background;
    }

    /// A target may move to another address: the one its login is for now counts.
    ServerConnections of(Connector connector, Deadline deadline) {
        var entry = connector.door().entry(connector.target(), deadline);
        var hosts = entry.hosts();
        // What a host at the far end of a tunnel is called says nothing here.
        boolean far = entry.properties().containsKey(JdbcConnectionProvider.TUNNEL);
        var known = targets.get(connector.target());
        if (known != null && known.hosts().equals(hosts)) {
            return known.server();
        }
        var server =
                servers.computeIfAbsent(
                        far
                                ? new ServerAddress("behind the tunnel of " + connector.target())
                                : address(hosts, connector.target(), deadline),
                        _ -> new ServerConnections(opener, background));
        targets.put(connector.target(), new Known(hosts, server));
        return server;
    }

    /// A name server that does not answer must not hold the caller beyond its deadline.
    private ServerAddress address(String hosts, TargetId target, Deadline deadline) {
        var what = "Looking up the address of " + target;
        var asked = CompletableFuture.supplyAsync(() -> ServerAddress.of(hosts), background);
        try (var _ = deadline.onCancel(() -> asked.cancel(false))) {
            return asked.get(deadline.remaining().toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException(what, e.getCause());
        } catch (TimeoutException e) {
            throw new OpsException(
                    OpsException.Kind.TIMEOUT,
                    what,
                    "no answer from the name server before the deadline",
                    "check the host and the name server",
                    e);
        } catch (CancellationException e) {
            throw new OpsException(
                    OpsException.Kind.CANCELLED, what, "cancelled", "run it again", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OpsException(
                    OpsException.Kind.CANCELLED, what, "interrupted", "run it again", e);
        }
    }

    Optional<ServerConnections> known(TargetId target) {
        return Optional.ofNullable(targets.get(target)).map(Known::server);
    }

    void forget(TargetId target) {
        var known = targets.remove(target);
        if (known != null) {
            known.server().forget(target);
        }
    }

    @Override
    public void close() {
        servers.values().forEach(ServerConnections::close);
        servers.clear();
        targets.clear();
    }
}

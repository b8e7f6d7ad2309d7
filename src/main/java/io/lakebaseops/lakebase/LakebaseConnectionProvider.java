package io.lakebaseops.lakebase;

import io.lakebaseops.domain.ConnectionProvider;
import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.Loopback;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.lakebase.ControlPlane.Endpoint;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;

/// Connections to the branches of one workspace: the endpoint's address and a short-lived
/// credential, renewed before it runs out. A credential is checked at login only, so open sessions
/// outlive it.
public final class LakebaseConnectionProvider implements ConnectionProvider {
    /// A token lives an hour at most; this leaves room for slow logins.
    private static final Duration LONGEST_USE = Duration.ofMinutes(50);

    private static final Duration MARGIN = Duration.ofSeconds(60);

    /// Tokens that live shorter than minutes keep this share of their life as margin.
    private static final int MARGIN_SHARE = 4;

    private record Key(ConnectionInfo entry, Instant useUntil) {}

    /// One fetch at a time per target; the others wait for its result.
    private static final class Slot {
        final ReentrantLock fetching = new ReentrantLock();
        volatile Optional<Key> key = Optional.empty();
    }

    private final @Nullable Path authority;
    private final String profile;
    private final ControlPlane plane;
    private final Clock clock;
    private final Map<TargetId, Slot> slots = new ConcurrentHashMap<>();

    public LakebaseConnectionProvider(String profile, ControlPlane plane, Clock clock) {
        this(profile, plane, clock, null);
    }

    /// @param authority file with the certificate of the authority that the endpoints' certificates
    ///     come from; null = one that the Java runtime trusts
    public LakebaseConnectionProvider(
            String profile, ControlPlane plane, Clock clock, @Nullable Path authority) {
        this.authority = authority;
        this.profile = profile;
        this.plane = plane;
        this.clock = clock;
    }

    @Override
    public List<TargetId> known(Deadline deadline) {
        var known = new ArrayList<TargetId>();
        var listing = plane.listing();
        for (var project : listing.projects(deadline)) {
            for (var branch : listing.branches(project.id(), deadline)) {
                if (branch.state().equals("READY")) {
                    known.add(new TargetId(profile, project.id(), branch.id()));
                }
            }
        }
        return List.copyOf(known);
    }

    @Override
    public String defaultDatabase(TargetId target) {
        return "databricks_postgres";
    }

    @Override
    public boolean awake(TargetId target, Deadline deadline) {
        return plane.listing().endpoints(target.project(), target.branch(), deadline).stream()
                .filter(Endpoint::readWrite)
                .anyMatch(
                        e ->
                                !e.disabled()
                                        && (e.state().equals("ACTIVE")
                                                || e.state().equals("DEGRADED")));
    }

    @Override
    public ConnectionInfo entry(TargetId target, Deadline deadline) {
        var slot = slots.computeIfAbsent(target, _ -> new Slot());
        var known = usable(slot);
        if (known.isPresent()) {
            return known.get();
        }
        slot.fetching.lock();
        try {
            known = usable(slot);
            if (known.isPresent()) {
                return known.get();
            }
            var key = fetch(target, deadline);
            slot.key = Optional.of(key);
            return key.entry();
        } finally {
            slot.fetching.unlock();
        }
    }

    private Optional<ConnectionInfo> usable(Slot slot) {
        var now = clock.instant();
        return slot.key.filter(k -> now.isBefore(k.useUntil())).map(Key::entry);
    }

    private Key fetch(TargetId target, Deadline deadline) {
        var endpoint = endpoint(target, deadline);
        var asked = clock.instant();
        var credential = plane.credential(endpoint, deadline);
        var host = String.valueOf(endpoint.host());
        var entry =
                new ConnectionInfo(
                        host + ":" + endpoint.port(),
                        credential.user(),
                        credential.password(),
                        transport(host, authority));
        return new Key(entry, useUntil(asked, credential.expiresAt()));
    }

    static Instant useUntil(Instant asked, Instant expiresAt) {
        var life = Duration.between(asked, expiresAt);
        var share = life.dividedBy(MARGIN_SHARE);
        var margin = share.compareTo(MARGIN) < 0 ? share : MARGIN;
        var byServer = expiresAt.minus(margin);
        var byUs = asked.plus(LONGEST_USE);
        return byServer.isBefore(byUs) ? byServer : byUs;
    }

    private Endpoint endpoint(TargetId target, Deadline deadline) {
        var what = "Reaching " + target;
        if (plane.listing().branch(target.project(), target.branch(), deadline).isEmpty()) {
            throw unknown(target, deadline);
        }
        var writable =
                plane.endpoints(target.project(), target.branch(), deadline).stream()
                        .filter(Endpoint::readWrite)
                        .findFirst()
                        .orElseThrow(
                                () ->
                                        new OpsException(
                                                OpsException.Kind.NOT_FOUND,
                                                what,
                                                "the branch has no read-write endpoint",
                                                "add one, or choose another branch"));
        if (writable.disabled()) {
            throw new OpsException(
                    OpsException.Kind.UNREACHABLE,
                    what,
                    "its endpoint is disabled",
                    "enable the endpoint to connect");
        }
        if (writable.host() == null) {
            throw new OpsException(
                    OpsException.Kind.UNREACHABLE,
                    what,
                    "its endpoint has no address yet (state " + writable.state() + ")",
                    "try again in a moment");
        }
        return writable;
    }

    private OpsException unknown(TargetId target, Deadline deadline) {
        var known =
                plane.listing().branches(target.project(), deadline).stream()
                        .map(ControlPlane.Branch::id)
                        .collect(Collectors.joining(", "));
        return new OpsException(
                OpsException.Kind.NOT_FOUND,
                "Reaching " + target,
                "there is no branch '%s' in %s".formatted(target.branch(), target.project()),
                "known: " + known);
    }

    /// The password is a bearer token: it goes only to a server whose certificate is trusted and
    /// whose name in it is the host's. A Local Lakebase of which we know no certificate is spoken
    /// to in plain text, which does not leave this machine.
    static Map<String, String> transport(String host, @Nullable Path authority) {
        if (authority != null) {
            return Map.of("sslmode", "verify-full", "sslrootcert", authority.toString());
        }
        return Loopback.host(host)
                ? Map.of("sslmode", "disable")
                : Map.of(
                        "sslmode",
                        "verify-full",
                        "sslfactory",
                        "org.postgresql.ssl.DefaultJavaSSLFactory");
    }

    @Override
    public void refused(TargetId target) {
        slots.remove(target);
    }
}

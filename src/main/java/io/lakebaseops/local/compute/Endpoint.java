package io.lakebaseops.local.compute;

import io.lakebaseops.local.compute.ComputeHost.ComputeState;
import io.lakebaseops.local.compute.ComputeHost.EndpointSpec;
import io.lakebaseops.local.compute.ComputeHost.EndpointStatus;
import io.lakebaseops.local.compute.server.ComputeException;
import io.lakebaseops.local.compute.server.TemplateCluster;
import io.lakebaseops.local.gateway.Backend;
import io.lakebaseops.local.gateway.CertificateAuthority;
import io.lakebaseops.local.gateway.Gateway;
import io.lakebaseops.local.gateway.LoginCheck;
import io.lakebaseops.platform.ServerAddress;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/// One endpoint: an address that is always there and a compute that is up only while it is used.
final class Endpoint implements Backend {
    private static final Logger LOG = LoggerFactory.getLogger(Endpoint.class);

    private final Supplier<String> advice;
    private final ComputeMeter meter;
    private final Compute compute;
    private final Gateway gateway;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile EndpointSpec spec;
    private volatile boolean active;
    private volatile boolean starting;
    private volatile @Nullable String startProblem;

    /// @param advice what to know about the room when the compute fails; often nothing
    Endpoint(
            EndpointSpec spec,
            Compute compute,
            Path portFile,
            CertificateAuthority authority,
            LoginCheck logins,
            ComputeMeter meter,
            Supplier<String> advice)
            throws IOException {
        this.advice = advice;
        this.meter = meter;
        this.spec = spec;
        this.compute = compute;
        this.gateway =
                Gateway.open(
                        spec.endpointUid(),
                        portFile,
                        authority,
                        (endpoint, user, password) ->
                                !user.equals(TemplateCluster.SUPERUSER)
                                        && logins.accepts(endpoint, user, password),
                        this);
    }

    Compute compute() {
        return compute;
    }

    EndpointSpec spec() {
        return spec;
    }

    Gateway gateway() {
        return gateway;
    }

    @Override
    public ServerAddress address() {
        return compute.address();
    }

    @Override
    public Wake wake() {
        EndpointSpec now = spec;
        if (now.disabled()) {
            return new Wake.Refused(
                    "57P03", "the endpoint is disabled; enable it to connect again");
        }
        try {
            start();
            return new Wake.Ready(compute.address());
        } catch (ComputeException e) {
            return refused("the compute cannot be started: " + e.getMessage());
        }
    }

    @Override
    public Wake.Refused silent() {
        return refused("the compute ended and is being started again");
    }

    private Wake.Refused refused(String why) {
        String more = advice.get();
        return new Wake.Refused(more.isEmpty() ? "57P03" : "53100", why + more);
    }

    /// Brings the compute up with the endpoint's settings. Does nothing when it is.
    void start() {
        if (active && compute.running()) {
            return;
        }
        lock.lock();
        try {
            starting = true;
            compute.serve(ServerSettings.of(spec));
            meter.up(spec);
            active = true;
            startProblem = null;
        } catch (ComputeException e) {
            startProblem = e.getMessage();
            throw e;
        } finally {
            starting = false;
            lock.unlock();
        }
    }

    /// A suspended compute stays suspended and takes the settings when it wakes; one that was
    /// disabled or could not start is started.
    void update(EndpointSpec changed) {
        ServerSettings settings = ServerSettings.of(changed);
        lock.lock();
        try {
            boolean wasDown = spec.disabled() || startProblem != null;
            spec = changed;
            if (changed.disabled()) {
                stop();
                gateway.cutConnections();
            } else if (active) {
                compute.serve(settings);
                meter.up(changed);
            } else if (wasDown) {
                start();
            }
        } finally {
            lock.unlock();
        }
    }

    /// The primary runs with other settings now: a standby may have to follow.
    void followPrimary() {
        if (compute instanceof Standby standby) {
            standby.followSettings(ServerSettings.of(spec));
        }
    }

    /// Stops the compute when no client has been there for the suspend time.
    void suspendIfIdle(Instant now) {
        Duration after = spec.suspendAfter();
        if (!active || after == null || !idle(now, after) || !lock.tryLock()) {
            return;
        }
        try {
            // A client that comes from here on waits for the lock in start().
            active = false;
            if (gateway.clients() > 0) {
                active = true;
                return;
            }
            LOG.info("No client at {} for {}: compute stops", spec.endpointUid(), after);
            compute.stop();
            meter.down(spec.endpointUid());
        } finally {
            lock.unlock();
        }
    }

    private boolean idle(Instant now, Duration after) {
        return gateway.clients() == 0 && now.isAfter(gateway.lastActive().plus(after));
    }

    private void stop() {
        active = false;
        startProblem = null;
        compute.stop();
        meter.down(spec.endpointUid());
    }

    void close() {
        lock.lock();
        try {
            gateway.close();
            stop();
        } catch (IOException e) {
            throw new ComputeException("Gateway of " + spec.endpointUid() + " did not close", e);
        } finally {
            lock.unlock();
        }
    }

    EndpointStatus status() {
        String problem = startProblem;
        ComputeState state;
        if (starting) {
            state = ComputeState.STARTING;
        } else if (active && compute.running()) {
            state = ComputeState.RUNNING;
        } else if (active) {
            state = ComputeState.FAILED;
            problem =
                    "the postmaster ended unexpectedly; the next connection starts it again"
                            + advice.get();
        } else {
            state = problem == null ? ComputeState.STOPPED : ComputeState.FAILED;
        }
        return new EndpointStatus(
                state,
                "127.0.0.1",
                gateway.port(),
                gateway.lastActive(),
                state == ComputeState.FAILED ? problem : null);
    }
}

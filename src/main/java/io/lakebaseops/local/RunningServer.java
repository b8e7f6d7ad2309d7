package io.lakebaseops.local;

import io.lakebaseops.local.api.LakebaseApi;
import io.lakebaseops.local.api.state.Limits;
import io.lakebaseops.local.compute.ComputeHost.Faults;
import io.lakebaseops.local.compute.LocalComputeHost;
import io.lakebaseops.local.gateway.CertificateAuthority;
import io.lakebaseops.platform.OwnerOnly;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/// The server that this process runs. The directory's lock, the control plane and its machine room,
/// as one thing that starts and stops.
final class RunningServer {
    static final String USER = "dba@local.lakebase";

    private final Path dir;
    private final ServerLock occupancy;
    private final LakebaseApi plane;
    private final ServerCard card;
    private final @Nullable DemoActivity demo;
    private final AtomicBoolean stopped = new AtomicBoolean();

    private RunningServer(
            Path dir,
            ServerLock occupancy,
            LakebaseApi plane,
            ServerCard card,
            @Nullable DemoActivity demo) {
        this.dir = dir;
        this.occupancy = occupancy;
        this.plane = plane;
        this.card = card;
        this.demo = demo;
    }

    /// Empty when another server has the directory.
    static Optional<RunningServer> start(LocalOptions options) throws IOException {
        Path dir = options.dir().toAbsolutePath().normalize();
        OwnerOnly.makeFolder(dir);
        Optional<KeptAddress> kept = options.stable() ? KeptAddress.read(dir) : Optional.empty();
        String token = kept.map(KeptAddress::token).orElseGet(RunningServer::newToken);
        Optional<ServerLock> taken = ServerLock.take(dir, token, USER);
        if (taken.isEmpty()) {
            return Optional.empty();
        }
        try {
            int port = options.port() != 0 ? options.port() : kept.map(KeptAddress::port).orElse(0);
            LakebaseApi plane = plane(dir, options, port, token);
            ServerCard card =
                    new ServerCard(ServerCard.thisProcess(), null, token, USER)
                            .listening(plane.host());
            try {
                if (options.stable()) {
                    new KeptAddress(plane.port(), token).write(dir);
                }
                Path ca = dir.resolve(CertificateAuthority.CERTIFICATE);
                DemoActivity demo = provide(options, ca, plane.host(), token);
                card.write(dir);
                return Optional.of(new RunningServer(dir, taken.get(), plane, card, demo));
            } catch (RuntimeException | IOException e) {
                plane.close();
                throw e;
            }
        } catch (RuntimeException | IOException e) {
            ServerCard.remove(dir);
            taken.get().close();
            throw e;
        }
    }

    private static @Nullable DemoActivity provide(
            LocalOptions options, Path ca, String host, String token) {
        if (options.demo() == LocalOptions.Demo.NONE) {
            return null;
        }
        ApiCaller api = new ApiCaller(host, token);
        return DemoProject.provide(api)
                .map(endpoint -> new DemoActivity(api, endpoint, ca, USER, options))
                .orElse(null);
    }

    Optional<DemoActivity> demo() {
        return Optional.ofNullable(demo);
    }

    ServerCard card() {
        return card;
    }

    Faults faults(String endpoint) {
        return plane.faults(endpoint);
    }

    /// The card goes first and is put back when somebody attached in that moment.
    void closeWhenAlone() throws IOException {
        while (true) {
            while (ServerUser.any(dir)) {
                LocalLakebase.pause();
            }
            ServerCard.remove(dir);
            if (!ServerUser.any(dir)) {
                break;
            }
            card.write(dir);
        }
        stop();
    }

    void closeNow() throws IOException {
        ServerCard.remove(dir);
        stop();
    }

    /// Once: the end of a command and the end of its process may meet.
    private void stop() throws IOException {
        if (!stopped.compareAndSet(false, true)) {
            return;
        }
        demo().ifPresent(DemoActivity::close);
        plane.close();
        occupancy.close();
    }

    private static LakebaseApi plane(Path dir, LocalOptions options, int port, String token) {
        LakebaseApi.Options plane =
                new LakebaseApi.Options(
                        dir,
                        port,
                        token,
                        USER,
                        options.clock(),
                        new Limits(options.suspendFloor(), options.tokenTtl()),
                        options.pace(),
                        options.room().fsync(),
                        options.lake());
        return new LakebaseApi(
                plane, (logins, meter) -> new LocalComputeHost(dir, logins, options.room(), meter));
    }

    private static String newToken() {
        byte[] bytes = new byte[24];
        new SecureRandom().nextBytes(bytes);
        return "local-" + HexFormat.of().formatHex(bytes);
    }
}

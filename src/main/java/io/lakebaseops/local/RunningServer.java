package io.lakebaseops.local;

import io.lakebaseops.local.api.ControlPlane;
import io.lakebaseops.local.api.state.Limits;
import io.lakebaseops.local.compute.LocalMachineRoom;
import io.lakebaseops.local.compute.MachineRoom.Faults;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;

/// What does this process run? The directory's lock, the control plane and its machine room, as one
/// thing that starts and stops.
final class RunningServer {
    static final String USER = "dba@local.lakebase";

    private final Path dir;
    private final Occupancy occupancy;
    private final ControlPlane plane;
    private final ServerCard card;
    private final @Nullable DemoRun demo;

    private RunningServer(
            Path dir,
            Occupancy occupancy,
            ControlPlane plane,
            ServerCard card,
            @Nullable DemoRun demo) {
        this.dir = dir;
        this.occupancy = occupancy;
        this.plane = plane;
        this.card = card;
        this.demo = demo;
    }

    /// Empty when another server has the directory.
    static Optional<RunningServer> start(LocalOptions options) throws IOException {
        Path dir = options.dir().toAbsolutePath().normalize();
        PrivateFiles.directory(dir);
        String token = newToken();
        Optional<Occupancy> taken = Occupancy.take(dir, token, USER);
        if (taken.isEmpty()) {
            return Optional.empty();
        }
        try {
            ControlPlane plane = plane(dir, options, token);
            ServerCard card =
                    new ServerCard(ServerCard.thisProcess(), null, token, USER)
                            .listening(plane.host());
            try {
                DemoRun demo = provide(options, plane.host(), token);
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

    private static @Nullable DemoRun provide(LocalOptions options, String host, String token) {
        if (options.demo() == LocalOptions.Demo.NONE) {
            return null;
        }
        ApiCaller api = new ApiCaller(host, token);
        return Storefront.provide(api)
                .map(endpoint -> new DemoRun(api, endpoint, USER, options))
                .orElse(null);
    }

    Optional<DemoRun> demo() {
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
            while (Attachment.any(dir)) {
                LocalLakebase.pause();
            }
            ServerCard.remove(dir);
            if (!Attachment.any(dir)) {
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

    private void stop() throws IOException {
        demo().ifPresent(DemoRun::close);
        plane.close();
        occupancy.close();
    }

    private static ControlPlane plane(Path dir, LocalOptions options, String token) {
        ControlPlane.Options plane =
                new ControlPlane.Options(
                        dir,
                        options.port(),
                        token,
                        USER,
                        options.clock(),
                        new Limits(options.suspendFloor(), options.tokenTtl()),
                        options.pace());
        return new ControlPlane(plane, logins -> new LocalMachineRoom(dir, logins, options.room()));
    }

    private static String newToken() {
        byte[] bytes = new byte[24];
        new SecureRandom().nextBytes(bytes);
        return "local-" + HexFormat.of().formatHex(bytes);
    }
}

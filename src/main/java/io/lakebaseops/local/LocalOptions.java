package io.lakebaseops.local;

import io.lakebaseops.local.api.work.OperationDelay;
import io.lakebaseops.local.compute.ComputeHostOptions;
import io.lakebaseops.local.demo.DemoShop;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;

/// Settings of a Local Lakebase server.
///
/// @param dir keeps projects, branches and data between runs
/// @param port of the control plane; 0 picks a free one
/// @param stable keeps the control plane's port and token for the next start that asks for it
/// @param demo what the first start fills in
/// @param workload whether the demo project is kept busy
/// @param tokenTtl longest life of a credential, whatever is asked; null = as asked
/// @param suspendFloor shortest suspend time accepted; 60 s on the platform
/// @param clock decides about expiry of branches and credentials
/// @param pace how slow operations are at least
/// @param beforeDemo called before the demo is loaded: lets a host finish its own start first
/// @param lake directory of the Delta tables that its SQL warehouse shows; null = none
public record LocalOptions(
        Path dir,
        int port,
        boolean stable,
        Demo demo,
        boolean workload,
        @Nullable Duration tokenTtl,
        Duration suspendFloor,
        Clock clock,
        OperationDelay pace,
        ComputeHostOptions room,
        Runnable beforeDemo,
        @Nullable Path lake) {

    /// How much demo data: none leaves the server without projects.
    public enum Demo {
        NONE,
        SMALL,
        MEDIUM,
        LARGE;

        DemoShop.Size size() {
            return switch (this) {
                case NONE -> throw new IllegalStateException("no demo has no size");
                case SMALL -> DemoShop.Size.SMALL;
                case MEDIUM -> DemoShop.Size.MEDIUM;
                case LARGE -> DemoShop.Size.LARGE;
            };
        }
    }

    /// The demo with a small shop under load, in the user's data directory.
    public static LocalOptions defaults() {
        return new LocalOptions(
                DataHome.ofThisUser(),
                0,
                false,
                Demo.SMALL,
                true,
                null,
                Duration.ofSeconds(60),
                Clock.systemUTC(),
                OperationDelay.NORMAL,
                ComputeHostOptions.defaults(),
                () -> {},
                null);
    }

    public LocalOptions withDir(Path other) {
        return new LocalOptions(
                other,
                port,
                stable,
                demo,
                workload,
                tokenTtl,
                suspendFloor,
                clock,
                pace,
                room,
                beforeDemo,
                lake);
    }

    public LocalOptions withPort(int other) {
        return new LocalOptions(
                dir,
                other,
                stable,
                demo,
                workload,
                tokenTtl,
                suspendFloor,
                clock,
                pace,
                room,
                beforeDemo,
                lake);
    }

    public LocalOptions withStable(boolean other) {
        return new LocalOptions(
                dir,
                port,
                other,
                demo,
                workload,
                tokenTtl,
                suspendFloor,
                clock,
                pace,
                room,
                beforeDemo,
                lake);
    }

    public LocalOptions withDemo(Demo other, boolean busy) {
        return new LocalOptions(
                dir,
                port,
                stable,
                other,
                busy,
                tokenTtl,
                suspendFloor,
                clock,
                pace,
                room,
                beforeDemo,
                lake);
    }

    public LocalOptions withTokenTtl(@Nullable Duration other) {
        return new LocalOptions(
                dir,
                port,
                stable,
                demo,
                workload,
                other,
                suspendFloor,
                clock,
                pace,
                room,
                beforeDemo,
                lake);
    }

    public LocalOptions withSuspendFloor(Duration other) {
        return new LocalOptions(
                dir, port, stable, demo, workload, tokenTtl, other, clock, pace, room, beforeDemo, lake);
    }

    public LocalOptions withClock(Clock other) {
        return new LocalOptions(
                dir,
                port,
                stable,
                demo,
                workload,
                tokenTtl,
                suspendFloor,
                other,
                pace,
                room,
                beforeDemo,
                lake);
    }

    public LocalOptions withPace(OperationDelay other) {
        return new LocalOptions(
                dir,
                port,
                stable,
                demo,
                workload,
                tokenTtl,
                suspendFloor,
                clock,
                other,
                room,
                beforeDemo,
                lake);
    }

    public LocalOptions withRoom(ComputeHostOptions other) {
        return new LocalOptions(
                dir,
                port,
                stable,
                demo,
                workload,
                tokenTtl,
                suspendFloor,
                clock,
                pace,
                other,
                beforeDemo,
                lake);
    }

    public LocalOptions withBeforeDemo(Runnable other) {
        return new LocalOptions(
                dir,
                port,
                stable,
                demo,
                workload,
                tokenTtl,
                suspendFloor,
                clock,
                pace,
                room,
                other,
                lake);
    }

    public LocalOptions withLake(Path other) {
        return new LocalOptions(
                dir,
                port,
                stable,
                demo,
                workload,
                tokenTtl,
                suspendFloor,
                clock,
                pace,
                room,
                beforeDemo,
                other);
    }
}

package io.lakebaseops.local;

import io.lakebaseops.local.api.work.OperationDelay;
import io.lakebaseops.local.compute.ComputeHostOptions;
import io.lakebaseops.local.demo.DemoShop;
import io.lakebaseops.platform.UserFolders;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Consumer;

/// Settings of a Local Lakebase server. Immutable: what changes one gives another set.
public final class LocalOptions {
    private Path dir = UserFolders.ofThisUser().data().resolve("local");
    private int port;
    private boolean stable;
    private Demo demo = Demo.SMALL;
    private boolean workload = true;
    private @Nullable Duration tokenTtl;
    private Duration suspendFloor = Duration.ofSeconds(60);
    private Clock clock = Clock.systemUTC();
    private OperationDelay pace = OperationDelay.NORMAL;
    private ComputeHostOptions room = ComputeHostOptions.defaults();
    private Runnable beforeDemo = () -> {};
    private @Nullable Path lake;

    private LocalOptions() {}

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
        return new LocalOptions();
    }

    private LocalOptions with(Consumer<LocalOptions> change) {
        var next = new LocalOptions();
        next.dir = dir;
        next.port = port;
        next.stable = stable;
        next.demo = demo;
        next.workload = workload;
        next.tokenTtl = tokenTtl;
        next.suspendFloor = suspendFloor;
        next.clock = clock;
        next.pace = pace;
        next.room = room;
        next.beforeDemo = beforeDemo;
        next.lake = lake;
        change.accept(next);
        return next;
    }

    /// Keeps projects, branches and data between runs.
    public LocalOptions withDir(Path other) {
        return with(o -> o.dir = other);
    }

    /// Of the control plane; 0 picks a free one.
    public LocalOptions withPort(int other) {
        return with(o -> o.port = other);
    }

    /// Keeps the control plane's port and token for the next start that asks for it.
    public LocalOptions withStable(boolean other) {
        return with(o -> o.stable = other);
    }

    /// @param other what the first start fills in
    /// @param busy whether the demo project is kept busy
    public LocalOptions withDemo(Demo other, boolean busy) {
        return with(
                o -> {
                    o.demo = other;
                    o.workload = busy;
                });
    }

    /// Longest life of a credential, whatever is asked; null = as asked.
    public LocalOptions withTokenTtl(@Nullable Duration other) {
        return with(o -> o.tokenTtl = other);
    }

    /// Shortest suspend time accepted; 60 s on the platform.
    public LocalOptions withSuspendFloor(Duration other) {
        return with(o -> o.suspendFloor = other);
    }

    /// Decides about expiry of branches and credentials.
    public LocalOptions withClock(Clock other) {
        return with(o -> o.clock = other);
    }

    /// How slow operations are at least.
    public LocalOptions withPace(OperationDelay other) {
        return with(o -> o.pace = other);
    }

    public LocalOptions withRoom(ComputeHostOptions other) {
        return with(o -> o.room = other);
    }

    /// Called before the demo is loaded: lets a host finish its own start first.
    public LocalOptions withBeforeDemo(Runnable other) {
        return with(o -> o.beforeDemo = other);
    }

    /// A lakehouse whose Delta tables the SQL warehouse shows, too.
    public LocalOptions withLake(Path other) {
        return with(o -> o.lake = other);
    }

    public Path dir() {
        return dir;
    }

    public int port() {
        return port;
    }

    public boolean stable() {
        return stable;
    }

    public Demo demo() {
        return demo;
    }

    public boolean workload() {
        return workload;
    }

    public @Nullable Duration tokenTtl() {
        return tokenTtl;
    }

    public Duration suspendFloor() {
        return suspendFloor;
    }

    public Clock clock() {
        return clock;
    }

    public OperationDelay pace() {
        return pace;
    }

    public ComputeHostOptions room() {
        return room;
    }

    public Runnable beforeDemo() {
        return beforeDemo;
    }

    public @Nullable Path lake() {
        return lake;
    }
}

package io.lakebaseops.local.api;

import com.databricks.sdk.service.postgres.BranchStatusState;
import com.databricks.sdk.service.postgres.DeleteBranchRequest;

import io.lakebaseops.local.api.work.OperationDelay;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// How fast is a 200 MB branch of a busy production there? Measured through the SDK from the
/// request to READY and a login that answers, on durable settings and at the normal pace; the
/// writer's longest pause tells what the source felt. Run as a program:
/// `BranchSpeedBench [runs] [now|past]`.
public final class BranchSpeedBench {
    private static final int ROWS = 850_000;

    private BranchSpeedBench() {}

    public static void main(String[] args) throws Exception {
        int runs = args.length > 0 ? Integer.parseInt(args[0]) : 7;
        boolean past = args.length > 1 && args[1].equals("past");
        Path dir = Files.createTempDirectory(Paths.get(System.getProperty("java.io.tmpdir")), "lb");
        try (SdkFixture sdk =
                new SdkFixture(
                        dir,
                        o -> {
                            var durable = o.room().withFsync(true);
                            return o.withRoom(durable).withPace(OperationDelay.NORMAL);
                        })) {
            measure(sdk, runs, past);
        } finally {
            delete(dir);
        }
    }

    private static void measure(SdkFixture sdk, int runs, boolean past) throws Exception {
        String shop = sdk.project("shop");
        String primary = shop + "/branches/production/endpoints/primary";
        try (Connection c = sdk.connect(primary, sdk.token(primary));
                Statement s = c.createStatement()) {
            s.execute(
                    "CREATE TABLE big AS SELECT g AS id, repeat(md5(g::text), 6) AS filler"
                            + " FROM generate_series(1, "
                            + ROWS
                            + ") g");
            s.execute("CREATE TABLE ticks (a bigint PRIMARY KEY, filler text)");
        }
        AtomicBoolean more = new AtomicBoolean(true);
        AtomicLong longest = new AtomicLong();
        AtomicInteger commits = new AtomicInteger();
        var writer = CompletableFuture.runAsync(() -> write(sdk, primary, more, longest, commits));
        List<Long> ready = new ArrayList<>();
        List<Long> pauses = new ArrayList<>();
        for (int i = 0; i < runs; i++) {
            Thread.sleep(1000);
            int before = commits.get();
            longest.set(0);
            long millis = one(sdk, shop, "bench-" + i, past);
            ready.add(millis);
            pauses.add(longest.get() / 1_000_000);
            System.out.printf(
                    "run %d: ready and logged in after %d ms; source committed %d, longest pause"
                            + " %d ms%n",
                    i + 1, millis, commits.get() - before, pauses.getLast());
        }
        more.set(false);
        writer.join();
        System.out.printf(
                "%s, %d runs: median %d ms, worst %d ms; writer's pause median %d ms, worst %d"
                        + " ms%n",
                past ? "past" : "now",
                runs,
                median(ready),
                ready.stream().mapToLong(n -> n).max().orElse(0),
                median(pauses),
                pauses.stream().mapToLong(n -> n).max().orElse(0));
    }

    private static long one(SdkFixture sdk, String shop, String id, boolean past) throws Exception {
        var spec = SdkFixture.lasting();
        if (past) {
            long second = Instant.now().getEpochSecond();
            spec.setSourceBranchTime(
                    com.google.protobuf.Timestamp.newBuilder().setSeconds(second).build());
        }
        long begin = System.nanoTime();
        sdk.create(shop, id, spec);
        String name = shop + "/branches/" + id;
        String endpoint = name + "/endpoints/primary";
        while (sdk.postgres().getBranch(name).getStatus().getCurrentState()
                != BranchStatusState.READY) {
            Thread.sleep(10);
        }
        while (sdk.postgres().getEndpoint(endpoint).getStatus().getHosts() == null) {
            Thread.sleep(10);
        }
        try (Connection c = sdk.connect(endpoint, sdk.token(endpoint));
                Statement s = c.createStatement();
                var r = s.executeQuery("SELECT max(a) FROM ticks")) {
            r.next();
        }
        long millis = (System.nanoTime() - begin) / 1_000_000;
        sdk.settled(endpoint);
        sdk.done(
                sdk.postgres()
                        .deleteBranch(new DeleteBranchRequest().setName(name).setPurge(true))
                        .getName());
        return millis;
    }

    private static void write(
            SdkFixture sdk,
            String primary,
            AtomicBoolean more,
            AtomicLong longest,
            AtomicInteger commits) {
        try (Connection c = sdk.connect(primary, sdk.token(primary));
                PreparedStatement insert =
                        c.prepareStatement("INSERT INTO ticks VALUES (?, repeat('x', 200))")) {
            long last = System.nanoTime();
            for (long a = 0; more.get(); a++) {
                insert.setLong(1, a);
                insert.execute();
                commits.incrementAndGet();
                long now = System.nanoTime();
                long took = now - last;
                longest.accumulateAndGet(took, Math::max);
                last = now;
                // A busy shop, not a load test: some hundred transactions a second.
                Thread.sleep(Duration.ofMillis(1));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static long median(List<Long> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    private static void delete(Path dir) throws IOException {
        try (var files = Files.walk(dir)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}

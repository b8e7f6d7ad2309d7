package io.lakebaseops.local.compute;

import static io.lakebaseops.local.compute.RoomFixture.run;
import static io.lakebaseops.local.compute.RoomFixture.spec;
import static io.lakebaseops.local.compute.RoomFixture.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.lakebaseops.local.compute.server.ComputeException;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

final class ForkPgTest {
    @TempDir static Path dir;
    static RoomFixture fixture;

    @BeforeAll
    static void open() throws SQLException {
        fixture = new RoomFixture(dir, ComputeHostOptions.defaults()).withMain();
        try (Connection connection = fixture.connect("ep-main")) {
            // About 200 MB of heap.
            run(
                    connection,
                    "CREATE TABLE big AS SELECT g AS id, repeat(md5(g::text), 6) AS filler"
                            + " FROM generate_series(1, 850000) g");
        }
    }

    @AfterAll
    static void close() {
        fixture.close();
    }

    @Test
    void a_branch_of_a_working_source_holds_a_consistent_prefix_of_its_commits() throws Exception {
        try (Connection setUp = fixture.connect("ep-main")) {
            run(setUp, "CREATE TABLE counted (a int PRIMARY KEY)", "CREATE TABLE mirrored (a int)");
        }
        AtomicBoolean more = new AtomicBoolean(true);
        AtomicInteger committed = new AtomicInteger();
        var writer = new FutureTask<>(() -> write(more, committed));
        Thread.ofVirtual().start(writer);
        await().until(() -> committed.get() >= 50 || writer.isDone());
        int before = committed.get();
        long begin = System.nanoTime();
        String lsn = fixture.room().fork("br-main", "br-fork");
        long copied = System.nanoTime();
        int after = committed.get();
        fixture.room().openEndpoint(spec("ep-fork", "br-fork"));
        long ready = System.nanoTime();
        more.set(false);
        int all = writer.get();
        System.out.printf(
                "fork of %d MB: copied in %d ms, ready in %d ms, source committed %d meanwhile%n",
                fixture.room().logicalSizeBytes("br-fork") >> 20,
                (copied - begin) / 1_000_000,
                (ready - begin) / 1_000_000,
                after - before);

        assertThat(lsn).matches("[0-9A-F]+/[0-9A-F]+");
        assertThat(after).as("commits while copying").isGreaterThan(before);
        try (Connection fork = fixture.connect("ep-fork")) {
            int rows = Integer.parseInt(value(fork, "SELECT count(*) FROM counted"));
            assertThat(rows).isBetween(before, after + 1).isLessThan(all);
            assertThat(value(fork, "SELECT max(a) FROM counted")).isEqualTo("" + rows);
            assertThat(value(fork, "SELECT count(*) FROM mirrored")).isEqualTo("" + rows);
            assertThat(value(fork, "SELECT count(*) FROM big")).isEqualTo("850000");
            assertThat(value(fork, "SELECT coalesce(sum(n_tup_ins), 0) FROM pg_stat_user_tables"))
                    .isEqualTo("0");
            run(fork, "INSERT INTO counted VALUES (-1)", "DROP TABLE big");
        }
        try (Connection source = fixture.connect("ep-main")) {
            assertThat(value(source, "SELECT count(*) FROM counted")).isEqualTo("" + all);
            assertThat(value(source, "SELECT count(*) FROM counted WHERE a = -1")).isEqualTo("0");
            assertThat(value(source, "SELECT count(*) FROM pg_replication_slots")).isEqualTo("0");
        }
        assertThat(fixture.room().logicalSizeBytes("br-main"))
                .isGreaterThan(fixture.room().logicalSizeBytes("br-fork") + 150_000_000);
        fixture.room().drop("br-fork");
        assertThat(dir.resolve("branches/br-fork")).doesNotExist();
        assertThatThrownBy(() -> fixture.room().status("ep-fork"))
                .isInstanceOf(ComputeException.class);
    }

    @Test
    void a_branch_of_a_stopped_source_and_of_a_branch_that_never_ran_have_the_data()
            throws Exception {
        fixture.room().createRoot("br-calm", RoomFixture.OWNER, 1);
        fixture.room().openEndpoint(spec("ep-calm", "br-calm"));
        try (Connection source = fixture.connect("ep-calm")) {
            run(source, "CREATE TABLE t AS SELECT 7 AS seven");
        }
        fixture.room().fork("br-calm", "br-never-run");
        fixture.room().updateEndpoint(spec("ep-calm", "br-calm", null, true, Map.of()));
        assertThat(fixture.room().fork("br-calm", "br-of-stopped")).matches("[0-9A-F]+/[0-9A-F]+");
        assertThat(fixture.room().fork("br-never-run", "br-of-fork"))
                .matches("[0-9A-F]+/[0-9A-F]+");
        for (String branch : new String[] {"br-of-stopped", "br-of-fork"}) {
            assertThat(fixture.room().logicalSizeBytes(branch)).isGreaterThan(10_000_000);
            fixture.room()
                    .openEndpoint(
                            spec("ep-" + branch, branch, Duration.ofHours(1), false, Map.of()));
            try (Connection copy = fixture.connect("ep-" + branch)) {
                assertThat(value(copy, "SELECT seven FROM t")).isEqualTo("7");
            }
            fixture.room().drop(branch);
        }
        fixture.room().drop("br-never-run");
        fixture.room().drop("br-calm");
        try (var left = Files.list(dir.resolve("branches"))) {
            assertThat(left.map(p -> p.getFileName().toString())).doesNotContain("br-calm");
        }
    }

    private static int write(AtomicBoolean more, AtomicInteger committed) {
        try (Connection connection = fixture.connect("ep-main");
                PreparedStatement insert =
                        connection.prepareStatement(
                                "WITH one AS (INSERT INTO counted VALUES (?) RETURNING a)"
                                        + " INSERT INTO mirrored SELECT a FROM one")) {
            while (more.get()) {
                insert.setInt(1, committed.get() + 1);
                insert.execute();
                committed.incrementAndGet();
            }
            return committed.get();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}

package io.lakebaseops.local.api;

import static io.lakebaseops.local.api.EndpointRulesPgTest.value;
import static io.lakebaseops.local.api.SdkFixture.lasting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.databricks.sdk.core.error.platform.InvalidParameterValue;
import com.databricks.sdk.service.postgres.BranchSpec;
import com.databricks.sdk.service.postgres.BranchStatus;
import com.databricks.sdk.service.postgres.DeleteBranchRequest;
import com.google.protobuf.Timestamp;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

final class PastBranchPgTest {
    @TempDir static Path dir;
    static SdkFixture sdk;
    static String shop;
    static String primary;

    /// A path with spaces and a quote: nothing of the archive may go through a shell.
    @BeforeAll
    static void start() {
        sdk = new SdkFixture(dir.resolve("ann's own data"));
        shop = sdk.project("shop");
        primary = shop + "/branches/production/endpoints/primary";
    }

    @AfterAll
    static void stop() {
        sdk.close();
    }

    @Test
    void by_time_and_by_lsn_it_holds_the_commits_up_to_the_point_and_no_more() throws Exception {
        Instant beforeTable;
        Instant between;
        String lsn;
        try (Connection c = sdk.connect(primary, sdk.token(primary))) {
            beforeTable = now(c);
            run(c, "CREATE TABLE t (a int)", "INSERT INTO t VALUES (1)");
            lsn = value(c, "SELECT pg_current_wal_insert_lsn()");
            between = now(c);
            run(c, "INSERT INTO t VALUES (2)", "DELETE FROM t WHERE a = 1");
            run(c, "CREATE ROLE newcomer");
        }
        assertThat(roles(shop + "/branches/production")).contains("newcomer");
        String byTime = sdk.branch(shop, "by-time", lasting().setSourceBranchTime(at(between)));
        String byLsn = sdk.branch(shop, "by-lsn", lasting().setSourceBranchLsn(lsn));
        String older = sdk.branch(shop, "older", lasting().setSourceBranchTime(at(beforeTable)));

        assertThat(rows(byTime)).containsExactly(1);
        assertThat(roles(byTime)).doesNotContain("newcomer").isNotEmpty();
        assertThat(rows(byLsn)).containsExactly(1);
        assertThatThrownBy(() -> rows(older)).hasMessageContaining("does not exist");
        BranchStatus status = sdk.postgres().getBranch(byTime).getStatus();
        assertThat(status.getSourceBranchTime()).isEqualTo(at(between));
        assertThat(status.getSourceBranchLsn()).matches("[0-9A-F]+/[0-9A-F]+");
        assertThat(sdk.postgres().getBranch(byLsn).getStatus().getSourceBranchLsn()).isEqualTo(lsn);
        try (Connection c = connect(byTime)) {
            run(c, "INSERT INTO t VALUES (10)");
        }
        try (Connection c = sdk.connect(primary, sdk.token(primary))) {
            assertThat(value(c, "SELECT string_agg(a::text, ',') FROM t")).isEqualTo("2");
        }
        // A branch of the past has a past of its own, and so has a plain copy of it.
        Instant later;
        try (Connection c = connect(byTime)) {
            later = now(c);
            run(c, "INSERT INTO t VALUES (11)");
        }
        String again =
                sdk.branch(
                        shop,
                        "again",
                        lasting().setSourceBranch(byTime).setSourceBranchTime(at(later)));
        assertThat(rows(again)).containsExactly(1, 10);
        String copy = sdk.branch(shop, "copy", lasting().setSourceBranch(again));
        Instant beforeCopyChanged;
        try (Connection c = connect(copy)) {
            run(c, "INSERT INTO t VALUES (12)");
            beforeCopyChanged = now(c);
            run(c, "TRUNCATE t");
        }
        String ofCopy =
                sdk.branch(
                        shop,
                        "of-copy",
                        lasting().setSourceBranch(copy).setSourceBranchTime(at(beforeCopyChanged)));
        assertThat(rows(ofCopy)).containsExactly(1, 10, 12);
        for (String name : List.of(ofCopy, copy, again, older, byLsn, byTime)) {
            purge(name);
        }
    }

    @Test
    void while_others_write_it_holds_a_prefix_that_ends_at_the_moment() throws Exception {
        try (Connection c = sdk.connect(primary, sdk.token(primary))) {
            run(c, "CREATE TABLE busy (a int PRIMARY KEY, at timestamptz)");
        }
        AtomicBoolean more = new AtomicBoolean(true);
        AtomicInteger written = new AtomicInteger();
        String name;
        int all;
        Instant moment;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var writer = threads.submit(() -> write(more, written));
            try {
                await().until(() -> written.get() > 100 || writer.isDone());
                moment = Instant.now().truncatedTo(ChronoUnit.MICROS);
                int then = written.get();
                await().until(() -> written.get() > then + 20 || writer.isDone());
                name = sdk.branch(shop, "midway", lasting().setSourceBranchTime(at(moment)));
            } finally {
                more.set(false);
            }
            all = writer.get();
        }
        try (Connection c = connect(name);
                Connection source = sdk.connect(primary, sdk.token(primary))) {
            int held = Integer.parseInt(value(c, "SELECT count(*) FROM busy"));
            assertThat(held).isPositive().isLessThan(all);
            assertThat(value(c, "SELECT max(a) FROM busy")).isEqualTo("" + held);
            // clock_timestamp() was taken before each commit: the last one may have come too late.
            int mayHold = count(source, "at <= ?::timestamptz", moment);
            assertThat(held).isBetween(mayHold - 1, mayHold);
        }
        purge(name);
    }

    @Test
    void points_outside_the_kept_past_are_refused_with_the_reason() throws SQLException {
        Instant now = Instant.now();
        invalid(lasting().setSourceBranchTime(at(now.plusSeconds(600))), "lies in the future");
        invalid(
                lasting().setSourceBranchTime(at(now.minusSeconds(40L * 86_400))),
                "before the history retention window");
        invalid(
                lasting().setSourceBranchTime(at(now.minusSeconds(3600))),
                "before the history of the branch: kept is the time from");
        invalid(lasting().setSourceBranchLsn("0/10"), "before the history of the branch");
        invalid(lasting().setSourceBranchLsn("FF/0"), "lies in the future");
        invalid(lasting().setSourceBranchLsn("here"), "not a log position");
        invalid(lasting().setSourceBranchLsn("0/10").setSourceBranchTime(at(now)), "only one of");
        assertThat(sdk.postgres().listBranches(shop)).hasSizeLessThan(4);
    }

    @Test
    void the_past_of_a_sleeping_branch_and_of_many_segments_is_there() throws Exception {
        Instant moment;
        try (Connection c = sdk.connect(primary, sdk.token(primary))) {
            run(
                    c,
                    "CREATE TABLE wide AS SELECT g a, repeat('x', 900) FROM generate_series(1,"
                            + " 60000) g");
            moment = now(c);
            run(c, "DROP TABLE wide");
            run(
                    c,
                    "CREATE TABLE wide2 AS SELECT g a, repeat('x', 900) FROM generate_series(1,"
                            + " 60000) g");
        }
        sdk.disable(primary, true);
        String name = sdk.branch(shop, "asleep", lasting().setSourceBranchTime(at(moment)));
        sdk.disable(primary, false);
        try (Connection c = connect(name)) {
            assertThat(value(c, "SELECT count(*) FROM wide")).isEqualTo("60000");
            assertThat(value(c, "SELECT to_regclass('wide2') IS NULL")).isEqualTo("t");
        }
        purge(name);
    }

    private static Connection connect(String branch) throws SQLException {
        String endpoint = branch + "/endpoints/primary";
        return sdk.connect(endpoint, sdk.token(endpoint));
    }

    private static List<Integer> rows(String branch) throws SQLException {
        List<Integer> rows = new ArrayList<>();
        try (Connection c = connect(branch);
                Statement s = c.createStatement();
                ResultSet r = s.executeQuery("SELECT a FROM t ORDER BY a")) {
            while (r.next()) {
                rows.add(r.getInt(1));
            }
        }
        return rows;
    }

    private static List<String> roles(String branch) {
        List<String> names = new ArrayList<>();
        sdk.postgres()
                .listRoles(branch)
                .forEach(role -> names.add(role.getStatus().getPostgresRole()));
        return names;
    }

    private static int write(AtomicBoolean more, AtomicInteger written) {
        try (Connection c = sdk.connect(primary, sdk.token(primary));
                PreparedStatement insert =
                        c.prepareStatement("INSERT INTO busy VALUES (?, clock_timestamp())")) {
            while (more.get()) {
                insert.setInt(1, written.get() + 1);
                insert.execute();
                written.incrementAndGet();
            }
            return written.get();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static int count(Connection c, String where, Instant moment) throws SQLException {
        try (PreparedStatement s = c.prepareStatement("SELECT count(*) FROM busy WHERE " + where)) {
            s.setString(1, moment.toString());
            try (ResultSet r = s.executeQuery()) {
                r.next();
                return r.getInt(1);
            }
        }
    }

    private static Instant now(Connection c) throws SQLException {
        try (Statement s = c.createStatement();
                ResultSet r = s.executeQuery("SELECT clock_timestamp()")) {
            r.next();
            return r.getObject(1, OffsetDateTime.class).toInstant();
        }
    }

    private static void run(Connection c, String... statements) throws SQLException {
        try (Statement s = c.createStatement()) {
            for (String sql : statements) {
                s.execute(sql);
            }
        }
    }

    private static void invalid(BranchSpec spec, String text) {
        ThrowingCallable call = () -> sdk.create(shop, "refused", spec);
        assertThatThrownBy(call)
                .isInstanceOf(InvalidParameterValue.class)
                .hasMessageContaining(text);
    }

    private static void purge(String name) {
        sdk.done(
                sdk.postgres()
                        .deleteBranch(new DeleteBranchRequest().setName(name).setPurge(true))
                        .getName());
    }

    private static Timestamp at(Instant time) {
        return Timestamp.newBuilder()
                .setSeconds(time.getEpochSecond())
                .setNanos(time.getNano() / 1000 * 1000)
                .build();
    }
}

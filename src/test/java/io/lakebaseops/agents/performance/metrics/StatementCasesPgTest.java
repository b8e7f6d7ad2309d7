package io.lakebaseops.agents.performance.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.agents.ToolRig;
import io.lakebaseops.agents.health.connections.IdleSessions;
import io.lakebaseops.framework.Outcome;
import io.lakebaseops.lakehouse.LakeQuery;
import io.lakebaseops.lakehouse.Lakehouse;
import io.lakebaseops.lakehouse.OpsTables;
import io.lakebaseops.lakehouse.ReadScope;
import io.lakebaseops.lakehouse.delta.LocalLakehouse;
import io.lakebaseops.testing.Pg17;
import io.lakebaseops.testing.TestTargets;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;

/// What collectors of statement statistics were publicly seen to get wrong.
final class StatementCasesPgTest {
    private static Pg17 server;
    private static Pg17.Database database;

    @TempDir Path dir;
    private Lakehouse lakehouse;

    @BeforeAll
    static void start() {
        server = Pg17.started(List.of("pg_stat_statements.track = all"));
        database = server.database("st");
        database.asAdmin(
                "create schema elsewhere",
                "alter extension pg_stat_statements set schema elsewhere",
                "grant usage on schema elsewhere to public",
                "create table a(x int)",
                "create function inner_count() returns bigint language plpgsql as"
                        + " 'declare n bigint; begin select count(*) into n from a; return n; end'");
    }

    @AfterAll
    static void stop() {
        server.stop();
    }

    @BeforeEach
    void open() {
        lakehouse = LocalLakehouse.open(dir.resolve("lake"), Clock.systemUTC());
        lakehouse.ensureTables(OpsTables.ALL);
        database.asAdmin("select elsewhere.pg_stat_statements_reset()");
    }

    private Outcome<PersistPgStatStatements.Output> run(ToolRig rig) {
        return new PersistPgStatStatements(
                        rig.targets(),
                        lakehouse,
                        dir.resolve("snapshots"),
                        (_, _) -> null,
                        (_, _) -> {})
                .run(new PersistPgStatStatements.Input(5000), rig.context());
    }

    private List<Map<String, Object>> read(String sql) {
        return lakehouse
                .query(new LakeQuery("test", sql), Map.of(), ReadScope.ALL, TestTargets.deadline())
                .list()
                .stream()
                .map(row -> Map.<String, Object>copyOf(row))
                .toList();
    }

    @Test
    void oneQueryidOfTwoUsersAndTwoLevelsHasThreeRows() {
        database.asAdmin("grant select on a to public", "select inner_count()");
        try (var rig = ToolRig.of(database)) {
            database.asAdmin("select count(*) from a");
            database.asDba("select count(*) from a");
            ToolRig.found(run(rig));
            for (int i = 0; i < 5; i++) {
                database.asAdmin("select count(*) from a");
            }
            for (int i = 0; i < 7; i++) {
                database.asDba("select count(*) from a");
            }
            for (int i = 0; i < 3; i++) {
                database.asAdmin("select inner_count()");
            }
            ToolRig.found(run(rig));
            ToolRig.found(run(rig));
            assertThat(
                            read(
                                    "select h.calls as calls from {pg_stat_history} h join {query_text} q"
                                            + " on q.queryid = h.queryid where q.query like 'select count(*) %from a'"))
                    .extracting(row -> ((Number) row.get("calls")).longValue())
                    .containsExactlyInAnyOrder(5L, 7L, 3L);
        }
    }

    @Test
    void hiddenStatementsAreCountedAndTheRightGrantIsNamed() {
        database.asAdmin(
                "create role st_none login password 'x'",
                "create role st_paper login password 'x'",
                "grant pg_monitor to st_paper with inherit false",
                "select count(*) from a");
        try (var rig = new ToolRig(TestTargets.of(database.url(), "st_none", "x"))) {
            assertThat(ToolRig.refused(run(rig)))
                    .containsPattern("[1-9][0-9]* of [0-9]+ are hidden")
                    .contains("GRANT pg_monitor (or pg_read_all_stats) TO \"st_none\"");
        }
        try (var rig = new ToolRig(TestTargets.of(database.url(), "st_paper", "x"))) {
            var said = ToolRig.refused(run(rig));
            assertThat(said).contains("is a member of pg_monitor, but without INHERIT");
            database.asAdmin(said.replaceAll(".*— ", ""));
        }
        try (var rig = new ToolRig(TestTargets.of(database.url(), "st_paper", "x"))) {
            assertThat(run(rig)).isInstanceOf(Outcome.Found.class);
        }
    }

    @Test
    void aTextThatIsNoUtf8CostsNeitherNumbersNorTheOtherTexts() throws SQLException {
        database.asAdmin(
                "drop database if exists bytes",
                "create database bytes encoding 'SQL_ASCII' template template0"
                        + " locale_provider libc locale 'C'");
        try (var rig = ToolRig.of(database)) {
            ToolRig.found(run(rig));
            var login = new Properties();
            login.setProperty("user", "postgres");
            login.setProperty("options", "-c client_encoding=SQL_ASCII");
            login.setProperty("allowEncodingChanges", "true");
            try (var c = DriverManager.getConnection(server.url("bytes"), login);
                    var s = c.createStatement()) {
                // One byte of Latin 1, which the driver cannot send: the server decodes it.
                s.execute(
                        "do $$ begin execute convert_from('\\x"
                                + hex("select 1, 2, 3 as \"caf\u00e9\"")
                                + "', 'SQL_ASCII'); end $$");
                s.execute("select 1 + 2, true as legible");
            }
            database.asAdmin("select now() as wholesome");

            var first = ToolRig.found(run(rig));
            assertThat(first.data().written()).isPositive();
            assertThat(first.caveats())
                    .anyMatch(c -> c.contains("no statement texts") && c.contains("SQL_ASCII"));

            var choice = new IdleSessions(rig.sql());
            try (var session = rig.test().read()) {
                var fates =
                        choice.choose(
                                session,
                                new IdleSessions.Wish(
                                        "t", Duration.ZERO, Duration.ZERO, Set.of(), null),
                                rig.context());
                assertThat(fates.plans()).isEmpty();
            }

            try (var c = DriverManager.getConnection(server.url("bytes"), "postgres", "");
                    var s = c.createStatement()) {
                s.execute("create extension pg_stat_statements");
            }
            // What a database has is probed anew by a console that starts.
            try (var later = ToolRig.of(database)) {
                var second = ToolRig.found(run(later));
                assertThat(second.caveats())
                        .anyMatch(c -> c.contains("is no UTF-8 and is not kept"));
            }
            assertThat(read("select query from {query_text}"))
                    .extracting(row -> String.valueOf(row.get("query")))
                    .anyMatch(q -> q.contains("wholesome"))
                    .anyMatch(q -> q.contains("legible"))
                    .contains(StatementTextReader.NOT_READABLE);
        } finally {
            database.asAdmin(
                    "select elsewhere.pg_stat_statements_reset()",
                    "drop database bytes with (force)");
        }
    }

    private static String hex(String latin) {
        return HexFormat.of().formatHex(latin.getBytes(StandardCharsets.ISO_8859_1));
    }
}

package io.lakebaseops.postgres;

import static io.lakebaseops.testing.NastyNames.quoted;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.domain.Rows;
import io.lakebaseops.testing.NastyNames;
import io.lakebaseops.testing.Pg17;
import io.lakebaseops.testing.TestTargets;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NamedQueriesPgTest {
    /// What this session counted is counted now, not some time after it ended.
    private static final String FLUSH = "select pg_stat_force_next_flush()";

    private final Pg17.Database db = Pg17.shared().database("named \"q\"");
    private final TestTargets rig = TestTargets.of(db);

    @BeforeAll
    void aSchemaOfNastyNames() {
        long seed = System.nanoTime();
        System.out.println("NastyNames seed " + seed);
        var random = new Random(seed);
        for (var name :
                Stream.concat(
                                NastyNames.chosen().stream(),
                                Stream.generate(() -> NastyNames.random(random)).limit(30))
                        .distinct()
                        .toList()) {
            build(name, NastyNames.random(random, 3));
        }
        db.asDba("analyze", FLUSH);
    }

    /// A parent and a child with a foreign key without index, a duplicate index and dead rows.
    private void build(String name, List<String> columns) {
        var schema = quoted(name);
        var t = schema + "." + quoted(name);
        var child = schema + "." + quoted("c" + name);
        var a = quoted(columns.get(0));
        var b = quoted(columns.get(1));
        var c = quoted(columns.get(2));
        db.asDba(
                "create schema if not exists " + schema,
                "create table if not exists "
                        + t
                        + " ("
                        + a
                        + " int, "
                        + b
                        + " text, "
                        + c
                        + " int, primary key ("
                        + a
                        + ", "
                        + c
                        + "))",
                "create table if not exists "
                        + child
                        + " ("
                        + a
                        + " int, "
                        + c
                        + " int, foreign key ("
                        + a
                        + ", "
                        + c
                        + ") references "
                        + t
                        + ")",
                "insert into "
                        + t
                        + " select g, g::text, g from generate_series(1, 50) g on conflict do"
                        + " nothing",
                "delete from " + t + " where " + a + " > 25",
                "create index on "
                        + t
                        + " ("
                        + b
                        + ", lower("
                        + b
                        + ")) where "
                        + b
                        + " is not null",
                "create index on "
                        + t
                        + " ("
                        + b
                        + ", lower("
                        + b
                        + ")) where "
                        + b
                        + " is not null",
                "create index on " + t + " (" + c + ")",
                "create index on " + t + " (" + c + ", " + a + ") include (" + b + ")",
                FLUSH);
    }

    @AfterAll
    void close() {
        rig.close();
    }

    static Stream<String> names() {
        return NamedRows.BY_NAME.keySet().stream().sorted();
    }

    @ParameterizedTest
    @MethodSource("names")
    void runsAsANonSuperuserOnAnyNamesAndFitsItsRecord(String name) {
        var type = Objects.requireNonNull(NamedRows.BY_NAME.get(name));
        var rows = run(name);
        var expected =
                Arrays.stream(type.getRecordComponents())
                        .map(c -> RecordMapper.column(c.getName()))
                        .toList();
        for (var row : rows.list()) {
            assertThat(List.copyOf(row.keySet())).isEqualTo(expected);
        }
        RecordMapper.of(type).all(SqlName.of(name), rows);
        if (!name.equals("monitoring/waiting_locks")
                && !name.equals("connections/idle_connections")) {
            assertThat(rows.isEmpty()).as("finds something to fit").isFalse();
        }
    }

    private Rows run(String name) {
        try (var session = rig.read()) {
            var params = new HashMap<String, Object>();
            rig.sql().file(SqlName.of(name), 17).params().stream()
                    // The session knows these itself.
                    .filter(p -> !p.name().equals("own_pids"))
                    .forEach(p -> params.put(p.name(), NamedRows.WIDEST.get(p.name())));
            return session.query(SqlName.of(name), params);
        }
    }

    @Test
    void everyNastyTableIsFoundUnderItsExactName() {
        var dead = names("maintenance/table_dead_tuples", "table_name");
        var columns = names("schema/schema_columns", "schema_name");
        assertThat(dead).containsAll(NastyNames.chosen());
        assertThat(columns).containsAll(NastyNames.chosen());
        var missing = names("indexes/missing_fk_indexes", "schema_name");
        assertThat(missing).containsAll(NastyNames.chosen());
        var duplicate = names("indexes/duplicate_indexes", "schema_name");
        assertThat(duplicate).containsAll(NastyNames.chosen());
    }

    private List<String> names(String query, String column) {
        return run(query).list().stream().map(r -> String.valueOf(r.get(column))).toList();
    }

    @Test
    void aMissingExtensionIsNamedWithWhatToDo() {
        var plain = Pg17.shared().database("noext");
        plain.asAdmin("drop extension pg_stat_statements");
        try (var other = TestTargets.of(plain);
                var session = other.read()) {
            org.assertj.core.api.Assertions.assertThatThrownBy(
                            () -> session.query(SqlName.of("statements/pg_stat_statements_info")))
                    .hasMessageContaining("pg_stat_statements is not installed")
                    .hasMessageContaining("CREATE EXTENSION");
        }
    }

    @Test
    void theExtensionIsFoundInWhateverSchemaItLives() {
        var moved = Pg17.shared().database("moved");
        moved.asAdmin(
                "create schema \"Ext of 'all'\"",
                "alter extension pg_stat_statements set schema \"Ext of 'all'\"");
        try (var other = TestTargets.of(moved);
                var session = other.read()) {
            assertThat(session.query(SqlName.of("statements/pg_stat_statements_info")).size())
                    .isEqualTo(1);
            assertThat(
                            session.query(
                                            SqlName.of("statements/pg_stat_statements_full"),
                                            Map.of("top", 3))
                                    .size())
                    .isLessThanOrEqualTo(3);
        }
    }
}

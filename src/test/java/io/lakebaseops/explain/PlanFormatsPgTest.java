package io.lakebaseops.explain;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

import io.lakebaseops.testing.Pg17;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// The same statement explained as text, JSON and YAML is the same plan to us.
final class PlanFormatsPgTest {
    private static Connection connection;

    @BeforeAll
    static void schema() throws SQLException {
        var database = Pg17.shared().database("formats");
        connection = database.admin();
        try (var s = connection.createStatement()) {
            s.execute(
                    """
                    create schema "odd ""s";
                    create table "odd ""s"."my table" (id int primary key, "Some Col" text, n int);
                    create index "an idx: 1" on "odd ""s"."my table" ("Some Col");
                    insert into "odd ""s"."my table"
                    select i, 'v' || i, i % 10 from generate_series(1, 5000) i;
                    create table a (id int primary key, b int, c text);
                    insert into a select i, i % 100, 'c' || i from generate_series(1, 5000) i;
                    create index on a (b);
                    create table p (k int, v int) partition by range (k);
                    create table p1 partition of p for values from (0) to (100);
                    create table p2 partition of p for values from (100) to (200);
                    create view v as select a.*, m.n from a join "odd ""s"."my table" m using (id);
                    analyze;
                    """);
        }
    }

    @AfterAll
    static void close() throws SQLException {
        connection.close();
    }

    /// What text leaves out or says in other words.
    private static final Set<String> NOT_IN_TEXT =
            Set.of(
                    "Async Capable",
                    "Inner Unique",
                    "Parallel Aware",
                    "Planning",
                    "Triggers",
                    "Single Copy",
                    "Disabled",
                    "Plans",
                    "Parent Relationship",
                    "Planning Time",
                    "Execution Time",
                    "Cache Evictions",
                    "Cache Overflows",
                    "Schema",
                    "Relation Name",
                    "Alias",
                    "Function Name",
                    "Rows Removed by Index Recheck",
                    "Original Hash Buckets",
                    "Original Hash Batches",
                    "Hash Buckets",
                    "Replaces",
                    "Repeatable Seed",
                    "Sampling Method",
                    "Sampling Parameters",
                    "Target Tables",
                    "Group Key",
                    "Grouping Sets",
                    "Full-sort Groups",
                    "Pre-sorted Groups",
                    "Strategy",
                    "Rows Removed by Join Filter",
                    "Rows Removed by Filter",
                    "Heap Fetches",
                    "Exact Heap Blocks",
                    "Lossy Heap Blocks",
                    "Workers",
                    "HashAgg Batches",
                    "Peak Memory Usage",
                    "Disk Usage",
                    "Tuples Inserted",
                    "Conflicting Tuples");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select 1",
                "select * from a where id = 7",
                "select * from a where b = 7 and c like 'c%' order by c desc, id limit 3 offset 2",
                "select \"Some Col\" from \"odd \"\"s\".\"my table\" t where \"Some Col\" = 'x: y (z), \"q\"'",
                "select count(*), b from a group by b having count(*) > 3",
                "select a.id, x.b from a left join a x on x.b = a.id and x.c <> a.c where a.b in (1, 2, 3)",
                "select * from a where not exists (select 1 from p where p.k = a.id)",
                "select * from a where id in (select k from p where v > 3)",
                "select *, (select max(v) from p where k = a.b) from a where b > (select avg(k) from p)",
                "with w as materialized (select * from a) select * from w join w x on x.id = w.b",
                "with recursive r(i) as (select 1 union all select i + 1 from r where i < 5) select * from r",
                "select * from p where k < 100 union all select id, b from a",
                "select id, b from a union select k, v from p",
                "select id from a intersect select k from p",
                "select id from a except all select k from p",
                "select *, rank() over (partition by b order by id) from a",
                "select distinct on (b) b, id from a order by b, id",
                "select * from generate_series(1, 3) g, unnest(array[1, 2]) u",
                "select * from (values (1, 'a'), (2, 'b')) v(x, y) where x > 1",
                "select * from a tablesample system (10) repeatable (7) where ctid > '(1,1)'",
                "select * from a where ctid = '(1,1)'",
                "select b, c, count(*) from a group by grouping sets ((b), (c), ())",
                "select b from a for update",
                "select generate_series(1, 2), b from a",
                "insert into p select id % 200, b from a on conflict do nothing",
                "update a set c = 'x' where b = 3 returning id",
                "delete from a using p where p.k = a.id",
                "merge into a using p on p.k = a.id when matched then delete"
                        + " when not matched then insert values (p.k, p.v, 'm')",
                "select * from v where n = 3 and id between 5 and 900",
                "select * from a where b = 3 or b = 4 or id = 5",
                "select * from json_table('[1,2]', '$[*]' columns (x int path '$')) j",
                "select x.* from a x join a y on y.b = x.b join a z on z.id = y.id where x.id < 30 order by z.c"
            })
    void textJsonAndYamlAreTheSamePlan(String statement) throws SQLException {
        // What a change that is rolled back leaves behind would alter the next estimate.
        boolean changes = statement.matches("(insert|update|delete|merge) .*");
        var options = new ArrayList<>(List.of("", "verbose, settings"));
        if (!changes) {
            options.add("analyze, timing off, summary off, buffers off");
        }
        for (var option : options) {
            var json = ExplainedPlan.read(explained(statement, option, "json"));
            var text = ExplainedPlan.read(explained(statement, option, "text"));
            var yaml = ExplainedPlan.read(explained(statement, option, "yaml"));
            assertThat(List.of(json.format(), text.format(), yaml.format()))
                    .containsExactly(PlanFormat.JSON, PlanFormat.TEXT, PlanFormat.YAML);
            same(json.root(), text.root());
            same(json.root(), yaml.root());
            var figures = PlanFigures.of(json);
            assertThat(PlanFigures.of(text).cost()).isEqualTo(figures.cost());
        }
    }

    private static void same(PlanNode json, PlanNode other) {
        assertThat(other.type()).isEqualTo(json.type());
        assertThat(other.number()).isEqualTo(json.number());
        assertThat(other.place()).isEqualTo(json.place());
        assertThat(other.estimate()).isEqualTo(json.estimate());
        assertThat(other.text("Index Name")).isEqualTo(json.text("Index Name"));
        assertThat(other.text("Relation Name")).isEqualTo(json.text("Relation Name"));
        assertThat(other.text("Alias")).isEqualTo(json.text("Alias"));
        if (json.actual() != null) {
            assertThat(other.actual()).isNotNull();
            assertThat(other.actual().rows()).isEqualTo(json.actual().rows());
            assertThat(other.actual().loops()).isEqualTo(json.actual().loops());
        }
        var missing = new ArrayList<String>();
        for (var property : json.properties().properties()) {
            var name = property.getKey();
            if (!NOT_IN_TEXT.contains(name)
                    && !equal(property.getValue(), other.properties().path(name))) {
                missing.add(
                        "%s: %s, not %s"
                                .formatted(
                                        name, property.getValue(), other.properties().path(name)));
            }
        }
        assertThat(missing).as(json.type()).isEmpty();
        assertThat(other.properties().has("Notes")).as(other.properties().toString()).isFalse();
        assertThat(other.children()).hasSameSizeAs(json.children());
        for (int i = 0; i < json.children().size(); i++) {
            same(json.children().get(i), other.children().get(i));
        }
    }

    private static boolean equal(JsonNode json, JsonNode other) {
        if (json.isNumber()) {
            return json.asDouble() == other.asDouble(0);
        }
        return json.equals(other) || json.asText().equals(other.asText());
    }

    private static String explained(String statement, String options, String format)
            throws SQLException {
        try (var s = connection.createStatement()) {
            s.execute("begin; set local max_parallel_workers_per_gather = 0");
            var text = new StringBuilder();
            try (var rows =
                    s.executeQuery(
                            "explain (%s format %s) %s"
                                    .formatted(
                                            options.isEmpty() ? "" : options + ",",
                                            format,
                                            statement))) {
                while (rows.next()) {
                    text.append(rows.getString(1)).append('\n');
                }
            }
            s.execute("rollback");
            return text.toString();
        }
    }
}

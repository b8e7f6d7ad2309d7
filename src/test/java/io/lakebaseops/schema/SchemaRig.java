package io.lakebaseops.schema;

import io.lakebaseops.schema.SchemaPairs.Pair;
import io.lakebaseops.testing.Pg17;
import io.lakebaseops.testing.TestTargets;

import org.jspecify.annotations.Nullable;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/// Carries pairs out: builds both sides, reads, derives, applies, reads again. Pairs that can share
/// two databases do, each in schemas of its own.
final class SchemaRig {
    private static final int SEPARATE = -1;

    private final Pg17 server = Pg17.shared();
    private final Map<String, Outcome> outcomes = new HashMap<>();

    /// @param failure what the server said to the derived statements
    record Outcome(
            DatabaseSchema before,
            DatabaseSchema again,
            DatabaseSchema after,
            Ddl ddl,
            DatabaseSchema reached,
            Ddl back,
            DatabaseSchema reachedBack,
            @Nullable String failure) {}

    Outcome of(Pair pair) {
        return outcomes.computeIfAbsent(
                pair.what(), _ -> run(Map.of(SEPARATE, pair)).get(SEPARATE));
    }

    void run(List<Pair> pairs) {
        server.database("schema_roles").asAdmin("create role app", "create role \"Odd \"\"Role\"");
        var shared = pairs.stream().filter(p -> !p.needsItsOwnDatabase()).toList();
        var numbered = new TreeMap<Integer, Pair>();
        IntStream.range(0, shared.size()).forEach(i -> numbered.put(i, shared.get(i)));
        run(numbered).forEach((i, o) -> outcomes.put(numbered.get(i).what(), o));
    }

    private Map<Integer, Outcome> run(Map<Integer, Pair> pairs) {
        var left = server.database("schema_left");
        var right = server.database("schema_right");
        pairs.forEach((i, p) -> build(left, p.before(), i));
        pairs.forEach((i, p) -> build(right, p.after(), i));
        var outcomes = new HashMap<Integer, Outcome>();
        try (var l = TestTargets.of(left);
                var r = TestTargets.of(right)) {
            var before = read(l);
            var again = read(l);
            var after = read(r);
            var forth = new HashMap<Integer, Ddl>();
            var back = new HashMap<Integer, Ddl>();
            var failures = new HashMap<Integer, String>();
            pairs.forEach(
                    (i, p) -> {
                        var ddl = Ddl.between(part(before, i), part(after, i));
                        forth.put(i, ddl);
                        apply(left, ddl, i, failures);
                        var other = Ddl.between(part(after, i), part(before, i));
                        back.put(i, other);
                        if (p.back()) {
                            apply(right, other, i, failures);
                        }
                    });
            var reached = read(l);
            var reachedBack = read(r);
            pairs.keySet()
                    .forEach(
                            i ->
                                    outcomes.put(
                                            i,
                                            new Outcome(
                                                    part(before, i),
                                                    part(again, i),
                                                    part(after, i),
                                                    forth.get(i),
                                                    part(reached, i),
                                                    back.get(i),
                                                    part(reachedBack, i),
                                                    failures.get(i))));
        }
        return outcomes;
    }

    private void build(Pg17.Database database, String script, int number) {
        var all = SchemaPairs.BASE + script;
        var sql = number == SEPARATE ? all : Pair.renamed(all, number);
        var path = "set search_path = ''; set allow_system_table_mods = on; ";
        try {
            execute(database, List.of(path + sql));
        } catch (SQLException e) {
            throw new IllegalStateException(sql + ": " + e.getMessage(), e);
        }
    }

    private void apply(Pg17.Database database, Ddl ddl, int number, Map<Integer, String> failures) {
        if (!ddl.complete()) {
            return;
        }
        try {
            execute(database, ddl.statements().stream().map(s -> s.sql() + "").toList());
        } catch (SQLException e) {
            failures.put(number, e.getMessage() + "\n" + ddl.text());
        }
    }

    /// One message per script: the driver would split the bodies of functions.
    private void execute(Pg17.Database database, List<String> scripts) throws SQLException {
        var url = database.url() + "?preferQueryMode=simple";
        try (var c = DriverManager.getConnection(url, "postgres", "");
                var s = c.createStatement()) {
            s.setEscapeProcessing(false);
            for (var script : scripts) {
                s.execute(script);
            }
        }
    }

    private static DatabaseSchema part(DatabaseSchema whole, int number) {
        if (number == SEPARATE) {
            return whole;
        }
        var objects = new TreeMap<>(whole.objects());
        objects.keySet().removeIf(id -> !Pair.belongs(id, number));
        return new DatabaseSchema(whole.database(), objects, whole.needs());
    }

    private static DatabaseSchema read(TestTargets targets) {
        try (var session = targets.read()) {
            return Schema.read(session);
        }
    }
}

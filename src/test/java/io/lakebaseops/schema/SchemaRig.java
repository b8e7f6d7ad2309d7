package io.lakebaseops.schema;

import io.lakebaseops.schema.SchemaPairs.Pair;
import io.lakebaseops.testing.Pg17;
import io.lakebaseops.testing.TestTargets;

import org.jspecify.annotations.Nullable;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Carries pairs out: builds both sides, reads, derives, applies, reads again. Pairs that can share
/// two databases do, each in schemas of its own.
final class SchemaRig {
    private static final int SEPARATE = -1;

    private final Pg17 server = Pg17.shared();
    private final Map<String, Outcome> outcomes = new HashMap<>();

    /// @param failure what the server said to the derived statements
    /// @param unlike lines of the catalogs that are on one side only after deriving, whatever our
    ///     reader thinks
    record Outcome(
            DatabaseSchema before,
            DatabaseSchema again,
            DatabaseSchema after,
            Ddl ddl,
            DatabaseSchema reached,
            Ddl back,
            DatabaseSchema reachedBack,
            @Nullable String failure,
            List<String> unlike) {}

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
        var made =
                Objects.requireNonNull(
                        new Pg17.Database(server, "postgres")
                                .scalar("select pg_current_xact_id()"));
        var left = server.database("schema_left");
        var right = server.database("schema_right");
        pairs.forEach((i, p) -> build(left, p.before(), i));
        pairs.forEach((i, p) -> build(right, p.after(), i));
        var outcomes = new HashMap<Integer, Outcome>();
        try (var l = TestTargets.of(left);
                var r = TestTargets.of(right)) {
            var before = parts(read(l), pairs.keySet());
            // The pairs that share databases show it for all.
            var again = pairs.containsKey(SEPARATE) ? before : parts(read(l), pairs.keySet());
            var after = parts(read(r), pairs.keySet());
            var forth = new HashMap<Integer, Ddl>();
            var returns = new HashMap<Integer, Ddl>();
            var failures = new HashMap<Integer, String>();
            pairs.keySet()
                    .forEach(
                            i -> {
                                var ddl = Ddl.between(before.get(i), after.get(i));
                                forth.put(i, ddl);
                                apply(left, ddl, i, failures);
                            });
            boolean derived = pairs.values().stream().anyMatch(Pair::derived);
            var unlike = derived ? unlike(left, right, Long.parseLong(made)) : List.<String>of();
            pairs.forEach(
                    (i, p) -> {
                        var other = Ddl.between(after.get(i), before.get(i));
                        returns.put(i, other);
                        if (p.back()) {
                            apply(right, other, i, failures);
                        }
                    });
            // Reading is most of the work: what nobody looks at is not read again.
            boolean back = pairs.values().stream().anyMatch(Pair::back);
            var reached = derived ? parts(read(l), pairs.keySet()) : before;
            var reachedBack = back ? parts(read(r), pairs.keySet()) : after;
            pairs.keySet()
                    .forEach(
                            i ->
                                    outcomes.put(
                                            i,
                                            new Outcome(
                                                    before.get(i),
                                                    again.get(i),
                                                    after.get(i),
                                                    forth.get(i),
                                                    reached.get(i),
                                                    returns.get(i),
                                                    reachedBack.get(i),
                                                    failures.get(i),
                                                    unlike.stream()
                                                            .filter(line -> about(line, i))
                                                            .toList())));
        }
        return outcomes;
    }

    /// Nearly all rows of the catalogs are those every database is made with, so the rows written
    /// since are compared first. One that was changed and changed back is no longer as it was made,
    /// so whatever differs is looked for once more among all.
    private static List<String> unlike(Pg17.Database left, Pg17.Database right, long made) {
        var differing = unlikeSince(left, right, made);
        return differing.isEmpty() ? differing : unlikeSince(left, right, 0);
    }

    private static List<String> unlikeSince(Pg17.Database left, Pg17.Database right, long made) {
        try {
            var a = settled(CatalogText.of(left.admin(), made));
            var b = settled(CatalogText.of(right.admin(), made));
            var unlike = new ArrayList<String>();
            a.forEach((line, n) -> add(unlike, "- " + line, n - b.getOrDefault(line, 0)));
            b.forEach((line, n) -> add(unlike, "+ " + line, n - a.getOrDefault(line, 0)));
            return unlike;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, Integer> settled(Map<String, Integer> lines) {
        var settled = new HashMap<String, Integer>();
        lines.forEach((line, n) -> settled.merge(ServerPrint.settled(line), n, Integer::sum));
        return settled;
    }

    private static void add(List<String> lines, String line, int times) {
        if (times > 0) {
            lines.add(line);
        }
    }

    private static boolean about(String line, int number) {
        return number == SEPARATE
                || Pattern.compile("\\b(s|n|pub|srv|wrap|S\"a)" + number + "\\b")
                        .matcher(line)
                        .find();
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
        // Of an incomplete script, too, all that is given must run.
        try {
            execute(
                    database,
                    ddl.statements().stream().flatMap(s -> Stream.ofNullable(s.sql())).toList());
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

    /// Each pair's share of a database.
    private static Map<Integer, DatabaseSchema> parts(DatabaseSchema whole, Set<Integer> numbers) {
        if (numbers.contains(SEPARATE)) {
            return Map.of(SEPARATE, whole);
        }
        var shares = new HashMap<Integer, TreeMap<ObjectId, SchemaObject>>();
        numbers.forEach(n -> shares.put(n, new TreeMap<>()));
        whole.objects()
                .forEach(
                        (id, object) -> {
                            var share = shares.get(Pair.number(id));
                            if (share != null) {
                                share.put(id, object);
                            }
                        });
        var needs = new HashMap<Integer, Map<ObjectId, Set<ObjectId>>>();
        whole.needs()
                .forEach(
                        (id, needed) ->
                                needs.computeIfAbsent(Pair.number(id), _ -> new HashMap<>())
                                        .put(id, needed));
        var parts = new HashMap<Integer, DatabaseSchema>();
        shares.forEach(
                (n, objects) ->
                        parts.put(
                                n,
                                new DatabaseSchema(
                                        whole.database(),
                                        objects,
                                        needs.getOrDefault(n, Map.of()),
                                        Map.of(),
                                        Map.of(),
                                        whole.conversions())));
        return parts;
    }

    private static DatabaseSchema read(TestTargets targets) {
        try (var session = targets.read()) {
            return Schema.read(session);
        }
    }
}

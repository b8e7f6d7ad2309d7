package io.lakebaseops.agents.provisioning.branching;

import io.lakebaseops.agents.PerDatabase;
import io.lakebaseops.domain.Evidence;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.Rows;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.framework.ToolContext;
import io.lakebaseops.lakebase.ControlPlane.Branch;
import io.lakebaseops.postgres.ReadSession;
import io.lakebaseops.postgres.Targets;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What would be lost if a branch were made anew from its parent. Tables written to since the fork,
/// tables the parent does not have or has in another shape, and open sessions.
///
/// @param caveats what could not be seen, so that silence is not taken for "nothing"
record BranchLosses(
        List<Change> tables,
        List<Session> sessions,
        List<Evidence> evidence,
        List<String> caveats) {
    BranchLosses {
        tables = List.copyOf(tables);
        sessions = List.copyOf(sessions);
        evidence = List.copyOf(evidence);
        caveats = List.copyOf(caveats);
    }

    /// @param how `112 inserted, 3 updated`, or `only on this branch`
    record Change(String database, String schema, String table, String how) {}

    record Session(int pid, @Nullable String user, String application, @Nullable String state) {}

    private record Seen(String database, Rows changed, Rows shapes, Rows since, Rows sessions) {}

    static BranchLosses of(Targets targets, Branch branch, ToolContext context) {
        var here = new TargetId(context.target().profile(), branch.project(), branch.id());
        var look = PerDatabase.look(targets, on(context, here), BranchLosses::see);
        var caveats = new ArrayList<>(look.caveats());
        var parent = shapes(targets, branch, context, caveats);
        var tables = new ArrayList<Change>();
        var evidence = new ArrayList<Evidence>();
        var sessions = new ArrayList<Session>();
        var now = context.clock().instant();
        for (var seen : look.perDatabase()) {
            written(seen, tables);
            parent.forEach((database, shapes) -> different(seen, database, shapes, tables));
            seen.since().list().stream()
                    .map(r -> r.get("counting_since"))
                    .filter(Instant.class::isInstance)
                    .map(Instant.class::cast)
                    // A branch's own first start comes some seconds after it was made.
                    .filter(at -> at.isAfter(branch.createdAt().plusSeconds(120)))
                    .forEach(at -> caveats.add(counted(seen.database(), at)));
            evidence.add(
                    new Evidence(
                            BranchingSql.CHANGED_TABLES.path(), Map.of(), seen.changed(), now));
            if (sessions.isEmpty()) {
                seen.sessions().list().forEach(r -> sessions.add(session(r)));
                evidence.add(
                        new Evidence(
                                BranchingSql.OPEN_SESSIONS.path(), Map.of(), seen.sessions(), now));
            }
        }
        return new BranchLosses(tables, sessions, evidence, caveats);
    }

    String inWords() {
        var words =
                tables.isEmpty()
                        ? "no table was seen to differ from the parent"
                        : "%d tables lose what was done here (%s)"
                                .formatted(
                                        tables.size(),
                                        String.join(
                                                "; ",
                                                tables.stream()
                                                        .limit(5)
                                                        .map(
                                                                t ->
                                                                        t.schema()
                                                                                + "."
                                                                                + t.table()
                                                                                + ": "
                                                                                + t.how())
                                                        .toList()));
        return words
                + (sessions.isEmpty()
                        ? "; no session is open"
                        : "; %d open sessions end".formatted(sessions.size()));
    }

    private static Seen see(ReadSession s) {
        return new Seen(
                s.database(),
                s.query(BranchingSql.CHANGED_TABLES, Map.of()),
                s.query(BranchingSql.TABLE_SHAPES, Map.of()),
                s.query(BranchingSql.STATISTICS_SINCE, Map.of()),
                s.query(BranchingSql.OPEN_SESSIONS, Map.of()));
    }

    private static String counted(String database, Instant at) {
        return "database %s counts writes since %s only; what was written before is not in the list"
                .formatted(database, at);
    }

    /// By database, schema and table. Empty when the parent cannot be asked.
    private static Map<String, Map<String, String>> shapes(
            Targets targets, Branch branch, ToolContext context, List<String> caveats) {
        var parent =
                new TargetId(
                        context.target().profile(),
                        branch.project(),
                        String.valueOf(branch.source()));
        try {
            var all = new HashMap<String, Map<String, String>>();
            PerDatabase.look(
                            targets,
                            on(context, parent),
                            s ->
                                    Map.entry(
                                            s.database(),
                                            s.query(BranchingSql.TABLE_SHAPES, Map.of())))
                    .perDatabase()
                    .forEach(e -> all.put(e.getKey(), byTable(e.getValue())));
            return all;
        } catch (OpsException e) {
            caveats.add("the tables were not compared with %s: %s".formatted(parent, e.why()));
            return Map.of();
        }
    }

    private static Map<String, String> byTable(Rows rows) {
        var map = new HashMap<String, String>();
        rows.list().forEach(r -> map.put(key(r), String.valueOf(r.get("shape"))));
        return map;
    }

    private static void written(Seen seen, List<Change> tables) {
        for (var r : seen.changed().list()) {
            tables.add(
                    new Change(
                            seen.database(),
                            String.valueOf(r.get("schema_name")),
                            String.valueOf(r.get("table_name")),
                            "%s inserted, %s updated, %s deleted"
                                    .formatted(
                                            r.get("inserted"),
                                            r.get("updated"),
                                            r.get("deleted"))));
        }
    }

    private static void different(
            Seen seen, String database, Map<String, String> parent, List<Change> tables) {
        if (!database.equals(seen.database())) {
            return;
        }
        for (var r : seen.shapes().list()) {
            var there = parent.get(key(r));
            if (there == null || !there.equals(r.get("shape"))) {
                tables.add(
                        new Change(
                                database,
                                String.valueOf(r.get("schema_name")),
                                String.valueOf(r.get("table_name")),
                                there == null ? "only on this branch" : "other columns here"));
            }
        }
    }

    private static String key(Map<String, @Nullable Object> row) {
        return row.get("schema_name") + "\0" + row.get("table_name");
    }

    private static Session session(Map<String, @Nullable Object> r) {
        return new Session(
                r.get("pid") instanceof Number n ? n.intValue() : 0,
                text(r.get("user_name")),
                String.valueOf(r.get("application_name")),
                text(r.get("state")));
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }

    private static ToolContext on(ToolContext c, TargetId target) {
        return new ToolContext(c.runId(), target, c.actor(), c.deadline(), c.clock(), c.progress());
    }
}

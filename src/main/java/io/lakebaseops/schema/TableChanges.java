package io.lakebaseops.schema;

import io.lakebaseops.schema.Ddl.Mark;
import io.lakebaseops.schema.Relation.Table;
import io.lakebaseops.schema.Script.Stage;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/// Statements that alter a table. Its columns, constraints and indexes speak for themselves.
final class TableChanges {
    private final DatabaseSchema before;
    private final DatabaseSchema after;
    private final Script script;

    TableChanges(DatabaseSchema before, DatabaseSchema after, Script script) {
        this.before = before;
        this.after = after;
        this.script = script;
    }

    void ofNew(Table t) {
        ServerOptions.secrets(script, t.id(), List.of(), t.serverOptions());
        if (t.partition()) {
            attach(t);
        }
        if (t.ofType() != null) {
            script.late(t.id(), alter(t) + " OF " + t.ofType());
        }
        security(t, false, false);
        identity(t, "default", null);
        if (t.clusteredOn() != null) {
            cluster(t);
        }
    }

    void between(Table a, Table b) {
        if (!a.kind().equals(b.kind())
                || !Objects.equals(a.partitionKey(), b.partitionKey())
                || !Objects.equals(a.server(), b.server())) {
            script.cannot(
                    b.id(), "kind, partition key and server cannot be altered: copy the rows");
            return;
        }
        if (!SchemaDiff.orderFollows(a, b)) {
            script.remains(
                    b.id(),
                    "columns cannot be moved to another place: only a table made anew has them so;"
                            + " SELECT * and INSERT without a list of columns tell them apart");
        }
        ancestry(a, b);
        storage(a, b);
        options(alter(b), a.options(), b.options())
                .forEach(sql -> script.safe(b.id(), sql, Hazards.GENTLE));
        ServerOptions.between(a.serverOptions(), b.serverOptions())
                .forEach(o -> script.safe(b.id(), alter(b) + " OPTIONS (" + o + ")"));
        ServerOptions.secrets(script, b.id(), a.serverOptions(), b.serverOptions());
        security(b, a.rowSecurity(), a.forceRowSecurity());
        identity(b, a.replicaIdentity(), a.replicaIndex());
        if (!Objects.equals(a.clusteredOn(), b.clusteredOn())) {
            cluster(b);
        }
        if (!Objects.equals(a.ofType(), b.ofType())) {
            script.late(b.id(), alter(b) + (b.ofType() == null ? " NOT OF" : " OF " + b.ofType()));
        }
    }

    private static String alter(Table t) {
        return "ALTER TABLE " + t.id().sql();
    }

    private void ancestry(Table a, Table b) {
        boolean moved =
                !a.parents().equals(b.parents())
                        || !Objects.equals(a.partitionBound(), b.partitionBound());
        if (!moved) {
            return;
        }
        if (a.partition() || b.partition()) {
            if (a.partition() && before.table(a.parents().getFirst()) != null) {
                script.add(
                        Stage.FIRST,
                        Mark.SAFE,
                        b.id(),
                        "ALTER TABLE "
                                + a.parents().getFirst().sql()
                                + " DETACH PARTITION "
                                + b.id().sql(),
                        Hazards.EXCLUSIVE,
                        "DETACH … CONCURRENTLY is gentler");
            }
            if (b.partition()) {
                attach(b);
            }
            return;
        }
        for (var parent : a.parents()) {
            if (!b.parents().contains(parent)) {
                script.add(
                        Stage.FIRST,
                        Mark.SAFE,
                        b.id(),
                        alter(b) + " NO INHERIT " + parent.sql(),
                        Hazards.EXCLUSIVE);
            }
        }
        for (var parent : b.parents()) {
            if (!a.parents().contains(parent)) {
                script.late(b.id(), alter(b) + " INHERIT " + parent.sql(), Hazards.EXCLUSIVE);
            }
        }
    }

    private void attach(Table t) {
        boolean rows = before.find(t.id()) != null;
        var parent = t.parents().getFirst();
        var fallback =
                before.all(Table.class)
                        .filter(p -> p.parents().contains(parent))
                        .filter(p -> "DEFAULT".equals(p.partitionBound()) && !p.id().equals(t.id()))
                        .filter(p -> after.find(p.id()) != null)
                        .findFirst();
        var hazards = new ArrayList<String>();
        if (rows) {
            twins(t);
            hazards.add("SHARE UPDATE EXCLUSIVE lock on the parent");
            hazards.add(Hazards.SCAN);
            hazards.add("fails on rows outside its bounds");
        }
        fallback.ifPresent(
                f -> {
                    hazards.add(
                            "ACCESS EXCLUSIVE lock on the default partition %s, which is scanned"
                                    .formatted(f.id()));
                    hazards.add("fails if that holds rows of this partition");
                });
        script.add(
                Stage.LATE,
                hazards.isEmpty() ? Mark.SAFE : Mark.LOSSY,
                t.id(),
                "ALTER TABLE "
                        + t.parents().getFirst().sql()
                        + " ATTACH PARTITION "
                        + t.id().sql()
                        + " "
                        + t.partitionBound(),
                hazards.toArray(String[]::new));
    }

    /// Of two equal indexes the server takes the older one for the parent's.
    private void twins(Table t) {
        var on =
                after.all(TableObject.Index.class)
                        .filter(i -> i.relation().equals(t.qualified()))
                        .toList();
        for (var part : on) {
            for (var other : on) {
                if (part.parent() != null
                        && other.parent() == null
                        && before.find(other.id()) != null
                        && IndexChanges.nameless(part).equals(IndexChanges.nameless(other))) {
                    script.cannot(
                            t.id(),
                            "%s would become the partition's index in place of %s: drop it, attach, and make it again"
                                    .formatted(other.name(), part.name()));
                }
            }
        }
    }

    private void storage(Table a, Table b) {
        if (a.unlogged() != b.unlogged()) {
            script.safe(
                    b.id(),
                    alter(b) + (b.unlogged() ? " SET UNLOGGED" : " SET LOGGED"),
                    b.unlogged()
                            ? new String[] {
                                Hazards.EXCLUSIVE,
                                Hazards.REWRITE,
                                "emptied after a crash, and on no standby"
                            }
                            : new String[] {Hazards.EXCLUSIVE, Hazards.REWRITE});
        }
        if (!Objects.equals(a.accessMethod(), b.accessMethod())) {
            script.safe(
                    b.id(),
                    alter(b)
                            + " SET ACCESS METHOD "
                            + (b.accessMethod() == null
                                    ? "DEFAULT"
                                    : DdlFormatter.ident(b.accessMethod())),
                    Hazards.EXCLUSIVE,
                    Hazards.REWRITE);
        }
        if (!Objects.equals(a.tablespace(), b.tablespace())) {
            var space = Objects.requireNonNullElse(b.tablespace(), "pg_default");
            script.safe(
                    b.id(),
                    alter(b) + " SET TABLESPACE " + DdlFormatter.ident(space),
                    Hazards.EXCLUSIVE,
                    "copies the whole table");
        }
    }

    /// `SET` what is new or other, `RESET` what is gone.
    static List<String> options(String alter, List<String> a, List<String> b) {
        var set = new ArrayList<>(b);
        set.removeAll(a);
        var names = b.stream().map(o -> o.substring(0, o.indexOf('='))).toList();
        var reset =
                a.stream().filter(o -> !names.contains(o.substring(0, o.indexOf('=')))).toList();
        var statements = new ArrayList<String>();
        if (!set.isEmpty()) {
            statements.add(alter + " SET (" + DdlFormatter.options(set) + ")");
        }
        if (!reset.isEmpty()) {
            statements.add(alter + " RESET (" + DdlFormatter.optionNames(reset) + ")");
        }
        return statements;
    }

    private void security(Table t, boolean on, boolean forced) {
        if (t.rowSecurity() != on) {
            var word = t.rowSecurity() ? " ENABLE" : " DISABLE";
            script.safe(
                    t.id(),
                    alter(t) + word + " ROW LEVEL SECURITY",
                    Hazards.EXCLUSIVE,
                    t.rowSecurity()
                            ? "rows no policy shows are hidden"
                            : "all rows become visible");
        }
        if (t.forceRowSecurity() != forced) {
            var word = t.forceRowSecurity() ? " FORCE" : " NO FORCE";
            script.safe(
                    t.id(),
                    alter(t) + word + " ROW LEVEL SECURITY",
                    Hazards.EXCLUSIVE,
                    t.forceRowSecurity()
                            ? "policies bind its owner too: its own UPDATE and DELETE pass over hidden rows"
                            : "policies no longer bind its owner");
        }
    }

    private void identity(Table t, String was, @Nullable String index) {
        if (t.replicaIdentity().equals(was) && Objects.equals(t.replicaIndex(), index)) {
            return;
        }
        var what =
                t.replicaIdentity().equals("index") && t.replicaIndex() != null
                        ? "USING INDEX " + DdlFormatter.ident(t.replicaIndex())
                        : t.replicaIdentity().toUpperCase(Locale.ROOT);
        script.late(
                t.id(),
                alter(t) + " REPLICA IDENTITY " + what,
                Hazards.EXCLUSIVE,
                "subscribers find rows by it: UPDATE and DELETE of a published table fail without one");
    }

    private void cluster(Table t) {
        script.late(
                t.id(),
                alter(t)
                        + (t.clusteredOn() == null
                                ? " SET WITHOUT CLUSTER"
                                : " CLUSTER ON " + DdlFormatter.ident(t.clusteredOn())),
                Hazards.GENTLE);
    }

    /// Turns a trigger or rule on or off.
    static String enable(String word, TableObject on, String state) {
        var verb =
                switch (state) {
                    case "disabled" -> "DISABLE ";
                    case "replica" -> "ENABLE REPLICA ";
                    case "always" -> "ENABLE ALWAYS ";
                    default -> "ENABLE ";
                };
        return "ALTER TABLE ONLY "
                + on.relation().sql()
                + " "
                + verb
                + word
                + " "
                + DdlFormatter.ident(on.name());
    }
}

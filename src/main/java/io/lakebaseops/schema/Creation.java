package io.lakebaseops.schema;

import io.lakebaseops.domain.Ident;
import io.lakebaseops.schema.Script.Stage;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/// Which statements make an object that is not there?
final class Creation {
    private final DatabaseSchema before;
    private final DatabaseSchema after;
    private final Script script;
    private final Belongings belongings;

    Creation(DatabaseSchema before, DatabaseSchema after, Script script) {
        this.before = before;
        this.after = after;
        this.script = script;
        this.belongings = new Belongings(script, before);
    }

    void of(SchemaObject object) {
        switch (object) {
            case Relation.Table t -> table(t);
            case Relation.View v -> view(v);
            case Relation.Sequence s -> sequence(s);
            case UserType t -> {
                script.safe(t.id(), "CREATE " + TypeText.of(t));
                belongings.ofNew(t);
                TypeText.comments(t, script);
            }
            case OnTable on -> onTable(on);
            case Standing s -> standing(s);
            case Declared d -> new DeclaredChanges(script, belongings).create(d);
        }
    }

    private void table(Relation.Table t) {
        var columns = after.columns(t);
        var own = columns.stream().filter(c -> t.partition() || c.local()).toList();
        boolean foreign = t.kind().equals("foreign");
        boolean inherits = !t.partition() && !t.parents().isEmpty();
        script.safe(
                t.id(),
                "CREATE "
                        + (t.unlogged() ? "UNLOGGED " : "")
                        + (foreign ? "FOREIGN " : "")
                        + "TABLE "
                        + t.id().sql()
                        + own.stream()
                                .map(c -> "\n    " + ColumnText.of(c, after))
                                .collect(Collectors.joining(",", " (", "\n)"))
                        + (inherits
                                ? t.parents().stream()
                                        .map(Qualified::sql)
                                        .collect(Collectors.joining(", ", " INHERITS (", ")"))
                                : "")
                        + (t.partitionKey() == null ? "" : " PARTITION BY " + t.partitionKey())
                        + (t.accessMethod() == null || foreign
                                ? ""
                                : " USING " + Print.ident(t.accessMethod()))
                        + (foreign ? " SERVER " + Print.ident(String.valueOf(t.server())) : "")
                        + (t.serverOptions().isEmpty()
                                ? ""
                                : " OPTIONS (" + Print.serverOptions(t.serverOptions()) + ")")
                        + (t.options().isEmpty()
                                ? ""
                                : " WITH (" + Print.options(t.options()) + ")")
                        + (t.tablespace() == null
                                ? ""
                                : " TABLESPACE " + Print.ident(t.tablespace())));
        belongings.ofNew(t);
        new TableChanges(before, script).ofNew(t);
        var changes = new ColumnChanges(before, after, script);
        columns.forEach(changes::ofNew);
    }

    private void sequence(Relation.Sequence s) {
        if (!s.identity()) {
            script.safe(
                    s.id(),
                    "CREATE "
                            + (s.unlogged() ? "UNLOGGED " : "")
                            + "SEQUENCE "
                            + s.id().sql()
                            + " AS "
                            + s.type()
                            + ColumnText.parameters(s));
        }
        if (s.ownedBy() != null && !s.identity()) {
            script.late(s.id(), ownedBy(s));
        }
        if (!s.identity()) {
            belongings.ofNew(s);
        } else if (s.comment() != null) {
            script.late(
                    s.id(),
                    "COMMENT ON SEQUENCE " + s.id().sql() + " IS " + Print.literal(s.comment()));
        }
    }

    static String ownedBy(Relation.Sequence s) {
        var owner = s.ownedBy();
        return "ALTER SEQUENCE "
                + s.id().sql()
                + " OWNED BY "
                + (owner == null
                        ? "NONE"
                        : Ident.of(owner.schema(), owner.table(), owner.column()).sql());
    }

    private void view(Relation.View v) {
        var options = v.options().isEmpty() ? "" : " WITH (" + Print.options(v.options()) + ")";
        var query = v.definition().strip().replaceAll(";$", "");
        if (v.materialized()) {
            var method = v.accessMethod() == null ? "" : " USING " + Print.ident(v.accessMethod());
            var space = v.tablespace() == null ? "" : " TABLESPACE " + Print.ident(v.tablespace());
            script.safe(
                    v.id(),
                    "CREATE MATERIALIZED VIEW "
                            + v.id().sql()
                            + method
                            + options
                            + space
                            + " AS\n"
                            + query,
                    "runs the query once and stores its rows");
        } else {
            script.safe(v.id(), "CREATE VIEW " + v.id().sql() + options + " AS\n" + query);
        }
        belongings.ofNew(v);
        new ViewChanges(script, belongings).ofNew(v);
    }

    private void onTable(OnTable on) {
        boolean existing = before.find(before.home(on.id())) != null;
        var table = on.relation().sql();
        switch (on) {
            case OnTable.Column c -> {
                boolean fromParent = !c.local();
                if (!fromParent) {
                    script.safe(
                            c.id(),
                            "ALTER TABLE " + table + " ADD COLUMN " + ColumnText.of(c, after),
                            Hazards.addColumn(c));
                }
                new ColumnChanges(before, after, script).ofNew(c);
            }
            case OnTable.Constraint c -> constraint(c, existing);
            case OnTable.Index i -> {
                var hazards = existing ? new String[] {Hazards.INDEX_BUILD} : new String[0];
                script.safe(i.id(), i.definition(), hazards);
                if (i.parent() != null && existing) {
                    script.late(i.id(), attach(i, i.parent()));
                }
                if (i.tablespace() != null) {
                    script.safe(
                            i.id(),
                            "ALTER INDEX "
                                    + i.id().sql()
                                    + " SET TABLESPACE "
                                    + Print.ident(i.tablespace()));
                }
                IndexChanges.statistics(i, List.of(), script);
                if (!i.valid() && i.parent() == null && !i.definition().contains(" ON ONLY ")) {
                    script.cannot(i.id(), "an index cannot be made invalid on purpose");
                }
            }
            case OnTable.Trigger t -> {
                if (!t.inherited()) {
                    script.safe(
                            t.id(),
                            t.definition(),
                            existing ? new String[] {Hazards.TRIGGER} : new String[0]);
                }
                if (!t.enabled().equals("enabled")) {
                    script.late(t.id(), TableChanges.enable("TRIGGER", t, t.enabled()));
                }
            }
            case OnTable.Rule r -> {
                script.safe(r.id(), r.definition().strip().replaceAll(";$", ""), Hazards.EXCLUSIVE);
                if (!r.enabled().equals("enabled")) {
                    script.safe(r.id(), TableChanges.enable("RULE", r, r.enabled()));
                }
            }
            case OnTable.Policy p -> script.safe(p.id(), PolicyText.create(p), Hazards.EXCLUSIVE);
        }
        if (on instanceof OnTable.Trigger t && t.inherited()) {
            return;
        }
        if (on instanceof OnTable.Constraint c && cloned(c, existing)) {
            return;
        }
        if (!(on instanceof OnTable.Column)) {
            belongings.ofNew(on);
        }
    }

    static String attach(OnTable.Index i, Qualified parent) {
        return "ALTER INDEX " + parent.sql() + " ATTACH PARTITION " + i.id().sql();
    }

    /// Does the parent's statement make it too?
    private boolean cloned(OnTable.Constraint c, boolean existing) {
        if (c.kind().equals("foreign_key")) {
            return c.parent() != null;
        }
        var table = after.table(c.relation());
        boolean newPartition = !existing && table != null && table.partition();
        return c.parent() == null && !c.local() && !newPartition;
    }

    private void constraint(OnTable.Constraint c, boolean existing) {
        if (cloned(c, existing)) {
            return;
        }
        script.safe(
                c.id(),
                "ALTER TABLE "
                        + c.relation().sql()
                        + " ADD CONSTRAINT "
                        + Print.ident(c.name())
                        + " "
                        + c.definition(),
                existing ? Hazards.addConstraint(c) : new String[0]);
        if (!c.indexOptions().isEmpty()) {
            script.safe(
                    c.id(),
                    "ALTER INDEX "
                            + Ident.of(c.schema(), c.name()).sql()
                            + " SET ("
                            + Print.options(c.indexOptions())
                            + ")");
        }
        if (c.tablespace() != null) {
            script.safe(
                    c.id(),
                    "ALTER INDEX "
                            + Ident.of(c.schema(), c.name()).sql()
                            + " SET TABLESPACE "
                            + Print.ident(c.tablespace()));
        }
    }

    private void standing(Standing standing) {
        switch (standing) {
            case Standing.Namespace n -> script.safe(n.id(), "CREATE SCHEMA " + n.id().sql());
            case Standing.Extension e ->
                    script.safe(
                            e.id(),
                            "CREATE EXTENSION "
                                    + e.id().sql()
                                    + " WITH SCHEMA "
                                    + Print.ident(e.schema())
                                    + " VERSION "
                                    + Print.literal(e.version()));
            case Standing.Collation c ->
                    script.safe(
                            c.id(), "CREATE COLLATION " + c.id().sql() + " (" + locale(c) + ")");
            case Standing.Routine r -> script.safe(r.id(), r.definition().strip());
            case Standing.Statistics s -> {
                script.safe(s.id(), s.definition(), "its values come with the next ANALYZE");
                if (s.target() != -1) {
                    script.safe(
                            s.id(),
                            "ALTER STATISTICS " + s.id().sql() + " SET STATISTICS " + s.target());
                }
            }
            case Standing.Publication p ->
                    script.add(Stage.LATE, Ddl.Mark.SAFE, p.id(), PublicationText.create(p));
            case Standing.DefaultPrivilege d -> belongings.defaults(null, d, false);
            case Standing.BuiltInRights r -> belongings.builtIn(r, r.builtIn(), r.grants());
            case Standing.Database _ -> {}
        }
        if (standing instanceof Standing.Publication p) {
            PublicationText.belongings(null, p, script);
        } else if (!(standing instanceof Standing.DefaultPrivilege)
                && !(standing instanceof Standing.BuiltInRights)) {
            belongings.ofNew(standing);
        }
    }

    private static String locale(Standing.Collation c) {
        var parts = new ArrayList<String>();
        parts.add("PROVIDER = " + c.provider());
        if (c.locale() != null) {
            parts.add("LOCALE = " + Print.literal(c.locale()));
        } else {
            parts.add(
                    "LC_COLLATE = " + Print.literal(Objects.requireNonNullElse(c.collate(), "C")));
            parts.add("LC_CTYPE = " + Print.literal(Objects.requireNonNullElse(c.ctype(), "C")));
        }
        if (!c.deterministic()) {
            parts.add("DETERMINISTIC = false");
        }
        if (c.rules() != null) {
            parts.add("RULES = " + Print.literal(c.rules()));
        }
        return String.join(", ", parts);
    }
}

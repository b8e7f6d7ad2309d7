package io.lakebaseops.schema;

import io.lakebaseops.domain.Ident;
import io.lakebaseops.schema.Script.Stage;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/// Statements that make an object.
final class CreateDdl {
    private final DatabaseSchema before;
    private final DatabaseSchema after;
    private final Script script;
    private final OwnershipAndPrivileges belongings;
    private final List<Relation.Sequence> identities = new ArrayList<>();

    CreateDdl(DatabaseSchema before, DatabaseSchema after, Script script) {
        this.before = before;
        this.after = after;
        this.script = script;
        this.belongings = new OwnershipAndPrivileges(script, before, after);
    }

    /// What is granted on sequences that came with an identity column: when all of those are made.
    void identities() {
        identities.forEach(belongings::ofNewIdentity);
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
            case TableObject on -> onTable(on);
            case TopLevelObject s -> standing(s);
            case DdlTextObject d -> new DdlTextChanges(script, belongings).create(d);
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
                                : " USING " + DdlFormatter.ident(t.accessMethod()))
                        + (foreign
                                ? " SERVER " + DdlFormatter.ident(String.valueOf(t.server()))
                                : "")
                        + ServerOptions.clause(t.serverOptions())
                        + (t.options().isEmpty()
                                ? ""
                                : " WITH (" + DdlFormatter.options(t.options()) + ")")
                        + (t.tablespace() == null
                                ? ""
                                : " TABLESPACE " + DdlFormatter.ident(t.tablespace())));
        belongings.ofNew(t);
        new TableChanges(before, after, script).ofNew(t);
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
        } else {
            identities.add(s);
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
        var options =
                v.options().isEmpty() ? "" : " WITH (" + DdlFormatter.options(v.options()) + ")";
        var query = v.definition().strip().replaceAll(";$", "");
        if (v.materialized()) {
            var method =
                    v.accessMethod() == null
                            ? ""
                            : " USING " + DdlFormatter.ident(v.accessMethod());
            var space =
                    v.tablespace() == null
                            ? ""
                            : " TABLESPACE " + DdlFormatter.ident(v.tablespace());
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

    private void onTable(TableObject on) {
        boolean existing = before.find(before.home(on.id())) != null;
        var table = on.relation().sql();
        switch (on) {
            case TableObject.Column c -> {
                boolean fromParent = !c.local();
                if (!fromParent) {
                    script.add(
                            Stage.MAIN,
                            Hazards.failsOnRows(c, after) ? Ddl.Mark.LOSSY : Ddl.Mark.SAFE,
                            c.id(),
                            "ALTER TABLE " + table + " ADD COLUMN " + ColumnText.of(c, after),
                            Hazards.addColumn(c, after));
                }
                new ColumnChanges(before, after, script).ofNew(c);
            }
            case TableObject.Constraint c -> constraint(c, existing);
            case TableObject.Index i -> {
                if (existing && i.unique()) {
                    script.lossy(
                            i.id(), i.definition(), Hazards.INDEX_BUILD, Hazards.DUPLICATES_FAIL);
                } else {
                    script.safe(
                            i.id(),
                            i.definition(),
                            existing ? new String[] {Hazards.INDEX_BUILD} : new String[0]);
                }
                if (i.parent() != null && existing) {
                    script.late(i.id(), attach(i, i.parent()));
                }
                if (i.tablespace() != null) {
                    script.safe(
                            i.id(),
                            "ALTER INDEX "
                                    + i.id().sql()
                                    + " SET TABLESPACE "
                                    + DdlFormatter.ident(i.tablespace()));
                }
                IndexChanges.statistics(i, List.of(), script);
                if (!i.valid() && i.parent() == null && !i.definition().contains(" ON ONLY ")) {
                    script.remains(i.id(), "an index cannot be made invalid on purpose");
                }
            }
            case TableObject.Trigger t -> {
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
            case TableObject.Rule r -> {
                script.safe(r.id(), r.definition().strip().replaceAll(";$", ""), Hazards.EXCLUSIVE);
                if (!r.enabled().equals("enabled")) {
                    script.safe(r.id(), TableChanges.enable("RULE", r, r.enabled()));
                }
            }
            case TableObject.Policy p ->
                    script.safe(p.id(), PolicyText.create(p), Hazards.EXCLUSIVE, Hazards.ROWS_SEEN);
        }
        if (on instanceof TableObject.Trigger t && t.inherited()) {
            return;
        }
        if (on instanceof TableObject.Constraint c && cloned(c, existing)) {
            return;
        }
        if (!(on instanceof TableObject.Column)) {
            belongings.ofNew(on);
        }
    }

    static String attach(TableObject.Index i, Qualified parent) {
        return "ALTER INDEX " + parent.sql() + " ATTACH PARTITION " + i.id().sql();
    }

    /// Does the parent's statement make it too?
    private boolean cloned(TableObject.Constraint c, boolean existing) {
        if (c.kind().equals("foreign_key")) {
            return c.parent() != null;
        }
        var table = after.table(c.relation());
        boolean newPartition = !existing && table != null && table.partition();
        return c.parent() == null && !c.local() && !newPartition;
    }

    private void constraint(TableObject.Constraint c, boolean existing) {
        if (cloned(c, existing)) {
            return;
        }
        if (!c.indexValid()) {
            script.cannot(
                    c.id(),
                    "its index lacks a partition's: ADD CONSTRAINT … ON ONLY and attach by hand");
            return;
        }
        boolean fails = existing && (c.validated() || c.hasIndex());
        script.add(
                stage(c, after),
                fails ? Ddl.Mark.LOSSY : Ddl.Mark.SAFE,
                c.id(),
                "ALTER TABLE "
                        + c.relation().sql()
                        + " ADD CONSTRAINT "
                        + DdlFormatter.ident(c.name())
                        + " "
                        + c.definition(),
                existing ? Hazards.addConstraint(c) : new String[0]);
        if (!c.indexOptions().isEmpty()) {
            script.safe(
                    c.id(),
                    "ALTER INDEX "
                            + Ident.of(c.schema(), c.name()).sql()
                            + " SET ("
                            + DdlFormatter.options(c.indexOptions())
                            + ")");
        }
        if (c.tablespace() != null) {
            script.safe(
                    c.id(),
                    "ALTER INDEX "
                            + Ident.of(c.schema(), c.name()).sql()
                            + " SET TABLESPACE "
                            + DdlFormatter.ident(c.tablespace()));
        }
    }

    /// The unique index a key to a partitioned table needs may turn valid late.
    static Stage stage(TableObject.Constraint c, DatabaseSchema after) {
        var key = c.foreignKey();
        var target = key == null ? null : after.table(key.table());
        boolean partitioned = target != null && target.kind().equals("partitioned");
        return partitioned ? Stage.KEYS : Stage.MAIN;
    }

    private void standing(TopLevelObject standing) {
        switch (standing) {
            case TopLevelObject.Namespace n -> script.safe(n.id(), "CREATE SCHEMA " + n.id().sql());
            case TopLevelObject.Extension e ->
                    script.safe(
                            e.id(),
                            "CREATE EXTENSION "
                                    + e.id().sql()
                                    + " WITH SCHEMA "
                                    + DdlFormatter.ident(e.schema())
                                    + " VERSION "
                                    + DdlFormatter.literal(e.version()));
            case TopLevelObject.Collation c ->
                    script.safe(
                            c.id(), "CREATE COLLATION " + c.id().sql() + " (" + locale(c) + ")");
            case TopLevelObject.Routine r -> script.safe(r.id(), r.definition().strip());
            case TopLevelObject.Statistics s -> {
                script.safe(s.id(), s.definition(), "its values come with the next ANALYZE");
                if (s.target() != -1) {
                    script.safe(
                            s.id(),
                            "ALTER STATISTICS " + s.id().sql() + " SET STATISTICS " + s.target());
                }
            }
            case TopLevelObject.Publication p ->
                    script.add(Stage.LATE, Ddl.Mark.SAFE, p.id(), PublicationText.create(p));
            case TopLevelObject.DefaultPrivilege d -> belongings.defaults(null, d, false);
            case TopLevelObject.BuiltInRights r -> belongings.builtIn(r, r.builtIn(), r.grants());
            case TopLevelObject.Database _ -> {}
        }
        if (standing instanceof TopLevelObject.Publication p) {
            PublicationText.belongings(null, p, script);
        } else if (!(standing instanceof TopLevelObject.DefaultPrivilege)
                && !(standing instanceof TopLevelObject.BuiltInRights)) {
            belongings.ofNew(standing);
        }
    }

    private static String locale(TopLevelObject.Collation c) {
        var parts = new ArrayList<String>();
        parts.add("PROVIDER = " + c.provider());
        if (c.locale() != null) {
            parts.add("LOCALE = " + DdlFormatter.literal(c.locale()));
        } else {
            parts.add(
                    "LC_COLLATE = "
                            + DdlFormatter.literal(Objects.requireNonNullElse(c.collate(), "C")));
            parts.add(
                    "LC_CTYPE = "
                            + DdlFormatter.literal(Objects.requireNonNullElse(c.ctype(), "C")));
        }
        if (!c.deterministic()) {
            parts.add("DETERMINISTIC = false");
        }
        if (c.rules() != null) {
            parts.add("RULES = " + DdlFormatter.literal(c.rules()));
        }
        return String.join(", ", parts);
    }
}

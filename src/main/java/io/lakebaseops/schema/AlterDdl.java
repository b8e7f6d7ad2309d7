package io.lakebaseops.schema;

import io.lakebaseops.schema.Script.Stage;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// Statements that alter an object without making it again.
final class AlterDdl {
    private final DatabaseSchema before;
    private final DatabaseSchema after;
    private final Script script;
    private final OwnershipAndPrivileges belongings;

    AlterDdl(DatabaseSchema before, DatabaseSchema after, Script script) {
        this.before = before;
        this.after = after;
        this.script = script;
        this.belongings = new OwnershipAndPrivileges(script, before, after);
    }

    /// False: it must be dropped and made again.
    static boolean inPlace(SchemaObject a, SchemaObject b) {
        if (!a.getClass().equals(b.getClass())) {
            return false;
        }
        return switch (b) {
            case Relation.View v -> ViewChanges.inPlace((Relation.View) a, v);
            case Relation.Table _, Relation.Sequence _, TableObject.Column _ -> true;
            case UserType.DomainType d -> {
                var was = (UserType.DomainType) a;
                yield was.base().equals(d.base()) && Objects.equals(was.collation(), d.collation());
            }
            case UserType.RangeType r -> TypeText.of((UserType.RangeType) a).equals(TypeText.of(r));
            case UserType _ -> true;
            case TableObject.Constraint c -> constraintInPlace((TableObject.Constraint) a, c);
            case TableObject.Index i -> IndexChanges.inPlace((TableObject.Index) a, i);
            case TableObject.Trigger t -> ((TableObject.Trigger) a).inherited() == t.inherited();
            case TableObject.Policy p -> PolicyText.inPlace((TableObject.Policy) a, p);
            case TableObject.Rule _, TopLevelObject.Namespace _, TopLevelObject.Extension _ -> true;
            case TopLevelObject.Collation c -> {
                var was = (TopLevelObject.Collation) a;
                yield new TopLevelObject.Collation(
                                c.schema(),
                                c.name(),
                                was.provider(),
                                was.deterministic(),
                                was.collate(),
                                was.ctype(),
                                was.locale(),
                                was.rules(),
                                c.owner(),
                                c.comment())
                        .equals(c);
            }
            case TopLevelObject.Routine r -> replaceable((TopLevelObject.Routine) a, r);
            case TopLevelObject.Statistics s ->
                    ((TopLevelObject.Statistics) a).definition().equals(s.definition());
            case TopLevelObject.Publication p ->
                    PublicationText.inPlace((TopLevelObject.Publication) a, p);
            case TopLevelObject.DefaultPrivilege _,
                    TopLevelObject.Database _,
                    TopLevelObject.BuiltInRights _ ->
                    true;
            case DdlTextObject d -> DdlTextChanges.inPlace((DdlTextObject) a, d);
        };
    }

    private static boolean constraintInPlace(TableObject.Constraint a, TableObject.Constraint b) {
        return a.kind().equals(b.kind())
                && a.noInherit() == b.noInherit()
                && (a.definition().equals(b.definition()) || validates(a, b) || rekeyed(a, b));
    }

    private static boolean validates(TableObject.Constraint a, TableObject.Constraint b) {
        return a.definition().equals(b.definition() + " NOT VALID");
    }

    /// Only when a foreign key is checked differs; that can be altered.
    private static boolean rekeyed(TableObject.Constraint a, TableObject.Constraint b) {
        return a.kind().equals("foreign_key") && timeless(a).equals(timeless(b));
    }

    private static String timeless(TableObject.Constraint c) {
        return c.definition().replaceAll("( DEFERRABLE)?( INITIALLY DEFERRED)?( NOT VALID)?$", "")
                + c.validated();
    }

    /// What `CREATE OR REPLACE` allows (manual, CREATE FUNCTION, notes).
    private static boolean replaceable(TopLevelObject.Routine a, TopLevelObject.Routine b) {
        return a.kind().equals(b.kind())
                && a.signature().equals(b.signature())
                && Objects.equals(a.result(), b.result())
                && b.defaults() >= a.defaults();
    }

    void between(SchemaObject a, SchemaObject b) {
        if (a instanceof Relation.Sequence was
                && b instanceof Relation.Sequence is
                && was.identity() != is.identity()) {
            otherKind(was, is);
            return;
        }
        switch (b) {
            case Relation.Table t ->
                    new TableChanges(before, after, script).between((Relation.Table) a, t);
            case Relation.View v ->
                    new ViewChanges(script, belongings).between((Relation.View) a, v);
            case Relation.Sequence s -> sequence((Relation.Sequence) a, s);
            case UserType t -> TypeChanges.between((UserType) a, t, script);
            case TableObject.Column c ->
                    new ColumnChanges(before, after, script).between((TableObject.Column) a, c);
            case TableObject.Constraint c -> constraint((TableObject.Constraint) a, c);
            case TableObject.Index i -> IndexChanges.between((TableObject.Index) a, i, script);
            case TableObject.Trigger t -> trigger((TableObject.Trigger) a, t);
            case TableObject.Rule r -> rule((TableObject.Rule) a, r);
            case TableObject.Policy p -> {
                var was = (TableObject.Policy) a;
                if (!PolicyText.alter(was).equals(PolicyText.alter(p))) {
                    script.safe(p.id(), PolicyText.alter(p), Hazards.EXCLUSIVE, Hazards.ROWS_SEEN);
                }
            }
            case TopLevelObject s -> standing((TopLevelObject) a, s);
            case DdlTextObject d ->
                    new DdlTextChanges(script, belongings).between((DdlTextObject) a, d);
        }
        if (!(b instanceof TopLevelObject.Publication)
                && !(b instanceof TopLevelObject.BuiltInRights)) {
            belongings.between(a, b);
        }
        if (b instanceof Relation.Table t) {
            columnRights((Relation.Table) a, t);
        } else if (b instanceof Relation.View v) {
            columnRights((Relation.View) a, v);
        }
    }

    /// The same of a view.
    private void columnRights(Relation.View a, Relation.View b) {
        var gone = new ArrayList<>(a.grants());
        gone.removeAll(b.grants());
        for (var column : b.columns()) {
            var lost =
                    column.grants().stream()
                            .filter(g -> gone.stream().anyMatch(x -> sameRight(x, g)))
                            .toList();
            belongings.viewColumn(b, column.name(), List.of(), lost);
        }
    }

    /// Of a serial column that gets an identity, or back: the column's statements make it.
    private void otherKind(Relation.Sequence a, Relation.Sequence b) {
        var column = a.ownedBy();
        if (column == null
                || !column.equals(b.ownedBy())
                || before.find(column.id()) == null
                || after.find(column.id()) == null) {
            script.cannot(b.id(), "a sequence cannot become that of an identity column, or back");
            if (b.ownedBy() != null) {
                script.cannot(b.ownedBy().id(), "its sequence must be made free first: " + b.id());
            }
        }
    }

    /// Taking a right on a table away takes it from its columns too: they get theirs again.
    private void columnRights(Relation.Table a, Relation.Table b) {
        var gone = new ArrayList<>(a.grants());
        gone.removeAll(b.grants());
        for (var column : after.columns(b)) {
            var lost =
                    column.grants().stream()
                            .filter(g -> gone.stream().anyMatch(x -> sameRight(x, g)))
                            .toList();
            if (before.find(column.id()) != null) {
                belongings.grants(column, List.of(), lost);
            }
        }
    }

    private static boolean sameRight(Grant x, Grant y) {
        return x.grantee().equals(y.grantee()) && x.privilege().equals(y.privilege());
    }

    private void sequence(Relation.Sequence a, Relation.Sequence b) {
        var head = "ALTER SEQUENCE " + b.id().sql();
        var parameters = ColumnText.parameters(b);
        if (!a.type().equals(b.type()) || !ColumnText.parameters(a).equals(parameters)) {
            // The type of an identity's sequence follows its column.
            var type = a.type().equals(b.type()) ? "" : " AS " + b.type();
            if (b.min() > a.min() || b.max() < a.max()) {
                script.lossy(
                        b.id(),
                        head + type + parameters,
                        "fails if the counter stands outside the new bounds");
            } else {
                script.safe(b.id(), head + type + parameters);
            }
        }
        if (withTable(a) != b.unlogged()) {
            script.late(b.id(), head + (b.unlogged() ? " SET UNLOGGED" : " SET LOGGED"));
        }
        if (!Objects.equals(a.ownedBy(), b.ownedBy())) {
            var old = a.ownedBy();
            boolean oldGone = old != null && after.find(old.id()) == null;
            if (oldGone) {
                script.add(Stage.FIRST, Ddl.Mark.SAFE, b.id(), head + " OWNED BY NONE");
            }
            if (!oldGone || b.ownedBy() != null) {
                script.late(b.id(), CreateDdl.ownedBy(b));
            }
        }
    }

    /// How it is logged when its table's own statements are done: an owned one follows its table.
    private boolean withTable(Relation.Sequence a) {
        var owner = a.ownedBy();
        var was = owner == null ? null : before.table(new Qualified(owner.schema(), owner.table()));
        var is = owner == null ? null : after.table(new Qualified(owner.schema(), owner.table()));
        return was != null && is != null && was.unlogged() != is.unlogged()
                ? is.unlogged()
                : a.unlogged();
    }

    private void constraint(TableObject.Constraint a, TableObject.Constraint b) {
        var table = "ALTER TABLE " + b.relation().sql();
        if (validates(a, b)) {
            script.lossy(
                    b.id(),
                    table + " VALIDATE CONSTRAINT " + DdlFormatter.ident(b.name()),
                    Hazards.GENTLE,
                    "reads the whole table",
                    Hazards.ROWS_FAIL);
        } else if (!a.definition().equals(b.definition()) && b.parent() == null) {
            script.safe(
                    b.id(),
                    table
                            + " ALTER CONSTRAINT "
                            + DdlFormatter.ident(b.name())
                            + (b.deferrable() ? " DEFERRABLE" : " NOT DEFERRABLE")
                            + (b.deferred() ? " INITIALLY DEFERRED" : " INITIALLY IMMEDIATE"),
                    Hazards.EXCLUSIVE);
        }
        var index = "ALTER INDEX " + new Qualified(b.schema(), b.name()).sql();
        TableChanges.options(index, a.indexOptions(), b.indexOptions())
                .forEach(sql -> script.safe(b.id(), sql));
        if (!Objects.equals(a.tablespace(), b.tablespace())) {
            var space = Objects.requireNonNullElse(b.tablespace(), "pg_default");
            script.safe(
                    b.id(),
                    index + " SET TABLESPACE " + DdlFormatter.ident(space),
                    Hazards.EXCLUSIVE);
        }
        var was = before.table(a.relation());
        var is = after.table(b.relation());
        boolean sameFamily = was != null && is != null && was.parents().equals(is.parents());
        boolean origin = a.local() != b.local() || a.inherited() != b.inherited();
        if (origin && sameFamily && b.parent() == null && !b.hasIndex()) {
            script.remains(b.id(), "where the constraint is inherited from differs");
        }
    }

    private void trigger(TableObject.Trigger a, TableObject.Trigger b) {
        if (!a.definition().equals(b.definition()) && !b.inherited()) {
            // Constraint triggers cannot be replaced; their print says what they are.
            var replaced =
                    b.definition().replaceFirst("^CREATE TRIGGER", "CREATE OR REPLACE TRIGGER");
            if (replaced.equals(b.definition())
                    || a.definition().startsWith("CREATE CONSTRAINT TRIGGER")) {
                script.safe(b.id(), "DROP " + DdlFormatter.reference(a));
            }
            script.safe(b.id(), replaced, Hazards.TRIGGER);
        }
        if (!a.enabled().equals(b.enabled())) {
            script.late(b.id(), TableChanges.enable("TRIGGER", b, b.enabled()), Hazards.TRIGGER);
        }
    }

    private void rule(TableObject.Rule a, TableObject.Rule b) {
        if (!a.definition().equals(b.definition())) {
            script.safe(
                    b.id(),
                    b.definition()
                            .strip()
                            .replaceFirst("^CREATE RULE", "CREATE OR REPLACE RULE")
                            .replaceAll(";$", ""),
                    Hazards.EXCLUSIVE);
        }
        if (!a.enabled().equals(b.enabled())) {
            script.safe(b.id(), TableChanges.enable("RULE", b, b.enabled()));
        }
    }

    private void standing(TopLevelObject a, TopLevelObject b) {
        switch (b) {
            case TopLevelObject.Namespace _, TopLevelObject.Collation _ -> {}
            case TopLevelObject.Extension e -> {
                var was = (TopLevelObject.Extension) a;
                if (!was.version().equals(e.version())
                        && !before.conversions().updates(e.name(), was.version(), e.version())) {
                    script.cannot(
                            e.id(),
                            "its scripts do not lead from version %s to %s: drop it and make it anew, or"
                                            .formatted(was.version(), e.version())
                                    + " stay");
                } else if (!was.version().equals(e.version())) {
                    script.safe(
                            e.id(),
                            "ALTER EXTENSION "
                                    + e.id().sql()
                                    + " UPDATE TO "
                                    + DdlFormatter.literal(e.version()),
                            "runs the extension's own script");
                }
                if (!was.schema().equals(e.schema()) && !before.conversions().movable(e.name())) {
                    script.cannot(
                            e.id(),
                            "it cannot be moved: drop it and make it anew in " + e.schema());
                } else if (!was.schema().equals(e.schema())) {
                    script.safe(
                            e.id(),
                            "ALTER EXTENSION "
                                    + e.id().sql()
                                    + " SET SCHEMA "
                                    + DdlFormatter.ident(e.schema()));
                }
                if (!was.members().equals(e.members())
                        && was.version().equals(e.version())
                        && was.schema().equals(e.schema())) {
                    script.remains(e.id(), "a member of the extension was altered by hand");
                }
            }
            case TopLevelObject.Routine r -> {
                if (!((TopLevelObject.Routine) a).definition().equals(r.definition())) {
                    script.safe(
                            r.id(),
                            r.definition().strip(),
                            r.volatility().equals("immutable")
                                    ? Hazards.IMMUTABLE
                                    : Hazards.UNTRACKED);
                }
            }
            case TopLevelObject.Statistics s -> {
                if (((TopLevelObject.Statistics) a).target() != s.target()) {
                    script.safe(
                            s.id(),
                            "ALTER STATISTICS " + s.id().sql() + " SET STATISTICS " + s.target());
                }
            }
            case TopLevelObject.Publication p ->
                    PublicationText.alter((TopLevelObject.Publication) a, p, script);
            case TopLevelObject.DefaultPrivilege d ->
                    belongings.defaults((TopLevelObject.DefaultPrivilege) a, d, false);
            case TopLevelObject.Database d ->
                    new DatabaseChanges(script, before.database())
                            .between((TopLevelObject.Database) a, d);
            case TopLevelObject.BuiltInRights r ->
                    belongings.builtIn(r, ((TopLevelObject.BuiltInRights) a).grants(), r.grants());
        }
    }
}

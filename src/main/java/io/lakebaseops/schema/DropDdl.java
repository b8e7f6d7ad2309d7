package io.lakebaseops.schema;

import io.lakebaseops.schema.Ddl.Mark;
import io.lakebaseops.schema.Script.Stage;

import java.util.Objects;

/// The statement that drops an object. Never with `CASCADE`: what hangs on it is named itself.
final class DropDdl {
    private final DatabaseSchema before;
    private final DatabaseSchema after;
    private final Script script;

    DropDdl(DatabaseSchema before, DatabaseSchema after, Script script) {
        this.before = before;
        this.after = after;
        this.script = script;
    }

    /// @param remade it comes again under the same name
    void of(SchemaObject object, Stage stage, boolean remade) {
        var id = object.id();
        switch (object) {
            case Relation.Table t -> {
                if (t.kind().equals("foreign")) {
                    drop(stage, Mark.SAFE, t);
                } else {
                    drop(stage, Mark.LOSSY, t, Hazards.EXCLUSIVE, Hazards.GONE);
                }
            }
            case Relation.Sequence s -> {
                // Dropped together with the column that owns it, or by DROP IDENTITY.
                var owner = s.ownedBy();
                if (!s.identity() && (owner == null || after.find(owner.id()) != null)) {
                    drop(stage, Mark.LOSSY, s, "its last value is gone", Hazards.UNTRACKED);
                }
            }
            case TableObject.Column c -> {
                boolean kept = keptByChild(c);
                if (c.local() || kept || leftByParent(c)) {
                    script.add(
                            c.local() || kept ? stage : Stage.LAST,
                            Mark.LOSSY,
                            id,
                            (kept ? "ALTER TABLE ONLY " : "ALTER TABLE ")
                                    + c.relation().sql()
                                    + " DROP COLUMN "
                                    + DdlFormatter.ident(c.name()),
                            Hazards.EXCLUSIVE,
                            "its values are gone");
                }
            }
            case TableObject.Constraint c ->
                    script.add(
                            refersToDetached(c) ? Stage.FIRST : stage,
                            Mark.SAFE,
                            id,
                            "ALTER TABLE "
                                    + c.relation().sql()
                                    + " DROP CONSTRAINT "
                                    + DdlFormatter.ident(c.name()),
                            constraint(c, remade));
            case TableObject.Index i ->
                    drop(stage, Mark.SAFE, i, Hazards.EXCLUSIVE, "queries may become slow");
            case TableObject.Policy p ->
                    drop(stage, Mark.SAFE, p, Hazards.EXCLUSIVE, Hazards.ROWS_SEEN);
            case TableObject.Trigger t -> drop(stage, Mark.SAFE, t, Hazards.EXCLUSIVE);
            case TableObject.Rule r -> drop(stage, Mark.SAFE, r, Hazards.EXCLUSIVE);
            case UserType t -> drop(stage, Mark.SAFE, t);
            case Relation.View v -> drop(stage, Mark.SAFE, v, Hazards.EXCLUSIVE);
            case TopLevelObject.DefaultPrivilege d ->
                    new OwnershipAndPrivileges(script, after, after).defaults(d, d, true);
            case TopLevelObject.BuiltInRights r ->
                    new OwnershipAndPrivileges(script, after, after)
                            .builtIn(r, r.grants(), r.builtIn());
            case TopLevelObject.Database _ -> {}
            case TopLevelObject.Routine r -> drop(stage, Mark.SAFE, r, Hazards.UNTRACKED);
            case TopLevelObject.Extension e ->
                    drop(stage, Mark.SAFE, e, "what it brought along is gone", Hazards.UNTRACKED);
            case TopLevelObject s -> drop(stage, Mark.SAFE, s);
            case DdlTextObject d when d.kind() == ObjectId.Kind.SECURITY_LABEL ->
                    script.remains(id, "its provider decides who may take a label away");
            case DdlTextObject d -> drop(stage, Mark.SAFE, d);
        }
    }

    /// A partition cannot be detached from a table while rows refer to it there.
    private boolean refersToDetached(TableObject.Constraint c) {
        var key = c.foreignKey();
        return key != null
                && before.all(Relation.Table.class)
                        .filter(t -> t.partition() && t.parents().contains(key.table()))
                        .anyMatch(
                                t ->
                                        after.find(t.id()) instanceof Relation.Table is
                                                && !is.parents().equals(t.parents()));
    }

    /// Has a child that keeps the column, and its values, as one of its own?
    private boolean keptByChild(TableObject.Column c) {
        return before.all(Relation.Table.class)
                .filter(t -> t.parents().contains(c.relation()))
                .anyMatch(
                        t -> {
                            var was = before.column(t.qualified(), c.name());
                            var is = after.column(t.qualified(), c.name());
                            return was != null && is != null && !was.local() && is.local();
                        });
    }

    /// Did a parent drop it without its children, of which this one drops it too?
    private boolean leftByParent(TableObject.Column c) {
        var table = before.table(c.relation());
        return table != null
                && table.parents().stream()
                        .map(p -> before.column(p, c.name()))
                        .filter(Objects::nonNull)
                        .anyMatch(p -> after.find(p.id()) == null && keptByChild(p));
    }

    private static String[] constraint(TableObject.Constraint c, boolean remade) {
        var checked = remade ? "unchecked until made again" : "rows are no longer checked";
        return c.hasIndex()
                ? new String[] {
                    Hazards.EXCLUSIVE, checked, "its index is dropped: queries may become slow"
                }
                : new String[] {Hazards.EXCLUSIVE, checked};
    }

    private void drop(Stage stage, Mark mark, SchemaObject object, String... hazards) {
        script.add(stage, mark, object.id(), "DROP " + DdlFormatter.reference(object), hazards);
    }
}

package io.lakebaseops.schema;

import io.lakebaseops.schema.Ddl.Mark;
import io.lakebaseops.schema.Script.Stage;

/// Which statement takes an object away? Never with `CASCADE`: what hangs on it is named itself.
final class Removal {
    private final DatabaseSchema after;
    private final Script script;

    Removal(DatabaseSchema after, Script script) {
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
                    drop(stage, Mark.LOSSY, s, "its last value is gone");
                }
            }
            case OnTable.Column c -> {
                if (c.local()) {
                    script.add(
                            stage,
                            Mark.LOSSY,
                            id,
                            "ALTER TABLE "
                                    + c.relation().sql()
                                    + " DROP COLUMN "
                                    + Print.ident(c.name()),
                            Hazards.EXCLUSIVE,
                            "its values are gone");
                }
            }
            case OnTable.Constraint c ->
                    script.add(
                            stage,
                            Mark.SAFE,
                            id,
                            "ALTER TABLE "
                                    + c.relation().sql()
                                    + " DROP CONSTRAINT "
                                    + Print.ident(c.name()),
                            Hazards.EXCLUSIVE,
                            remade ? "unchecked until made again" : "rows are no longer checked");
            case OnTable.Index i ->
                    drop(stage, Mark.SAFE, i, Hazards.EXCLUSIVE, "queries may become slow");
            case OnTable.Policy p -> drop(stage, Mark.SAFE, p, Hazards.EXCLUSIVE);
            case OnTable.Trigger t -> drop(stage, Mark.SAFE, t, Hazards.EXCLUSIVE);
            case OnTable.Rule r -> drop(stage, Mark.SAFE, r, Hazards.EXCLUSIVE);
            case UserType t -> drop(stage, Mark.SAFE, t);
            case Relation.View v -> drop(stage, Mark.SAFE, v, Hazards.EXCLUSIVE);
            case Standing.DefaultPrivilege d -> new Belongings(script, after).defaults(d, d, true);
            case Standing.BuiltInRights r ->
                    new Belongings(script, after).builtIn(r, r.grants(), r.builtIn());
            case Standing.Database _ -> {}
            case Standing s -> drop(stage, Mark.SAFE, s);
            case Declared d when d.kind() == ObjectId.Kind.SECURITY_LABEL ->
                    script.cannot(id, "its provider decides who may take a label away");
            case Declared d -> drop(stage, Mark.SAFE, d);
        }
    }

    private void drop(Stage stage, Mark mark, SchemaObject object, String... hazards) {
        script.add(stage, mark, object.id(), "DROP " + Print.reference(object), hazards);
    }
}

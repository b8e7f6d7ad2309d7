package io.lakebaseops.schema;

import io.lakebaseops.schema.Ddl.Mark;
import io.lakebaseops.schema.Script.Stage;
import io.lakebaseops.schema.TableObject.Column;
import io.lakebaseops.schema.UserType.EnumType;

import java.util.Set;

/// Statements that take labels away from an enum that columns use, or move them: a new type is made
/// beside the old one, and the columns take their values over by their labels.
final class EnumReplacement {
    private final DatabaseSchema after;
    private final Script script;

    EnumReplacement(DatabaseSchema after, Script script) {
        this.after = after;
        this.script = script;
    }

    /// The old type makes room for the new one, and goes when nothing needs it any more.
    void type(EnumType b, CreateDdl creation) {
        var old = new Qualified(b.schema(), SerialIdentity.shortened(b.name()) + "_replaced");
        script.safe(
                b.id(),
                "ALTER TYPE " + b.id().sql() + " RENAME TO " + DdlFormatter.ident(old.name()),
                Hazards.UNTRACKED);
        creation.of(b);
        script.add(Stage.LAST, Mark.SAFE, b.id(), "DROP TYPE " + old.sql());
    }

    /// The default is of the old type: every one goes before the first column is altered.
    void untie(Column a) {
        if (a.defaultExpression() != null) {
            script.add(
                    Stage.FIRST,
                    Mark.SAFE,
                    a.id(),
                    head("ALTER TABLE ONLY ", a) + " DROP DEFAULT",
                    Hazards.EXCLUSIVE);
        }
    }

    /// @param all the columns that take over their values, of which a parent alters its children's
    void column(Column b, Set<ObjectId> all) {
        var table = after.table(b.relation());
        boolean handedDown =
                table != null
                        && table.parents().stream()
                                .map(
                                        p ->
                                                ObjectId.of(
                                                        ObjectId.Kind.COLUMN,
                                                        p.schema(),
                                                        p.name(),
                                                        b.name()))
                                .anyMatch(all::contains);
        if (!handedDown) {
            script.lossy(
                    b.id(),
                    "%s TYPE %s USING %s::text%s::%s"
                            .formatted(
                                    head("ALTER TABLE ", b),
                                    b.type(),
                                    DdlFormatter.ident(b.name()),
                                    b.type().endsWith("[]") ? "[]" : "",
                                    b.type()),
                    Hazards.EXCLUSIVE,
                    Hazards.REWRITE,
                    Hazards.STATISTICS,
                    "fails on rows that hold a label that is gone");
        }
        if (b.defaultExpression() != null) {
            script.late(
                    b.id(),
                    head("ALTER TABLE ONLY ", b) + " SET DEFAULT " + b.defaultExpression(),
                    Hazards.EXCLUSIVE);
        }
    }

    private static String head(String alter, Column c) {
        return alter + c.relation().sql() + " ALTER COLUMN " + DdlFormatter.ident(c.name());
    }
}

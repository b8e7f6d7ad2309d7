package io.lakebaseops.schema;

import io.lakebaseops.schema.Relation.Sequence;
import io.lakebaseops.schema.TableObject.Column;

import org.jspecify.annotations.Nullable;

/// Makes an identity column of a serial one, or the other way round, and takes the counter along:
/// the next value is the same afterwards.
final class SerialIdentity {
    private final DatabaseSchema before;
    private final DatabaseSchema after;
    private final Script script;
    private final OwnershipAndPrivileges belongings;

    SerialIdentity(
            DatabaseSchema before,
            DatabaseSchema after,
            Script script,
            OwnershipAndPrivileges belongings) {
        this.before = before;
        this.after = after;
        this.script = script;
        this.belongings = belongings;
    }

    static @Nullable Sequence of(Column c, DatabaseSchema schema) {
        return schema.all(Sequence.class)
                .filter(s -> s.ownedBy() != null && s.ownedBy().id().equals(c.id()))
                .findFirst()
                .orElse(null);
    }

    /// @param add the statement that makes the identity
    void toIdentity(Column a, Column b, String add) {
        var old = of(a, before);
        var fresh = of(b, after);
        var column = b.id();
        if (old == null || fresh == null) {
            script.safe(column, add, Hazards.EXCLUSIVE);
            if (fresh != null) {
                script.safe(column, counted(b, fresh, null), Hazards.COUNTED);
            }
            return;
        }
        boolean sameName = old.id().equals(fresh.id());
        var from = sameName ? aside(old).sql() : old.id().sql();
        if (sameName) {
            rename(column, old.id().sql(), aside(old).name());
        }
        script.safe(column, add, Hazards.EXCLUSIVE);
        script.safe(column, counted(b, fresh, from), Hazards.COUNTED);
        if (sameName) {
            belongings.ofNewIdentity(fresh);
            script.safe(column, "DROP SEQUENCE " + from);
        }
    }

    /// @return false when the column gets no sequence of its own instead
    boolean toSerial(Column a, Column b) {
        var old = of(a, before);
        var fresh = of(b, after);
        if (old == null || fresh == null) {
            return false;
        }
        var column = b.id();
        boolean sameName = old.id().equals(fresh.id());
        var to = sameName ? aside(old).sql() : fresh.id().sql();
        if (sameName) {
            script.safe(
                    column,
                    "CREATE SEQUENCE " + to + " AS " + fresh.type() + ColumnText.parameters(fresh));
        }
        script.safe(
                column,
                "SELECT pg_catalog.setval(%s, last_value, is_called) FROM %s"
                        .formatted(DdlFormatter.literal(to), old.id().sql()),
                Hazards.COUNTED);
        script.safe(
                column,
                "ALTER TABLE "
                        + b.relation().sql()
                        + " ALTER COLUMN "
                        + DdlFormatter.ident(b.name())
                        + " DROP IDENTITY",
                Hazards.EXCLUSIVE);
        if (sameName) {
            rename(column, to, fresh.name());
            belongings.ofNew(fresh);
            script.safe(column, CreateDdl.ownedBy(fresh));
        }
        return true;
    }

    /// Past what the old counter gave and what the column holds.
    private static String counted(Column c, Sequence fresh, @Nullable String from) {
        var to = DdlFormatter.literal(fresh.id().sql());
        var highest =
                "(SELECT pg_catalog.%s(%s) AS value FROM %s) AS held"
                        .formatted(
                                fresh.increment() > 0 ? "max" : "min",
                                DdlFormatter.ident(c.name()),
                                c.relation().sql());
        if (from == null) {
            return "SELECT pg_catalog.setval(%s, held.value, true) FROM %s WHERE held.value IS NOT NULL"
                    .formatted(to, highest);
        }
        return ("SELECT pg_catalog.setval(%s, %s(counter.last_value, held.value), counter.is_called"
                        + " OR held.value IS NOT NULL) FROM %s AS counter, %s")
                .formatted(to, fresh.increment() > 0 ? "GREATEST" : "LEAST", from, highest);
    }

    private static Qualified aside(Sequence s) {
        return new Qualified(s.schema(), shortened(s.name()) + "_replaced");
    }

    /// Names have 63 bytes.
    static String shortened(String name) {
        return name.length() > 50 ? name.substring(0, 50) : name;
    }

    private void rename(ObjectId column, String from, String to) {
        script.safe(column, "ALTER SEQUENCE " + from + " RENAME TO " + DdlFormatter.ident(to));
    }
}

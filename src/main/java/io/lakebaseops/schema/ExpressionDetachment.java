package io.lakebaseops.schema;

import io.lakebaseops.schema.Ddl.Mark;
import io.lakebaseops.schema.Script.Stage;
import io.lakebaseops.schema.TableObject.Column;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.Map;

/// Takes the default or the generation expression of columns away for as long as what it names is
/// dropped or altered. The column then gets its wanted one like any that differs.
final class ExpressionDetachment {
    private final DatabaseSchema before;
    private final DatabaseSchema after;
    private final Script script;
    private final Map<ObjectId, Column> columns = new HashMap<>();

    ExpressionDetachment(DatabaseSchema before, DatabaseSchema after, Script script) {
        this.before = before;
        this.after = after;
        this.script = script;
    }

    /// As they are in between.
    Map<ObjectId, Column> columns() {
        return columns;
    }

    /// @return false where the column needs it for something else, or cannot do without
    boolean from(ObjectId id, ObjectId gone) {
        if (columns.containsKey(id)) {
            return true;
        }
        boolean expression =
                switch (gone.kind()) {
                    case ROUTINE, COLUMN, OPERATOR, SEQUENCE, CAST -> true;
                    default -> false;
                };
        if (!expression
                || !(before.find(id) instanceof Column a)
                || !(after.find(id) instanceof Column b)) {
            return false;
        }
        if (a.generated() != null) {
            return generated(a, b);
        }
        if (a.defaultExpression() == null) {
            return false;
        }
        first(a, "ALTER TABLE ONLY ", " DROP DEFAULT");
        columns.put(id, in(a, null, null, a.notNull()));
        return true;
    }

    private boolean generated(Column a, Column b) {
        if (key(a)) {
            return false;
        }
        boolean handedDown = !a.local();
        if (b.generated() == null) {
            if (!handedDown) {
                first(a, "ALTER TABLE ", " DROP EXPRESSION");
            }
            columns.put(a.id(), in(a, null, null, a.notNull()));
            return true;
        }
        if (!handedDown) {
            if (a.notNull()) {
                first(a, "ALTER TABLE ", " DROP NOT NULL");
            }
            first(a, "ALTER TABLE ", " SET EXPRESSION AS (NULL::" + a.type() + ")");
        }
        columns.put(a.id(), in(a, null, "NULL::" + a.type(), false));
        return true;
    }

    private boolean key(Column c) {
        return before.all(TableObject.Constraint.class)
                .anyMatch(
                        k ->
                                k.kind().equals("primary_key")
                                        && k.relation().equals(c.relation())
                                        && k.columns().contains(c.name()));
    }

    private void first(Column c, String head, String what) {
        script.add(
                Stage.FIRST,
                Mark.SAFE,
                c.id(),
                head + c.relation().sql() + " ALTER COLUMN " + DdlFormatter.ident(c.name()) + what,
                what.startsWith(" SET EXPRESSION")
                        ? new String[] {
                            Hazards.EXCLUSIVE, Hazards.REWRITE, "empty until it is computed again"
                        }
                        : new String[] {Hazards.EXCLUSIVE});
    }

    private static Column in(
            Column c, @Nullable String fallback, @Nullable String generated, boolean notNull) {
        return new Column(
                c.schema(),
                c.table(),
                c.name(),
                c.type(),
                c.collation(),
                notNull,
                fallback,
                generated,
                c.identity(),
                c.storage(),
                c.compression(),
                c.statistics(),
                c.options(),
                c.serverOptions(),
                c.local(),
                c.inherited(),
                c.grants(),
                c.comment());
    }
}

package io.lakebaseops.schema;

import io.lakebaseops.schema.Ddl.Mark;
import io.lakebaseops.schema.Script.Stage;
import io.lakebaseops.schema.TableObject.Column;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;

/// Statements that alter a column.
///
/// What a parent hands down is changed at the parent; all else is said `ONLY` for this table.
final class ColumnChanges {
    private final DatabaseSchema before;
    private final DatabaseSchema after;
    private final Script script;
    private final OwnershipAndPrivileges belongings;

    ColumnChanges(DatabaseSchema before, DatabaseSchema after, Script script) {
        this.before = before;
        this.after = after;
        this.script = script;
        this.belongings = new OwnershipAndPrivileges(script, before, after);
    }

    /// What neither `CREATE TABLE` nor `ADD COLUMN` can say.
    void ofNew(Column c) {
        var home = after.table(c.relation());
        boolean printed = c.local() || (before.table(c.relation()) == null && partition(home));
        if (!printed) {
            var parent = parents(c, after).findFirst().orElse(null);
            if (parent != null) {
                defaults(c, parent.defaultExpression());
                notNull(c, parent.notNull());
            }
        }
        var table = after.table(c.relation());
        if (c.storage() != null && table != null && table.kind().equals("foreign")) {
            script.safe(c.id(), only(c) + " SET STORAGE " + c.storage().toUpperCase(Locale.ROOT));
        }
        if (c.statistics() != -1) {
            script.safe(c.id(), only(c) + " SET STATISTICS " + c.statistics(), Hazards.GENTLE);
        }
        if (!c.options().isEmpty()) {
            script.safe(c.id(), only(c) + " SET (" + DdlFormatter.options(c.options()) + ")");
        }
        ServerOptions.secrets(script, c.id(), List.of(), c.serverOptions());
        belongings.ofNew(c);
        belongings.grants(c, List.of(), c.grants());
    }

    private static boolean partition(Relation.@Nullable Table table) {
        return table != null && table.partition();
    }

    private static String only(Column c) {
        return "ALTER TABLE ONLY "
                + c.relation().sql()
                + " ALTER COLUMN "
                + DdlFormatter.ident(c.name());
    }

    private static String all(Column c) {
        return "ALTER TABLE "
                + c.relation().sql()
                + " ALTER COLUMN "
                + DdlFormatter.ident(c.name());
    }

    private Stream<Column> parents(Column c, DatabaseSchema in) {
        var table = in.table(c.relation());
        return table == null
                ? Stream.empty()
                : table.parents().stream().flatMap(p -> Stream.ofNullable(in.column(p, c.name())));
    }

    /// Does a parent change in the same way and take this column along?
    private boolean handedDown(Column b, Function<Column, @Nullable Object> facet) {
        return parents(b, after)
                .anyMatch(
                        parent -> {
                            var was = before.column(parent.relation(), parent.name());
                            return was != null
                                    && !Objects.equals(facet.apply(was), facet.apply(parent))
                                    && Objects.equals(facet.apply(parent), facet.apply(b));
                        });
    }

    void between(Column a, Column b) {
        boolean retyped = retyped(a, b);
        var expression = a.defaultExpression();
        if (retyped && !handedDown(b, ColumnChanges::shape)) {
            if (expression != null) {
                script.safe(b.id(), only(b) + " DROP DEFAULT");
                expression = null;
            }
            type(a, b);
        }
        identity(a, b);
        generated(a, b);
        defaults(b, expression);
        if (!handedDown(b, Column::notNull)) {
            notNull(b, a.notNull());
        }
        storage(a, b);
        if (a.statistics() != b.statistics()) {
            script.safe(b.id(), only(b) + " SET STATISTICS " + b.statistics(), Hazards.GENTLE);
        }
        TableChanges.options(only(b), a.options(), b.options())
                .forEach(sql -> script.safe(b.id(), sql));
        for (var options : ServerOptions.between(a.serverOptions(), b.serverOptions())) {
            script.safe(
                    b.id(),
                    "ALTER FOREIGN TABLE "
                            + b.relation().sql()
                            + " ALTER COLUMN "
                            + DdlFormatter.ident(b.name())
                            + " OPTIONS ("
                            + options
                            + ")");
        }
        ServerOptions.secrets(script, b.id(), a.serverOptions(), b.serverOptions());
        if ((a.local() != b.local() || a.inherited() != b.inherited())
                && !ancestry(b)
                && !follows(a, b)) {
            script.remains(b.id(), "where the column is inherited from differs");
        }
    }

    private static String shape(Column c) {
        return c.type() + " " + c.collation();
    }

    private boolean foreign(Column c) {
        var table = after.table(c.relation());
        return table != null && table.kind().equals("foreign");
    }

    static boolean retyped(Column a, Column b) {
        return !a.type().equals(b.type()) || !Objects.equals(a.collation(), b.collation());
    }

    private boolean ancestry(Column b) {
        var was = before.table(b.relation());
        var is = after.table(b.relation());
        return was == null || is == null || !was.parents().equals(is.parents());
    }

    /// A column that a parent gets is merged with the child's own; one that a parent loses stays as
    /// the child's own.
    private boolean follows(Column a, Column b) {
        var table = after.table(b.relation());
        if (table == null) {
            return false;
        }
        int gained = 0;
        int lost = 0;
        for (var parent : table.parents()) {
            boolean had = before.column(parent, b.name()) != null;
            boolean has = after.column(parent, b.name()) != null;
            gained += !had && has ? 1 : 0;
            lost += had && !has ? 1 : 0;
        }
        return b.inherited() == a.inherited() + gained - lost
                && b.local() == (a.local() || lost > 0);
    }

    private void type(Column a, Column b) {
        var name = DdlFormatter.ident(b.name());
        if (foreign(b)) {
            script.safe(
                    b.id(),
                    "ALTER FOREIGN TABLE "
                            + b.relation().sql()
                            + " ALTER COLUMN "
                            + name
                            + " TYPE "
                            + b.type()
                            + (b.collation() == null ? "" : " COLLATE " + b.collation()),
                    "the values stay where they are and are read as the new type");
            return;
        }
        var cast = TypeCast.between(a.type(), b.type(), before, after);
        if (cast == TypeCast.NONE) {
            script.cannot(
                    b.id(),
                    "there is no cast from %s to %s: say how its values are converted"
                            .formatted(a.type(), b.type()));
            return;
        }
        var using =
                a.type().equals(b.type()) || a.generated() != null
                        ? ""
                        : " USING "
                                + name
                                + (cast == TypeCast.BY_TEXT ? "::text" : "")
                                + "::"
                                + b.type();
        var sql =
                all(b)
                        + " TYPE "
                        + b.type()
                        + (b.collation() == null ? "" : " COLLATE " + b.collation())
                        + using;
        // Computed again with the expression that follows.
        var widening = a.generated() != null ? Widening.REWRITE : Widening.of(a.type(), b.type());
        switch (widening) {
            case FREE ->
                    script.safe(
                            b.id(),
                            sql,
                            Hazards.EXCLUSIVE,
                            "indexes on it may be rebuilt",
                            Hazards.STATISTICS);
            case REWRITE ->
                    script.safe(
                            b.id(), sql, Hazards.EXCLUSIVE, Hazards.REWRITE, Hazards.STATISTICS);
            case LOSSY ->
                    script.lossy(
                            b.id(),
                            sql,
                            Hazards.EXCLUSIVE,
                            Hazards.REWRITE,
                            Hazards.STATISTICS,
                            "fails or cuts values that do not fit");
        }
    }

    private void identity(Column a, Column b) {
        if (Objects.equals(a.identity(), b.identity()) || handedDown(b, Column::identity)) {
            return;
        }
        var counter = new SerialIdentity(before, after, script, belongings);
        if (b.identity() == null) {
            if (!counter.toSerial(a, b)) {
                script.lossy(
                        b.id(),
                        all(b) + " DROP IDENTITY",
                        Hazards.EXCLUSIVE,
                        "its sequence is gone");
            }
        } else if (a.identity() == null) {
            if (!b.notNull() || !a.notNull()) {
                notNull(b, a.notNull());
            }
            if (a.defaultExpression() != null) {
                script.safe(b.id(), only(b) + " DROP DEFAULT", Hazards.EXCLUSIVE);
            }
            counter.toIdentity(a, b, all(b) + " ADD " + ColumnText.identity(b, after));
        } else {
            script.safe(
                    b.id(),
                    all(b) + " SET GENERATED " + b.identity().toUpperCase(Locale.ROOT),
                    Hazards.EXCLUSIVE);
        }
    }

    private void generated(Column a, Column b) {
        if (Objects.equals(a.generated(), b.generated()) || handedDown(b, Column::generated)) {
            return;
        }
        if (b.generated() == null) {
            script.safe(b.id(), all(b) + " DROP EXPRESSION", Hazards.EXCLUSIVE);
        } else if (a.generated() == null) {
            script.cannot(b.id(), "a column cannot be made a generated one: add another");
        } else {
            script.safe(
                    b.id(),
                    all(b) + " SET EXPRESSION AS (" + b.generated() + ")",
                    Hazards.EXCLUSIVE,
                    Hazards.REWRITE);
        }
    }

    private void defaults(Column b, @Nullable String was) {
        if (Objects.equals(was, b.defaultExpression())) {
            return;
        }
        if (b.defaultExpression() != null) {
            script.safe(
                    b.id(), only(b) + " SET DEFAULT " + b.defaultExpression(), Hazards.EXCLUSIVE);
        } else if (b.identity() == null) {
            script.safe(b.id(), only(b) + " DROP DEFAULT", Hazards.EXCLUSIVE);
        }
    }

    private void notNull(Column b, boolean was) {
        if (was == b.notNull()) {
            return;
        }
        if (b.notNull() && before.find(b.id()) == null && b.defaultExpression() != null) {
            script.safe(b.id(), all(b) + " SET NOT NULL", Hazards.EXCLUSIVE, Hazards.SCAN);
        } else if (b.notNull()) {
            script.lossy(
                    b.id(),
                    all(b) + " SET NOT NULL",
                    Hazards.EXCLUSIVE,
                    Hazards.SCAN,
                    "fails on rows without a value",
                    "a validated CHECK (… IS NOT NULL) saves the scan");
        } else {
            script.safe(
                    b.id(),
                    all(b) + " DROP NOT NULL",
                    Hazards.EXCLUSIVE,
                    "programs may meet rows without a value");
        }
    }

    private void storage(Column a, Column b) {
        if (!Objects.equals(a.storage(), b.storage())) {
            var word = b.storage() == null ? "DEFAULT" : b.storage().toUpperCase(Locale.ROOT);
            script.add(
                    Stage.MAIN,
                    Mark.SAFE,
                    b.id(),
                    only(b) + " SET STORAGE " + word,
                    Hazards.EXCLUSIVE,
                    "holds for new values only");
        }
        if (!Objects.equals(a.compression(), b.compression())) {
            var word = Objects.requireNonNullElse(b.compression(), "default");
            script.safe(
                    b.id(),
                    only(b) + " SET COMPRESSION " + word,
                    Hazards.EXCLUSIVE,
                    "holds for new values only");
        }
    }
}

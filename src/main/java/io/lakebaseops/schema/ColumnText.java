package io.lakebaseops.schema;

import io.lakebaseops.schema.Relation.Sequence;

import java.util.Locale;

/// Columns as `CREATE TABLE` and `ADD COLUMN` write them.
final class ColumnText {
    private ColumnText() {}

    /// @param after where the sequence of an identity column is looked up
    static String of(TableObject.Column c, DatabaseSchema after) {
        var text = new StringBuilder(DdlFormatter.ident(c.name())).append(' ').append(c.type());
        var table = after.table(c.relation());
        boolean foreign = table != null && table.kind().equals("foreign");
        if (c.storage() != null && !foreign) {
            text.append(" STORAGE ").append(c.storage().toUpperCase(Locale.ROOT));
        }
        if (c.compression() != null) {
            text.append(" COMPRESSION ").append(c.compression());
        }
        text.append(ServerOptions.clause(c.serverOptions()));
        if (c.collation() != null) {
            text.append(" COLLATE ").append(c.collation());
        }
        if (c.generated() != null) {
            text.append(" GENERATED ALWAYS AS (").append(c.generated()).append(") STORED");
        }
        if (c.defaultExpression() != null) {
            text.append(" DEFAULT ").append(c.defaultExpression());
        }
        // A partition gets the identity of its parent when it is attached.
        if (c.identity() != null && (table == null || !table.partition())) {
            text.append(' ').append(identity(c, after));
        }
        if (c.notNull()) {
            text.append(" NOT NULL");
        }
        return text.toString();
    }

    static String identity(TableObject.Column c, DatabaseSchema after) {
        var kind = String.valueOf(c.identity()).toUpperCase(Locale.ROOT);
        var options =
                after.all(Sequence.class)
                        .filter(s -> s.identity() && s.ownedBy() != null)
                        .filter(s -> String.valueOf(s.ownedBy()).equals(owner(c)))
                        .findFirst()
                        .map(s -> " (SEQUENCE NAME " + s.id().sql() + parameters(s) + ")")
                        .orElse("");
        return "GENERATED " + kind + " AS IDENTITY" + options;
    }

    private static String owner(TableObject.Column c) {
        return new Relation.OwningColumn(c.schema(), c.table(), c.name()).toString();
    }

    /// Every parameter, so that nothing is left to a default.
    static String parameters(Sequence s) {
        return " INCREMENT BY %d MINVALUE %d MAXVALUE %d START WITH %d CACHE %d %s"
                .formatted(
                        s.increment(),
                        s.min(),
                        s.max(),
                        s.start(),
                        s.cache(),
                        s.cycle() ? "CYCLE" : "NO CYCLE");
    }
}

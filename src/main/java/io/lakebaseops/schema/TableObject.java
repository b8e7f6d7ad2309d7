package io.lakebaseops.schema;

import io.lakebaseops.schema.ObjectId.Kind;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// What lives on a table or view and goes with it.
public sealed interface TableObject extends SchemaObject {
    String schema();

    String table();

    String name();

    default Qualified relation() {
        return new Qualified(schema(), table());
    }

    /// @param type with its modifiers
    /// @param collation null = the type's own
    /// @param identity `always` or `by default`
    /// @param storage null = the type's own
    /// @param statistics target; -1 = the server's
    /// @param local defined here and not only inherited
    /// @param inherited from how many parents
    record Column(
            String schema,
            String table,
            String name,
            String type,
            @Nullable String collation,
            boolean notNull,
            @Nullable String defaultExpression,
            @Nullable String generated,
            @Nullable String identity,
            @Nullable String storage,
            @Nullable String compression,
            int statistics,
            List<String> options,
            List<String> serverOptions,
            boolean local,
            int inherited,
            List<Grant> grants,
            @Nullable String comment)
            implements TableObject {
        public Column {
            defaultExpression = ServerPrint.settledOrNull(defaultExpression);
            generated = ServerPrint.settledOrNull(generated);
            options = SchemaObject.options(options);
            serverOptions = SchemaObject.options(serverOptions);
            grants = SchemaObject.sorted(grants);
        }

        @Override
        public ObjectId id() {
            return SchemaObject.id(Kind.COLUMN, schema, table, name);
        }
    }

    /// @param kind `primary_key`, `unique`, `check`, `foreign_key` or `exclusion`
    /// @param columns of a check: those it reads
    /// @param parent the partitioned table it comes from
    /// @param indexValid false while an index of a partitioned table lacks one of its parts
    record Constraint(
            String schema,
            String table,
            String name,
            String kind,
            String definition,
            List<String> columns,
            @Nullable ForeignKey foreignKey,
            boolean deferrable,
            boolean deferred,
            boolean validated,
            boolean noInherit,
            boolean local,
            int inherited,
            @Nullable Qualified parent,
            List<String> indexOptions,
            boolean indexValid,
            @Nullable String tablespace,
            @Nullable String comment)
            implements TableObject {
        public Constraint {
            columns = SchemaObject.copy(columns);
            definition = ServerPrint.settled(definition);
            indexOptions = SchemaObject.options(indexOptions);
        }

        public boolean hasIndex() {
            return !kind.equals("check") && !kind.equals("foreign_key");
        }

        @Override
        public ObjectId id() {
            return SchemaObject.id(Kind.CONSTRAINT, schema, table, name);
        }
    }

    /// @param table referred to
    /// @param onUpdate `no action`, `restrict`, `cascade`, `set null`, `set default`
    record ForeignKey(
            Qualified table,
            List<String> columns,
            String onUpdate,
            String onDelete,
            boolean matchFull) {
        public ForeignKey {
            columns = SchemaObject.copy(columns);
        }
    }

    /// @param columns keys, then included ones; an expression is `(expression)`
    /// @param parent the partitioned index it belongs to
    /// @param statistics targets of expressions, `position=target`
    record Index(
            String schema,
            String table,
            String name,
            String definition,
            String method,
            boolean unique,
            boolean valid,
            List<String> columns,
            @Nullable Qualified parent,
            @Nullable String tablespace,
            List<String> statistics,
            @Nullable String comment)
            implements TableObject {
        public Index {
            columns = SchemaObject.copy(columns);
            definition = ServerPrint.settled(definition);
            statistics = SchemaObject.copy(statistics);
        }

        @Override
        public ObjectId id() {
            return SchemaObject.id(Kind.INDEX, schema, table, name);
        }
    }

    /// @param enabled `enabled`, `disabled`, `replica` or `always`
    /// @param inherited cloned from the partitioned table's
    record Trigger(
            String schema,
            String table,
            String name,
            String definition,
            String enabled,
            boolean inherited,
            @Nullable String comment)
            implements TableObject {
        public Trigger {
            definition = ServerPrint.settled(definition);
        }

        @Override
        public ObjectId id() {
            return SchemaObject.id(Kind.TRIGGER, schema, table, name);
        }
    }

    record Rule(
            String schema,
            String table,
            String name,
            String definition,
            String enabled,
            @Nullable String comment)
            implements TableObject {
        public Rule {
            definition = ServerPrint.settled(definition);
        }

        @Override
        public ObjectId id() {
            return SchemaObject.id(Kind.RULE, schema, table, name);
        }
    }

    /// @param command `ALL`, `SELECT`, `INSERT`, `UPDATE` or `DELETE`
    /// @param roles names; `public` is everyone
    record Policy(
            String schema,
            String table,
            String name,
            boolean permissive,
            String command,
            List<String> roles,
            @Nullable String usingExpression,
            @Nullable String checkExpression,
            @Nullable String comment)
            implements TableObject {
        public Policy {
            roles = roles.stream().sorted().toList();
            usingExpression = ServerPrint.settledOrNull(usingExpression);
            checkExpression = ServerPrint.settledOrNull(checkExpression);
        }

        @Override
        public ObjectId id() {
            return SchemaObject.id(Kind.POLICY, schema, table, name);
        }
    }
}

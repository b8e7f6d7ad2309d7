package io.lakebaseops.schema;

import io.lakebaseops.schema.ObjectId.Kind;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// What shares the name space of tables: tables, views and sequences.
public sealed interface Relation extends SchemaObject {
    String schema();

    String name();

    default Qualified qualified() {
        return new Qualified(schema(), name());
    }

    /// @param kind `table`, `partitioned` or `foreign`
    /// @param columns names in their order
    /// @param partitionKey as after `PARTITION BY`
    /// @param partitionBound as after `PARTITION OF x`
    /// @param parents the partitioned table, or those inherited from
    /// @param options storage parameters `name=value`, those of the TOAST table with `toast.`
    /// @param replicaIdentity `default`, `nothing`, `full` or `index`
    record Table(
            String schema,
            String name,
            String kind,
            boolean unlogged,
            List<String> columns,
            @Nullable String partitionKey,
            @Nullable String partitionBound,
            List<Qualified> parents,
            @Nullable String ofType,
            @Nullable String accessMethod,
            @Nullable String tablespace,
            List<String> options,
            String replicaIdentity,
            @Nullable String replicaIndex,
            @Nullable String clusteredOn,
            boolean rowSecurity,
            boolean forceRowSecurity,
            @Nullable String server,
            List<String> serverOptions,
            String owner,
            List<Grant> grants,
            @Nullable String comment)
            implements Relation {
        public Table {
            columns = SchemaObject.copy(columns);
            parents = SchemaObject.copy(parents);
            options = SchemaObject.options(options);
            serverOptions = SchemaObject.options(serverOptions);
            grants = SchemaObject.sorted(grants);
        }

        public boolean partition() {
            return partitionBound != null;
        }

        @Override
        public ObjectId id() {
            return SchemaObject.id(Kind.TABLE, schema, name);
        }
    }

    /// @param definition the query
    record View(
            String schema,
            String name,
            boolean materialized,
            String definition,
            List<String> options,
            @Nullable String accessMethod,
            @Nullable String tablespace,
            @Nullable String clusteredOn,
            List<ViewColumn> columns,
            String owner,
            List<Grant> grants,
            @Nullable String comment)
            implements Relation {
        public View {
            definition = ServerPrint.settled(definition);
            options = SchemaObject.options(options);
            columns = SchemaObject.copy(columns);
            grants = SchemaObject.sorted(grants);
        }

        @Override
        public ObjectId id() {
            return SchemaObject.id(Kind.VIEW, schema, name);
        }
    }

    /// @param statistics target; -1 = the server's
    record ViewColumn(
            String name,
            String type,
            @Nullable String defaultExpression,
            int statistics,
            List<Grant> grants,
            @Nullable String comment) {
        public ViewColumn {
            grants = SchemaObject.sorted(grants);
        }

        boolean sameShape(ViewColumn other) {
            return name.equals(other.name) && type.equals(other.type);
        }
    }

    /// @param identity it belongs to an identity column and is kept by it
    record Sequence(
            String schema,
            String name,
            String type,
            long start,
            long increment,
            long min,
            long max,
            long cache,
            boolean cycle,
            boolean unlogged,
            boolean identity,
            @Nullable OwningColumn ownedBy,
            String owner,
            List<Grant> grants,
            @Nullable String comment)
            implements Relation {
        public Sequence {
            grants = SchemaObject.sorted(grants);
        }

        @Override
        public ObjectId id() {
            return SchemaObject.id(Kind.SEQUENCE, schema, name);
        }
    }

    record OwningColumn(String schema, String table, String column) {
        ObjectId id() {
            return SchemaObject.id(Kind.COLUMN, schema, table, column);
        }
    }
}

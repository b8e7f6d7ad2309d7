package io.lakebaseops.schema;

import io.lakebaseops.schema.ObjectId.Kind;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// What stands beside the tables: schemas, extensions, routines and the like.
public sealed interface TopLevelObject extends SchemaObject {

    record Namespace(String name, String owner, List<Grant> grants, @Nullable String comment)
            implements TopLevelObject {
        public Namespace {
            grants = SchemaObject.sorted(grants);
        }

        @Override
        public ObjectId id() {
            return SchemaObject.id(Kind.NAMESPACE, name);
        }
    }

    /// @param members fingerprint of what it brought along, as it is now
    record Extension(
            String name,
            String schema,
            String version,
            String members,
            String owner,
            @Nullable String comment)
            implements TopLevelObject {
        @Override
        public ObjectId id() {
            return SchemaObject.id(Kind.EXTENSION, name);
        }
    }

    /// @param provider `libc`, `icu`, `builtin` or `default`
    record Collation(
            String schema,
            String name,
            String provider,
            boolean deterministic,
            @Nullable String collate,
            @Nullable String ctype,
            @Nullable String locale,
            @Nullable String rules,
            String owner,
            @Nullable String comment)
            implements TopLevelObject {
        @Override
        public ObjectId id() {
            return SchemaObject.id(Kind.COLLATION, schema, name);
        }
    }

    /// @param arguments types of the input arguments: with the name they are the identity
    /// @param kind `function`, `procedure`, `window` or `aggregate`
    /// @param signature arguments with names and modes
    /// @param defaults how many arguments have one
    /// @param result null for a procedure
    record Routine(
            String schema,
            String name,
            String arguments,
            String kind,
            String signature,
            int defaults,
            @Nullable String result,
            String language,
            String volatility,
            String parallel,
            boolean strict,
            boolean securityDefiner,
            boolean leakproof,
            List<String> settings,
            String definition,
            String owner,
            List<Grant> grants,
            @Nullable String comment)
            implements TopLevelObject {
        public Routine {
            // What stands between dollar signs is the user's own text.
            definition = definition.contains("AS $") ? definition : ServerPrint.settled(definition);
            settings = SchemaObject.copy(settings);
            grants = SchemaObject.sorted(grants);
        }

        @Override
        public ObjectId id() {
            return SchemaObject.id(Kind.ROUTINE, schema, name, arguments);
        }
    }

    record Statistics(
            String schema,
            String name,
            Qualified table,
            String definition,
            int target,
            String owner,
            @Nullable String comment)
            implements TopLevelObject {
        public Statistics {
            definition = ServerPrint.settled(definition);
        }

        @Override
        public ObjectId id() {
            return SchemaObject.id(Kind.STATISTICS, schema, name);
        }
    }

    /// @param actions of `insert`, `update`, `delete`, `truncate`
    record Publication(
            String name,
            boolean allTables,
            List<String> actions,
            boolean viaRoot,
            List<Published> tables,
            List<String> schemas,
            String owner,
            @Nullable String comment)
            implements TopLevelObject {
        public Publication {
            actions = SchemaObject.copy(actions);
            tables = SchemaObject.copy(tables);
            schemas = SchemaObject.copy(schemas);
        }

        @Override
        public ObjectId id() {
            return SchemaObject.id(Kind.PUBLICATION, name);
        }
    }

    /// @param columns empty = all
    record Published(Qualified table, List<String> columns, @Nullable String rowFilter) {
        public Published {
            rowFilter = ServerPrint.settledOrNull(rowFilter);
            columns = SchemaObject.copy(columns);
        }
    }

    /// @param schema null = everywhere: then the entry stands in place of the built-in rights
    /// @param kind `TABLES`, `SEQUENCES`, `FUNCTIONS`, `TYPES` or `SCHEMAS`
    record DefaultPrivilege(
            String role,
            @Nullable String schema,
            String kind,
            List<Grant> builtIn,
            List<Grant> grants)
            implements TopLevelObject {
        public DefaultPrivilege {
            builtIn = SchemaObject.sorted(builtIn);
            grants = SchemaObject.sorted(grants);
        }

        @Override
        public ObjectId id() {
            return SchemaObject.id(
                    Kind.DEFAULT_PRIVILEGE, role, schema == null ? "" : schema, kind);
        }
    }

    /// The database itself.
    ///
    /// @param connectionLimit -1 = none
    /// @param system fingerprint of what the server brings along: its functions, its comments, the
    ///     views of the information schema
    record Database(
            String encoding,
            String provider,
            String collate,
            String ctype,
            @Nullable String locale,
            @Nullable String rules,
            int connectionLimit,
            String tablespace,
            boolean template,
            List<Setting> settings,
            String system,
            String owner,
            List<Grant> grants,
            @Nullable String comment)
            implements TopLevelObject {
        public Database {
            settings = SchemaObject.copy(settings);
            grants = SchemaObject.sorted(grants);
        }

        /// What was chosen when it was made.
        String made() {
            return "%s, %s, %s/%s, %s %s"
                    .formatted(encoding, provider, collate, ctype, locale, rules);
        }

        @Override
        public ObjectId id() {
            return SchemaObject.id(Kind.DATABASE, "itself");
        }
    }

    /// @param role null = everyone
    /// @param value null = a secret by its name, not read
    record Setting(@Nullable String role, String name, @Nullable String value) {}

    /// Rights somebody changed on what the system or an extension brought along.
    ///
    /// @param object as `GRANT … ON` names it
    /// @param column of a table, or null
    /// @param extension null = the system
    /// @param builtIn the rights it came with
    record BuiltInRights(
            String object,
            @Nullable String column,
            @Nullable String extension,
            List<Grant> builtIn,
            List<Grant> grants)
            implements TopLevelObject {
        public BuiltInRights {
            builtIn = SchemaObject.sorted(builtIn);
            grants = SchemaObject.sorted(grants);
        }

        @Override
        public ObjectId id() {
            return SchemaObject.id(Kind.BUILT_IN_RIGHTS, object, column == null ? "" : column);
        }
    }
}

package io.lakebaseops.schema;

import io.lakebaseops.domain.OpsException;
import io.lakebaseops.postgres.ReadSession;
import io.lakebaseops.postgres.SqlName;
import io.lakebaseops.schema.ObjectId.Kind;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Reads a database's catalog into one [DatabaseSchema]: a fixed number of queries whatever the
/// number of objects. What an extension or the system brought along is not listed; a fingerprint
/// tells whether somebody altered it since. What cannot be read is named and left out; it never
/// stops the rest.
public final class Schema {
    /// Where a catalog row is; only while reading.
    private record Place(String catalog, long oid, int sub) {}

    private final ReadSession session;
    private final RowFit fit = new RowFit();
    private final Map<ObjectId, SchemaObject> objects = new HashMap<>();
    private final Map<Place, ObjectId> places = new HashMap<>();
    private final Map<ObjectId, String> unreadable = new HashMap<>();

    Schema(ReadSession session) {
        this.session = session;
    }

    public static DatabaseSchema read(ReadSession session) {
        var schema = new Schema(session);
        return schema.objects().with(schema.needs(), schema.conversions());
    }

    /// Without the needs, which two equal databases never ask for.
    DatabaseSchema objects() {
        all(SchemaSql.NAMESPACES, "pg_namespace", TopLevelObject.Namespace.class);
        all(SchemaSql.EXTENSIONS, "pg_extension", TopLevelObject.Extension.class);
        all(SchemaSql.COLLATIONS, "pg_collation", TopLevelObject.Collation.class);
        types();
        all(SchemaSql.ROUTINES, "pg_proc", TopLevelObject.Routine.class);
        all(SchemaSql.SEQUENCES, "pg_class", Relation.Sequence.class);
        all(SchemaSql.TABLES, "pg_class", Relation.Table.class);
        all(SchemaSql.COLUMNS, "pg_class", TableObject.Column.class);
        all(SchemaSql.CONSTRAINTS, "pg_constraint", TableObject.Constraint.class);
        all(SchemaSql.INDEXES, "pg_class", TableObject.Index.class);
        all(SchemaSql.STATISTICS, "pg_statistic_ext", TopLevelObject.Statistics.class);
        unlocked(SchemaSql.VIEWS, "pg_class", Relation.View.class);
        all(SchemaSql.TRIGGERS, "pg_trigger", TableObject.Trigger.class);
        unlocked(SchemaSql.RULES, "pg_rewrite", TableObject.Rule.class);
        all(SchemaSql.POLICIES, "pg_policy", TableObject.Policy.class);
        all(SchemaSql.PUBLICATIONS, "pg_publication", TopLevelObject.Publication.class);
        all(SchemaSql.DEFAULT_PRIVILEGES, "pg_default_acl", TopLevelObject.DefaultPrivilege.class);
        all(SchemaSql.DATABASE, "pg_database", TopLevelObject.Database.class);
        all(SchemaSql.BUILT_IN_RIGHTS, "", TopLevelObject.BuiltInRights.class);
        declared(SchemaSql.OPERATORS);
        declared(SchemaSql.TEXT_SEARCH);
        declared(SchemaSql.FOREIGN_SERVERS);
        declared(SchemaSql.LOOSE_OBJECTS);
        return new DatabaseSchema(
                session.database(), objects, Map.of(), unseen(), unreadable, Conversions.NONE);
    }

    /// Printing a view or rule waits for the tables it names. After a wait in vain those on a
    /// locked table are named and the others are read.
    private void unlocked(SqlName query, String catalog, Class<? extends SchemaObject> type) {
        try {
            rows(query, catalog, type, List.of());
        } catch (OpsException e) {
            if (e.kind() != OpsException.Kind.TIMEOUT) {
                throw e;
            }
            var locked = session.query(SchemaSql.LOCKED_VIEWS, Map.of(), LockedView.class);
            if (locked.isEmpty()) {
                throw e;
            }
            boolean views = type == Relation.View.class;
            for (var view : locked) {
                boolean rule = !view.ruleName().equals("_RETURN");
                if (views == rule) {
                    continue;
                }
                var id =
                        rule
                                ? ObjectId.of(
                                        Kind.RULE,
                                        view.schemaName(),
                                        view.relationName(),
                                        view.ruleName())
                                : ObjectId.of(Kind.VIEW, view.schemaName(), view.relationName());
                unreadable.put(
                        id,
                        "session %d has locked %s, which it names"
                                .formatted(view.lockedBy(), view.lockedName()));
                places.put(new Place(catalog, view.oid(rule), 0), id);
            }
            rows(query, catalog, type, locked.stream().map(v -> v.oid(!views)).toList());
        }
    }

    private record LockedView(
            long ruleOid,
            long viewOid,
            String schemaName,
            String relationName,
            String ruleName,
            String lockedName,
            int lockedBy) {
        long oid(boolean rule) {
            return rule ? ruleOid : viewOid;
        }
    }

    private void rows(
            SqlName query, String catalog, Class<? extends SchemaObject> type, List<Long> except) {
        for (var row : session.query(query, Map.of("except", except)).list()) {
            put(query, catalog, row, type);
        }
    }

    private void all(SqlName query, String catalog, Class<? extends SchemaObject> type) {
        for (var row : session.query(query).list()) {
            put(query, catalog, row, type);
        }
    }

    /// Each row says of which catalog it is.
    private void declared(SqlName query) {
        for (var row : session.query(query).list()) {
            put(query, String.valueOf(row.get("catalog")), row, DdlTextObject.class);
        }
    }

    private Map<String, Integer> unseen() {
        var unseen = new TreeMap<String, Integer>();
        for (var row : session.query(SchemaSql.UNSEEN).list()) {
            unseen.put(String.valueOf(row.get("kind")), (int) number(row, "objects"));
        }
        return unseen;
    }

    private void types() {
        for (var row : session.query(SchemaSql.TYPES).list()) {
            var type =
                    switch (String.valueOf(row.get("kind"))) {
                        case "e" -> UserType.EnumType.class;
                        case "c" -> UserType.CompositeType.class;
                        case "d" -> UserType.DomainType.class;
                        default -> UserType.RangeType.class;
                    };
            put(SchemaSql.TYPES, "pg_type", row, type);
        }
    }

    private void put(
            SqlName query,
            String catalog,
            Map<String, @Nullable Object> row,
            Class<? extends SchemaObject> type) {
        ObjectId id;
        try {
            var object = fit.object(query, row, type);
            id = object.id();
            objects.put(id, object);
        } catch (OpsException e) {
            id = fit.name(row, type);
            if (id == null) {
                throw e;
            }
            unreadable.put(id, e.why());
        }
        int position = row.get("position") instanceof Number n ? n.intValue() : 0;
        places.put(new Place(catalog, number(row, "oid"), position), id);
        // A constraint's index and a composite type's columns are found under pg_class too.
        if (row.get("relation") instanceof Number n) {
            places.put(new Place("pg_class", n.longValue(), 0), id);
        }
    }

    /// After [#objects], on the same session.
    Map<ObjectId, Set<ObjectId>> needs() {
        var needs = new HashMap<ObjectId, Set<ObjectId>>();
        var catalogs = new HashMap<Long, String>();
        for (var row : session.query(SchemaSql.CATALOGS).list()) {
            catalogs.put(number(row, "oid"), String.valueOf(row.get("name")));
        }
        for (var row : session.query(SchemaSql.DEPENDENCIES).list()) {
            var of = catalogs.getOrDefault(number(row, "class"), "");
            var on = catalogs.getOrDefault(number(row, "needed_class"), "");
            var id = at(of, number(row, "oid"), (int) number(row, "sub"));
            var needed = at(on, number(row, "needed_oid"), (int) number(row, "needed_sub"));
            if (id != null && needed != null && !id.equals(needed)) {
                needs.computeIfAbsent(id, _ -> new HashSet<>()).add(needed);
            }
        }
        return needs;
    }

    /// What the server can convert.
    Conversions conversions() {
        var known = new HashMap<String, Set<String>>();
        for (var row : session.query(SchemaSql.CONVERSIONS).list()) {
            known.computeIfAbsent(String.valueOf(row.get("known")), _ -> new HashSet<>())
                    .add(String.valueOf(row.get("leads_to")));
        }
        return new Conversions(known);
    }

    private @Nullable ObjectId at(String catalog, long oid, int sub) {
        var found = places.get(new Place(catalog, oid, sub));
        return found != null ? found : places.get(new Place(catalog, oid, 0));
    }

    private static long number(Map<String, @Nullable Object> row, String column) {
        return row.get(column) instanceof Number n ? n.longValue() : 0;
    }
}

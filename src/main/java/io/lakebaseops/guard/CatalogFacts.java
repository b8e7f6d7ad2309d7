package io.lakebaseops.guard;

import io.lakebaseops.postgres.SqlName;
import io.lakebaseops.postgres.TypedSqlSession;

import org.jspecify.annotations.Nullable;

import java.util.Collection;
import java.util.List;
import java.util.Map;

/// What the catalogs of one database say of the things a statement names, read in the transaction
/// that is to run it.
final class CatalogFacts {
    private static final SqlName SESSION = SqlName.of("guard/session");
    private static final SqlName NAMES = SqlName.of("guard/names");
    private static final SqlName FUNCTIONS = SqlName.of("guard/functions");
    private static final SqlName OPERATORS = SqlName.of("guard/operators");
    private static final SqlName TYPES = SqlName.of("guard/types");
    private static final SqlName RELATIONS = SqlName.of("guard/relations");
    private static final SqlName CASTS = SqlName.of("guard/casts");

    private final TypedSqlSession session;

    CatalogFacts(TypedSqlSession session) {
        this.session = session;
    }

    /// @param schemas where names are looked up, in order
    /// @param reader may it become the role that reads every table and nothing else?
    record Session(
            String login, boolean superuser, List<String> schemas, String path, boolean reader) {
        Session {
            schemas = List.copyOf(schemas);
        }
    }

    record Named(String name, long oid) {}

    /// @param takesRow its first argument may be a whole row
    /// @param ofRange the server made it together with a range type, to make values of it
    record Function(
            long oid,
            String schema,
            String name,
            boolean builtIn,
            String language,
            boolean isVolatile,
            @Nullable String extension,
            boolean ownedBySuperuser,
            boolean takesRow,
            boolean aggregate,
            boolean ofRange,
            String arguments) {
        boolean ofSql() {
            return language.equals("sql");
        }

        String inWords() {
            return "%s.%s(%s)".formatted(schema, name, arguments);
        }
    }

    record Operator(
            long oid,
            String schema,
            String name,
            boolean builtIn,
            @Nullable String extension,
            long code) {}

    /// @param parts types it consists of
    /// @param functions that run when values of it are made
    /// @param checks the trees of a domain's constraints
    record Type(
            long oid,
            String schema,
            String name,
            boolean builtIn,
            String kind,
            @Nullable String extension,
            List<Long> parts,
            List<Long> functions,
            List<String> checks) {
        Type {
            parts = List.copyOf(parts);
            functions = List.copyOf(functions);
            checks = List.copyOf(checks);
        }
    }

    /// @param rules trees of what stands for it when it is read: a view's query
    /// @param policies trees of row-level security
    /// @param planned trees of expressions that the planner looks at: indexes, statistics,
    ///     partitions
    record Relation(
            long oid,
            String schema,
            String name,
            String kind,
            boolean builtIn,
            boolean usualStorage,
            boolean rowSecurity,
            List<String> rules,
            List<String> policies,
            List<String> generated,
            List<String> planned,
            List<Long> children,
            List<Long> types) {
        Relation {
            rules = List.copyOf(rules);
            policies = List.copyOf(policies);
            generated = List.copyOf(generated);
            planned = List.copyOf(planned);
            children = List.copyOf(children);
            types = List.copyOf(types);
        }

        String inWords() {
            return schema + "." + name;
        }
    }

    record Cast(long source, long target, long function, boolean betweenBuiltIn, String name) {}

    Session session() {
        return session.query(SESSION, Map.of(), Session.class).getFirst();
    }

    /// @param names quoted, as the server would print them
    List<Named> relationsNamed(Collection<String> names) {
        return session.query(NAMES, Map.of("names", names), Named.class);
    }

    List<Function> functions(Collection<String> names, Collection<Long> oids) {
        return session.query(FUNCTIONS, Map.of("names", names, "oids", oids), Function.class);
    }

    List<Operator> operators(Collection<String> names, Collection<Long> oids) {
        return session.query(OPERATORS, Map.of("names", names, "oids", oids), Operator.class);
    }

    List<Type> types(Collection<String> names, Collection<Long> oids) {
        return session.query(TYPES, Map.of("names", names, "oids", oids), Type.class);
    }

    List<Relation> relations(Collection<Long> oids) {
        return session.query(RELATIONS, Map.of("oids", oids), Relation.class);
    }

    List<Cast> casts() {
        return session.query(CASTS, Map.of(), Cast.class);
    }
}

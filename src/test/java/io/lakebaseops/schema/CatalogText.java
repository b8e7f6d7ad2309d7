package io.lakebaseops.schema;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// What do the catalogs say, read without any knowledge of kinds of objects? Every row of every
/// catalog as text, numbers of objects replaced by their names after the server's own list of
/// references (`pg_get_catalog_foreign_keys`). The measure our reader is held against.
///
/// Left out: what only says how things are stored just now, and what is told better by the server's
/// own print of an expression.
final class CatalogText {
    private static final Set<String> CATALOGS_LEFT_OUT =
            Set.of(
                    "pg_depend",
                    "pg_description",
                    "pg_index",
                    "pg_statistic",
                    "pg_statistic_ext_data",
                    "pg_largeobject",
                    "pg_init_privs",
                    "pg_seclabel");

    private static final Set<String> COLUMNS_LEFT_OUT =
            Set.of(
                    "oid",
                    "relfilenode",
                    "relpages",
                    "reltuples",
                    "relallvisible",
                    "relfrozenxid",
                    "relminmxid",
                    "relhasindex",
                    "relhasrules",
                    "relhastriggers",
                    "relhassubclass",
                    "relnatts",
                    "relrewrite",
                    "reltoastrelid",
                    "attnum",
                    "attcacheoff",
                    "atthasmissing",
                    "attmissingval",
                    "conkey",
                    "confkey",
                    "adnum",
                    "tgattr",
                    "stxkeys",
                    "prattrs",
                    "partattrs",
                    "enumsortorder",
                    "objoid",
                    "subskiplsn",
                    "pronargdefaults");

    private static final Map<String, String> PRINTS =
            Map.of(
                    "pg_attrdef", "pg_get_expr(t.adbin, t.adrelid)",
                    "pg_class", "pg_get_expr(t.relpartbound, t.oid)",
                    "pg_constraint", "pg_get_constraintdef(t.oid)",
                    "pg_trigger", "pg_get_triggerdef(t.oid)",
                    "pg_rewrite", "pg_get_ruledef(t.oid)",
                    "pg_policy",
                            "concat(pg_get_expr(t.polqual, t.polrelid), '|',"
                                    + " pg_get_expr(t.polwithcheck, t.polrelid))",
                    "pg_proc",
                            "concat(pg_get_function_arguments(t.oid), '|',"
                                    + " pg_get_function_sqlbody(t.oid))",
                    "pg_statistic_ext", "pg_get_statisticsobjdef(t.oid)",
                    "pg_publication_rel", "pg_get_expr(t.prqual, t.prrelid)",
                    "pg_type", "pg_get_expr(t.typdefaultbin, 0)");

    private static final Map<String, String> FILTERS =
            Map.of(
                    "pg_attribute",
                            "t.attnum > 0 and not t.attisdropped and " + lasting("attrelid"),
                    "pg_class", lasting("oid"),
                    "pg_type", "t.typname !~ '^pg_toast'",
                    "pg_trigger", "not t.tgisinternal",
                    "pg_constraint", "true");

    private CatalogText() {}

    private static String lasting(String column) {
        return "t.%s not in (select oid from pg_class where relnamespace in (select oid from"
                        .formatted(column)
                + " pg_namespace where nspname ~ '^pg_(toast|temp)'))";
    }

    /// Lines with how often each is there.
    static SortedMap<String, Integer> of(Connection connection) throws SQLException {
        return of(connection, 0);
    }

    /// Of rows that no transaction since a given one wrote only their number is told: that is what
    /// the database was made with.
    static SortedMap<String, Integer> of(Connection connection, long since) throws SQLException {
        var lines = new TreeMap<String, Integer>();
        try (connection;
                var s = connection.createStatement()) {
            s.execute("set search_path = ''");
            for (var query : queries(s, since)) {
                try (var rs = s.executeQuery(query)) {
                    while (rs.next()) {
                        lines.merge(rs.getString(1), 1, Integer::sum);
                    }
                }
            }
        }
        return lines;
    }

    private static List<String> queries(Statement s, long since) throws SQLException {
        var references = new HashMap<String, String>();
        try (var rs =
                s.executeQuery(
                        "select fktable::text, fkcols[1], pktable::text, is_array from"
                                + " pg_get_catalog_foreign_keys() where cardinality(fkcols) = 1")) {
            while (rs.next()) {
                references.put(rs.getString(1) + "." + rs.getString(2), rs.getString(3));
            }
        }
        var columns = new TreeMap<String, List<String>>();
        try (var rs =
                s.executeQuery(
                        """
                        select c.relname, a.attname, a.atttypid::regtype::text
                          from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0
                         where c.relnamespace = 'pg_catalog'::regnamespace and c.relkind = 'r'
                           and not c.relisshared
                         order by 1, a.attnum
                        """)) {
            while (rs.next()) {
                var catalog = rs.getString(1);
                var column = rs.getString(2);
                if (!COLUMNS_LEFT_OUT.contains(column) && !CATALOGS_LEFT_OUT.contains(catalog)) {
                    columns.computeIfAbsent(catalog, _ -> new ArrayList<>())
                            .add(
                                    value(
                                            references.get(catalog + "." + column),
                                            column,
                                            rs.getString(3)));
                }
            }
        }
        var queries = new ArrayList<String>();
        columns.forEach(
                (catalog, values) -> {
                    queries.add(query(catalog, values) + " and not " + older("t", since));
                    queries.add(
                            "select concat('%1$s ', count(*)) from pg_catalog.%1$s t where %2$s and %3$s"
                                    .formatted(
                                            catalog,
                                            FILTERS.getOrDefault(catalog, "true"),
                                            older("t", since)));
                });
        queries.add(
                "select concat('pg_index ', pg_get_indexdef(i.indexrelid), concat_ws(',', indisunique,"
                        + " indisprimary, indisexclusion, indimmediate, indisclustered, indisvalid,"
                        + " indisreplident)) from pg_index i where "
                        + lasting("indrelid").replace("t.", "i.")
                        + " and not "
                        + older("i", since));
        queries.add(
                "select concat('pg_description ', pg_describe_object(classoid, objoid, objsubid), ' ',"
                        + " description) from pg_description d where not "
                        + older("d", since));
        queries.add(
                "select concat('pg_seclabel ', pg_describe_object(classoid, objoid, objsubid), ' ',"
                        + " provider, ' ', label) from pg_seclabel");
        queries.add(
                """
                select concat('setting ', r.rolname, ' ', c)
                  from pg_db_role_setting s left join pg_roles r on r.oid = s.setrole
                  cross join lateral unnest(s.setconfig) c
                 where s.setdatabase = (select oid from pg_database where datname = current_database())
                """);
        return queries;
    }

    private static String older(String row, long transaction) {
        return "(%s.xmin::text::bigint < %d)".formatted(row, transaction);
    }

    private static String value(String reference, String column, String type) {
        var shown = "t." + column;
        if (type.equals("pg_node_tree")) {
            return "''";
        }
        if (type.equals("aclitem[]")) {
            return "(select string_agg(x, ' ' order by x) from (select concat(case when grantee = 0"
                    + " then 'public' else pg_get_userbyid(grantee) end, privilege_type,"
                    + " is_grantable, pg_get_userbyid(grantor)) from aclexplode({acl})) a (x))"
                            .replace("{acl}", shown);
        }
        if (reference != null && (type.equals("oid") || type.equals("regproc"))) {
            return "case when %1$s::oid < 16384 then %1$s::oid::text else coalesce(pg_describe_object('%2$s'::regclass, %1$s, 0), '?') end"
                    .formatted(shown, reference);
        }
        if (reference != null) {
            return "array(select case when x::oid < 16384 then x::text else pg_describe_object('%2$s'::regclass, x, 0) end from unnest(%1$s) with ordinality u (x, n) order by n)::text"
                    .formatted(shown, reference);
        }
        if (column.equals("connoinherit")) {
            // Means something for checks only.
            return "(t.connoinherit and t.contype = 'c')::text";
        }
        // The order of options means nothing.
        return column.endsWith("options") && type.equals("text[]")
                ? "array(select x from unnest(%s) x order by x)::text".formatted(shown)
                : shown + "::text";
    }

    private static String query(String catalog, List<String> values) {
        var all = new ArrayList<>(values);
        all.add(PRINTS.getOrDefault(catalog, "''"));
        var named = defaults(catalog, all);
        return "select concat_ws(' | ', '%s', %s) from pg_catalog.%s t where %s"
                .formatted(
                        catalog,
                        String.join(
                                ", ", named.stream().map(v -> "coalesce(" + v + ", '-')").toList()),
                        catalog,
                        FILTERS.getOrDefault(catalog, "true"));
    }

    /// No rights said are the built-in ones.
    private static List<String> defaults(String catalog, List<String> values) {
        var kinds =
                Map.of(
                        "pg_namespace", "acldefault('n', t.nspowner)",
                        "pg_proc", "acldefault('f', t.proowner)",
                        "pg_type", "acldefault('T', t.typowner)",
                        "pg_language", "acldefault('l', t.lanowner)",
                        "pg_foreign_server", "acldefault('S', t.srvowner)",
                        "pg_foreign_data_wrapper", "acldefault('F', t.fdwowner)",
                        "pg_class",
                                "acldefault(case t.relkind when 'S' then 's' else 'r' end::\"char\","
                                        + " t.relowner)");
        var standard = kinds.get(catalog);
        return standard == null
                ? values
                : values.stream()
                        .map(
                                v ->
                                        v.replaceAll(
                                                "aclexplode\\((t\\.\\w+)\\)",
                                                "aclexplode(coalesce($1, "
                                                        + standard.replace("$", "\\$")
                                                        + "))"))
                        .toList();
    }
}

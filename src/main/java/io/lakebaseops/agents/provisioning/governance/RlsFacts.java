package io.lakebaseops.agents.provisioning.governance;

import io.lakebaseops.domain.Rows;
import io.lakebaseops.postgres.ReadSession;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// What the server says about the tables, roles and the mapping that a tenant policy rests on.
///
/// @param tables the wanted ones, each followed by its partitions and heirs
/// @param mapped pairs of role and tenant that are there by now
/// @param owner the role the tables would be given to, null when they stay
/// @param unfit tenants that cannot be written in the column's type
record RlsFacts(
        List<Table> tables,
        List<Role> roles,
        Rows roleRows,
        List<Opening> openings,
        Mapping mapping,
        List<Mapped> mapped,
        @Nullable Owner owner,
        List<Unfit> unfit,
        List<Statement> statements,
        Rows statementRows) {
    RlsFacts {
        tables = List.copyOf(tables);
        roles = List.copyOf(roles);
        openings = List.copyOf(openings);
        mapped = List.copyOf(mapped);
        unfit = List.copyOf(unfit);
        statements = List.copyOf(statements);
    }

    /// @param kind as in `pg_class.relkind`; null when there is no such table
    record Table(
            String asked,
            String schemaName,
            String tableName,
            @Nullable String kind,
            @Nullable String ownerName,
            boolean ownerBypasses,
            boolean mayChange,
            boolean mayActAsOwner,
            @Nullable String columnType,
            boolean columnNotNull,
            boolean columnIndexed,
            long totalBytes) {
        String display() {
            return schemaName + "." + tableName;
        }
    }

    /// @param memberOfOther other tenants' roles it can act as
    record Role(
            String roleName,
            boolean isThere,
            boolean bypasses,
            boolean mayActAs,
            boolean mayGrant,
            String grantStatement,
            String revokeStatement,
            @Nullable String memberOfOther,
            @Nullable String unreadable,
            @Nullable String truncates) {
        Role prepared() {
            return new Role(
                    roleName,
                    true,
                    bypasses,
                    mayActAs || !isThere,
                    mayGrant,
                    grantStatement,
                    revokeStatement,
                    memberOfOther,
                    null,
                    truncates);
        }
    }

    /// @param kind `view`, `materialized view` or `function`
    record Opening(String kind, String name, String why) {}

    record Mapping(
            boolean schemaIsThere,
            boolean tableIsThere,
            boolean mayCreate,
            boolean mayWrite,
            boolean fits,
            boolean isProtected) {}

    record Mapped(String roleName, String tenant) {}

    record Owner(
            String roleName,
            boolean isThere,
            boolean bypasses,
            boolean mayHandOver,
            boolean mayOwnThere) {
        Owner prepared() {
            return new Owner(roleName, true, bypasses, mayHandOver || !isThere, true);
        }
    }

    record Unfit(String tenant, String columnType) {}

    /// One statement on a table and the one that brings the earlier state back.
    record Statement(
            long seq,
            String tableName,
            String title,
            String statement,
            String undo,
            @Nullable String problem) {}

    static RlsFacts read(ReadSession session, ConfigureRls.Input input) {
        var tables =
                session.query(
                        GovernanceSql.TABLES,
                        Map.of(
                                "schema_name", input.schema(),
                                "table_names", input.tables(),
                                "column_name", input.tenantColumn()),
                        Table.class);
        var roles = new HashMap<String, Object>(places(tables));
        roles.put("role_names", input.tenants().stream().map(TenantRole::role).distinct().toList());
        var roleRows = session.query(GovernanceSql.ROLES, roles);
        var mapping =
                Objects.requireNonNull(session.one(GovernanceSql.MAPPING, Map.of(), Mapping.class));
        var types =
                tables.stream().map(Table::columnType).filter(Objects::nonNull).distinct().toList();
        var statements = statementParams(input, tables);
        return new RlsFacts(
                tables,
                session.query(GovernanceSql.ROLES, roles, Role.class),
                roleRows,
                session.query(GovernanceSql.OPENINGS, roles, Opening.class),
                mapping,
                mapping.tableIsThere() && mapping.mayWrite() && mapping.fits()
                        ? session.query(
                                GovernanceSql.MAPPED,
                                Map.of("schema_name", input.schema()),
                                Mapped.class)
                        : List.of(),
                input.owner() == null
                        ? null
                        : session.one(
                                GovernanceSql.OWNER,
                                Map.of(
                                        "owner_name",
                                        input.owner(),
                                        "schema_names",
                                        places(tables).getOrDefault("schema_names", List.of())),
                                Owner.class),
                session.query(
                        GovernanceSql.VALUES,
                        Map.of(
                                "tenants",
                                input.tenants().stream().map(TenantRole::tenant).toList(),
                                "types",
                                types),
                        Unfit.class),
                session.query(GovernanceSql.STATEMENTS, statements, Statement.class),
                session.query(GovernanceSql.STATEMENTS, statements));
    }

    /// Of a database where nothing of it is there yet.
    static RlsFacts absent(ConfigureRls.Input input) {
        return new RlsFacts(
                input.tables().stream()
                        .map(
                                t ->
                                        new Table(
                                                t,
                                                input.schema(),
                                                t,
                                                null,
                                                null,
                                                false,
                                                true,
                                                true,
                                                null,
                                                false,
                                                false,
                                                0))
                        .toList(),
                List.of(),
                Rows.EMPTY,
                List.of(),
                new Mapping(false, false, true, true, true, true),
                List.of(),
                null,
                List.of(),
                List.of(),
                Rows.EMPTY);
    }

    /// As it will be once the plan has made missing roles and given out missing rights.
    RlsFacts prepared() {
        return new RlsFacts(
                tables,
                roles.stream().map(Role::prepared).toList(),
                roleRows,
                openings,
                mapping,
                mapped,
                owner == null ? null : owner.prepared(),
                unfit,
                statements,
                statementRows);
    }

    /// The tables themselves, without partitions and heirs.
    Map<String, List<String>> asked() {
        return places(tables.stream().filter(t -> t.tableName().equals(t.asked())).toList());
    }

    List<String> tablesMissing() {
        return tables.stream().filter(t -> t.kind() == null).map(Table::asked).toList();
    }

    static Map<String, Object> statementParams(ConfigureRls.Input input, List<Table> tables) {
        var params = new HashMap<String, Object>(places(tables));
        params.put("schema_name", input.schema());
        params.put("column_name", input.tenantColumn());
        params.put("mode", input.mode());
        params.put("setting", input.setting());
        params.put("new_owner", input.owner() == null ? "" : input.owner());
        return params;
    }

    static Map<String, List<String>> places(List<Table> tables) {
        var schemas = new ArrayList<String>();
        var names = new ArrayList<String>();
        for (var table : tables) {
            if (!schemas.isEmpty() && twice(schemas, names, table)) {
                continue;
            }
            schemas.add(table.schemaName());
            names.add(table.tableName());
        }
        return Map.of("schema_names", schemas, "table_names", names);
    }

    /// A partition asked for beside its parent comes twice.
    private static boolean twice(List<String> schemas, List<String> names, Table table) {
        for (int i = 0; i < names.size(); i++) {
            if (names.get(i).equals(table.tableName())
                    && schemas.get(i).equals(table.schemaName())) {
                return true;
            }
        }
        return false;
    }

    Map<String, List<String>> places() {
        return places(tables);
    }
}

package io.lakebaseops.agents.provisioning.governance;

import io.lakebaseops.postgres.SqlName;

/// Names of the queries and statements of governance.
final class GovernanceSql {
    static final SqlName TABLES = SqlName.of("governance/rls_tables");
    static final SqlName ROLES = SqlName.of("governance/rls_roles");
    static final SqlName OPENINGS = SqlName.of("governance/rls_openings");
    static final SqlName VALUES = SqlName.of("governance/rls_values");
    static final SqlName OWNER = SqlName.of("governance/rls_owner");
    static final SqlName MAPPING = SqlName.of("governance/rls_mapping");
    static final SqlName MAPPED = SqlName.of("governance/rls_mapped");
    static final SqlName STATEMENTS = SqlName.of("governance/rls_statements");
    static final SqlName TENANT_PROOF = SqlName.of("governance/rls_tenant_proof");
    static final SqlName IN_FORCE = SqlName.of("governance/rls_in_force");
    static final SqlName CREATE_SCHEMA = SqlName.of("governance/create_rls_schema");
    static final SqlName DROP_SCHEMA = SqlName.of("governance/drop_rls_schema");
    static final SqlName CREATE_MAPPING = SqlName.of("governance/create_tenant_roles");
    static final SqlName DROP_MAPPING = SqlName.of("governance/drop_tenant_roles");
    static final SqlName OWN_ROWS = SqlName.of("governance/own_rows_policy");
    static final SqlName GUARD_MAPPING = SqlName.of("governance/guard_tenant_roles");
    static final SqlName READ_MAPPING = SqlName.of("governance/read_tenant_roles");
    static final SqlName MAP_TENANT = SqlName.of("governance/map_tenant");
    static final SqlName UNMAP_TENANT = SqlName.of("governance/unmap_tenant");
    static final SqlName ISOLATE_TABLES = SqlName.of("governance/isolate_tables");
    static final SqlName ISOLATE_TABLE = SqlName.of("governance/isolate_table");
    static final SqlName TENANT_RIGHTS = SqlName.of("governance/tenant_rights");
    static final SqlName ACT_AS_TENANT = SqlName.of("governance/act_as_tenant");
    static final SqlName ACT_AS_OWNER = SqlName.of("governance/act_as_owner");
    static final SqlName READER_ROLE = SqlName.of("governance/reader_role");
    static final SqlName READER_GRANTS = SqlName.of("governance/reader_grants");
    static final SqlName READER_LACKS = SqlName.of("governance/reader_lacks");
    static final SqlName READER_MEMBERS = SqlName.of("governance/reader_members");
    static final SqlName CREATE_READER = SqlName.of("governance/create_reader_role");
    static final SqlName DROP_READER = SqlName.of("governance/drop_reader_role");
    static final SqlName JOIN_READER = SqlName.of("governance/join_reader_role");
    static final SqlName LEAVE_READER = SqlName.of("governance/leave_reader_role");

    static final SqlName NAMES = SqlName.of("governance/names_for_forms");

    private GovernanceSql() {}
}

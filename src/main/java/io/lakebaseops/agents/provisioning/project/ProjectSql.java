package io.lakebaseops.agents.provisioning.project;

import io.lakebaseops.postgres.SqlName;

/// Names of the statements that a new project needs inside its database.
final class ProjectSql {
    static final SqlName CREATE_SCHEMA = SqlName.of("provisioning/create_schema");
    static final SqlName SCHEMAS = SqlName.of("provisioning/schemas");

    private ProjectSql() {}
}

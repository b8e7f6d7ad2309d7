package io.lakebaseops.console.branches;

import java.util.List;

/// A tool that sets up or governs a project, as its form presents it: what it is for, and which of
/// its inputs one always needs.
///
/// @param basic inputs that are always shown, in this order; the others fold away
record ProjectTool(String group, String name, String title, String says, List<String> basic) {
    ProjectTool {
        basic = List.copyOf(basic);
    }

    static final List<ProjectTool> ALL =
            List.of(
                    new ProjectTool(
                            "Project",
                            "provision_lakebase_project",
                            "Make a project",
                            "A project with its tree of branches. Run again it changes nothing that is as wanted.",
                            List.of("domain", "environment", "pattern", "min_cu", "max_cu")),
                    new ProjectTool(
                            "Project",
                            "provision_with_governance",
                            "Make a governed project",
                            "Project, migrations, tenants and catalog as one plan with one approval that lists every step.",
                            List.of(
                                    "domain",
                                    "environment",
                                    "pattern",
                                    "migrations",
                                    "tenants",
                                    "tables")),
                    new ProjectTool(
                            "Project",
                            "create_ops_catalog",
                            "Make the ops catalog",
                            "The Delta tables that hold our history, each checked after it is made.",
                            List.of("catalog")),
                    new ProjectTool(
                            "Branches",
                            "create_branch_on_pr",
                            "Branch for a pull request",
                            "ci-pr-<n> from staging for four hours; one that is there is used again.",
                            List.of("pr", "ref", "fresh")),
                    new ProjectTool(
                            "Branches",
                            "delete_branch_on_pr_close",
                            "A pull request is closed",
                            "Deletes its branch; when it was merged, the migration is proposed for staging.",
                            List.of("pr", "merged")),
                    new ProjectTool(
                            "Branches",
                            "enforce_ttl_policies",
                            "Enforce the ends of branches",
                            "Deletes branches of ours that are past their time, and says why others are kept.",
                            List.of("dry_run")),
                    new ProjectTool(
                            "Branches",
                            "monitor_branch_count",
                            "Count the branches",
                            "How many of the branches allowed are in use, and which idle ones could go.",
                            List.of("limit")),
                    new ProjectTool(
                            "Roles and rights",
                            "configure_rls",
                            "Isolate tenants (row-level security)",
                            "Policies with FORCE, USING and WITH CHECK, and a proof for each tenant after they are applied.",
                            List.of("schema", "tables", "tenant_column", "tenants", "owner")),
                    new ProjectTool(
                            "Roles and rights",
                            "setup_unity_catalog_integration",
                            "Register in Unity Catalog",
                            "Registers the database and grants to the groups of its domain.",
                            List.of("catalog", "domain", "database")),
                    new ProjectTool(
                            "Roles and rights",
                            "setup_ai_agent_branching",
                            "Let AI agents in",
                            "A read-only role, branches of an hour, and the files that tell an agent the rules.",
                            List.of("limit", "ttl", "role", "schemas", "reviewers")),
                    new ProjectTool(
                            "Pipeline",
                            "setup_cicd_pipeline",
                            "Files for GitHub Actions",
                            "Workflows that test each pull request on a branch of its own. They are shown and written nowhere.",
                            List.of("owner", "repo", "migration_tool", "migrations")));
}

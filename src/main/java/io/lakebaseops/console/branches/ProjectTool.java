package io.lakebaseops.console.branches;

import io.lakebaseops.console.Texts;

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
                            Texts.of("Project"),
                            "provision_lakebase_project",
                            Texts.of("Make a project"),
                            Texts.of(
                                    "A project with its tree of branches. Run again it changes nothing that is as wanted."),
                            List.of("domain", "environment", "pattern", "min_cu", "max_cu")),
                    new ProjectTool(
                            Texts.of("Project"),
                            "provision_with_governance",
                            Texts.of("Make a governed project"),
                            Texts.of(
                                    "Project, migrations, tenants and catalog as one plan with one approval that lists every step."),
                            List.of(
                                    "domain",
                                    "environment",
                                    "pattern",
                                    "migrations",
                                    "tenants",
                                    "tables")),
                    new ProjectTool(
                            Texts.of("Project"),
                            "create_ops_catalog",
                            Texts.of("Make the ops catalog"),
                            Texts.of(
                                    "The Delta tables that hold our history, each checked after it is made."),
                            List.of("catalog")),
                    new ProjectTool(
                            Texts.of("Branches"),
                            "create_branch_on_pr",
                            Texts.of("Branch for a pull request"),
                            Texts.of(
                                    "ci-pr-<n> from staging for four hours; one that is there is used again."),
                            List.of("pr", "ref", "fresh")),
                    new ProjectTool(
                            Texts.of("Branches"),
                            "delete_branch_on_pr_close",
                            Texts.of("A pull request is closed"),
                            Texts.of(
                                    "Deletes its branch; when it was merged, the migration is proposed for staging."),
                            List.of("pr", "merged")),
                    new ProjectTool(
                            Texts.of("Branches"),
                            "enforce_ttl_policies",
                            Texts.of("Enforce the ends of branches"),
                            Texts.of(
                                    "Deletes branches of ours that are past their time, and says why others are kept."),
                            List.of("dry_run")),
                    new ProjectTool(
                            Texts.of("Branches"),
                            "monitor_branch_count",
                            Texts.of("Count the branches"),
                            Texts.of(
                                    "How many of the branches allowed are in use, and which idle ones could go."),
                            List.of("limit")),
                    new ProjectTool(
                            Texts.of("Roles and rights"),
                            "configure_rls",
                            Texts.of("Isolate tenants (row-level security)"),
                            Texts.of(
                                    "Policies with FORCE, USING and WITH CHECK, and a proof for each tenant after they are applied."),
                            List.of("schema", "tables", "tenant_column", "tenants", "owner")),
                    new ProjectTool(
                            Texts.of("Roles and rights"),
                            "setup_unity_catalog_integration",
                            Texts.of("Register in Unity Catalog"),
                            Texts.of(
                                    "Registers the database and grants to the groups of its domain."),
                            List.of("catalog", "domain", "database")),
                    new ProjectTool(
                            Texts.of("Roles and rights"),
                            "setup_ai_agent_branching",
                            Texts.of("Let AI agents in"),
                            Texts.of(
                                    "A read-only role, branches of an hour, and the files that tell an agent the rules."),
                            List.of("limit", "ttl", "role", "schemas", "reviewers")),
                    new ProjectTool(
                            Texts.of("Pipeline"),
                            "setup_cicd_pipeline",
                            Texts.of("Files for GitHub Actions"),
                            Texts.of(
                                    "Workflows that test each pull request on a branch of its own. They are shown and written nowhere."),
                            List.of("owner", "repo", "migration_tool", "migrations")));
}

package io.lakebaseops.agents.provisioning.cicd;

import io.lakebaseops.domain.Doc;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.framework.GeneratedFiles;
import io.lakebaseops.framework.GeneratedFiles.GeneratedFile;
import io.lakebaseops.framework.Outcome;
import io.lakebaseops.framework.ReadTool;
import io.lakebaseops.framework.ToolContext;
import io.lakebaseops.framework.ToolDescriptor;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/// The files a repository needs so that every pull request is tried on a branch of its own and
/// every merge replayed on staging and production, checked. It writes nothing.
public final class SetupCicdPipeline
        implements ReadTool<SetupCicdPipeline.Input, SetupCicdPipeline.Output> {

    /// The convention by which migrations are named and recorded.
    public enum MigrationTool {
        FLYWAY
    }

    public record Input(
            @Doc("Owner of the GitHub repository") String owner,
            @Doc("Name of the GitHub repository") String repo,
            @Doc(value = "Naming and history of migrations", defaultValue = "\"flyway\"")
                    MigrationTool migrationTool,
            @Doc(value = "Branch of the repository pull requests go to", defaultValue = "\"main\"")
                    String baseBranch,
            @Doc(
                            value = "Lakebase branch pull requests are copied from",
                            defaultValue = "\"staging\"")
                    String stagingBranch,
            @Doc(value = "Lakebase branch of production", defaultValue = "\"production\"")
                    String productionBranch,
            @Doc(value = "Database on those branches", defaultValue = "\"databricks_postgres\"")
                    String database,
            @Doc(value = "Folder of V…__….sql files", defaultValue = "\"db/migration\"")
                    String migrations,
            @Doc(
                            value = "Folder of SQL files that raise when something is wrong",
                            defaultValue = "\"db/test\"")
                    String sqlTests,
            @Doc("Command that tests the branch, PGHOST and the like are set")
                    @Nullable String testCommand,
            @Doc(
                            value = "GitHub environment whose reviewers agree to production",
                            defaultValue = "\"production\"")
                    String productionEnvironment) {}

    /// @param remaining what only a person can do, in order
    public record Output(List<GeneratedFile> files, List<String> remaining)
            implements GeneratedFiles {
        public Output {
            files = List.copyOf(files);
            remaining = List.copyOf(remaining);
        }
    }

    @Override
    public ToolDescriptor descriptor() {
        return ToolDescriptor.of(
                        SetupCicdPipeline.class,
                        "GitHub workflow that tries each pull request on its own branch and replays merges",
                        "A.cicd")
                .about(ToolDescriptor.Scope.PROJECT)
                .within(Duration.ofMinutes(1));
    }

    @Override
    public Outcome<Output> run(Input input, ToolContext context) {
        if (!(input.owner() + "/" + input.repo()).matches("[A-Za-z0-9-]+/[\\w.-]+")) {
            throw bad("%s/%s is no repository".formatted(input.owner(), input.repo()));
        }
        var texts = new PipelineFiles(values(input, context.target().project())).texts();
        for (var text : texts.entrySet()) {
            var problems =
                    text.getKey().endsWith(".yml") ? WorkflowCheck.of(text.getValue()) : List.of();
            if (!problems.isEmpty()) {
                throw bad("the workflow would not pass our checks: " + problems);
            }
        }
        var files =
                texts.entrySet().stream()
                        .map(e -> new GeneratedFile(e.getKey(), e.getValue()))
                        .toList();
        return Outcome.live(new Output(files, remaining(input)));
    }

    private static Map<String, String> values(Input input, String project) {
        return Map.of(
                "project", project,
                "base_branch", input.baseBranch(),
                "staging_branch", label(input.stagingBranch()),
                "production_branch", label(input.productionBranch()),
                "database", input.database(),
                "migrations", input.migrations(),
                "sql_tests", input.sqlTests(),
                "test_command", input.testCommand() == null ? "" : input.testCommand(),
                "production_environment", input.productionEnvironment());
    }

    private static String label(String branch) {
        if (!branch.matches("[a-z][a-z0-9-]{0,62}")) {
            throw bad(branch + " is no name of a Lakebase branch");
        }
        return branch;
    }

    private static List<String> remaining(Input input) {
        var repository = input.owner() + "/" + input.repo();
        return List.of(
                "set the repository variables DATABRICKS_HOST and DATABRICKS_CLIENT_ID (a service"
                        + " principal with CAN MANAGE on the project)",
                "let that service principal trust GitHub: a federation policy with issuer"
                        + " https://token.actions.githubusercontent.com and subjects repo:%s:pull_request and repo:%s:environment:%s"
                                .formatted(repository, repository, input.productionEnvironment()),
                "add required reviewers to the environment " + input.productionEnvironment(),
                "a database with tables but without flyway_schema_history: run flyway baseline once on %s and %s"
                        .formatted(input.stagingBranch(), input.productionBranch()));
    }

    private static OpsException bad(String why) {
        return new OpsException(
                OpsException.Kind.INVALID_INPUT, "Input of setup_cicd_pipeline", why, "correct it");
    }
}

package io.lakebaseops.agents.provisioning.cicd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.databricks.sdk.core.error.platform.NotFound;

import io.lakebaseops.agents.ToolRig;
import io.lakebaseops.domain.Actor;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.framework.ToolContext;
import io.lakebaseops.local.api.SdkFixture;
import io.lakebaseops.testing.TestTargets;

import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// The steps of the workflow, run by bash against Local Lakebase, event by event.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SetupCicdPipelinePgTest {
    private static final String PROJECT = "shop-prod";

    @TempDir static Path home;
    private SdkFixture sdk;
    private GitHubStandIn github;
    private Path repository;
    private int number = 40;

    @BeforeAll
    void aProjectWithStaging() throws Exception {
        for (var tool : List.of("bash", "curl", "jq", "psql", "python3")) {
            assumeTrue(has(tool), "the runner's " + tool + " is not on this machine");
        }
        sdk = new SdkFixture(home.resolve("lakebase"));
        var project = sdk.project(PROJECT);
        sdk.branch(project, "staging", SdkFixture.lasting());
        github = new GitHubStandIn(sdk.lakebase().token());
    }

    @BeforeEach
    void aRepository() throws IOException {
        number++;
        repository = Files.createDirectory(home.resolve("repo-" + number));
        for (var made : ToolRig.found(tool("db/migration", null)).data().files()) {
            file(made.path(), made.text());
        }
        file("db/migration/V1__first table.sql", "create table t1 (a int);\r\n-- ünicode\r\n");
        file("db/migration/V2__more.sql", "alter table t1 add b text default 'it''s';");
        file(
                "db/test/shape.sql",
                "do $$ begin if (select count(*) from t1) > 0 then raise 'not empty'; end if; end"
                        + " $$;");
        github.comments.clear();
        github.calls.clear();
    }

    @AfterAll
    void close() {
        if (sdk != null) {
            sdk.close();
            github.close();
        }
    }

    private static boolean has(String tool) throws Exception {
        var process = new ProcessBuilder("sh", "-c", "command -v " + tool).start();
        return process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0;
    }

    private io.lakebaseops.framework.Outcome<SetupCicdPipeline.Output> tool(
            String migrations, String command) {
        var context =
                new ToolContext(
                        UUID.randomUUID(),
                        new TargetId("local", PROJECT, "production"),
                        Actor.human("ada"),
                        TestTargets.deadline(),
                        Clock.systemUTC(),
                        ToolContext.Progress.SILENT);
        return new SetupCicdPipeline()
                .run(
                        new SetupCicdPipeline.Input(
                                "acme",
                                "shop",
                                SetupCicdPipeline.MigrationTool.FLYWAY,
                                "main",
                                "staging",
                                "production",
                                "databricks_postgres",
                                migrations,
                                "db/test",
                                command,
                                "production"),
                        context);
    }

    private void file(String path, String text) throws IOException {
        var file = repository.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private WorkflowRun.Result job(String name) throws Exception {
        return job(name, Map.of());
    }

    private WorkflowRun.Result job(String name, Map<String, String> more) throws Exception {
        var env =
                new HashMap<>(
                        Map.of(
                                "ACTIONS_ID_TOKEN_REQUEST_URL", github.url() + "/identity?x=1",
                                "ACTIONS_ID_TOKEN_REQUEST_TOKEN", "request-token",
                                "DATABRICKS_TOKEN_URL", github.url() + "/oidc/v1/token",
                                "GITHUB_API_URL", github.url(),
                                "GITHUB_REPOSITORY", "acme/shop",
                                "LAKEBASE_POLL_SECONDS", "0.1",
                                "LAKEBASE_WAIT_SECONDS", "150",
                                "TZ", "UTC"));
        env.putAll(more);
        return new WorkflowRun(
                        repository,
                        home.resolve("temp-" + number + "-" + name),
                        Map.of(
                                "vars.DATABRICKS_HOST",
                                sdk.lakebase().host(),
                                "vars.DATABRICKS_CLIENT_ID",
                                "the-client",
                                "secrets.GITHUB_TOKEN",
                                "github-token",
                                "github.event.pull_request.number",
                                "" + number),
                        env)
                .job(name);
    }

    private String branch() {
        return "projects/" + PROJECT + "/branches/ci-pr-" + number;
    }

    private String scalar(String branch, String sql) throws SQLException {
        var endpoint = branch + "/endpoints/primary";
        try (var c = sdk.connect(endpoint, sdk.token(endpoint));
                var s = c.createStatement();
                var rs = s.executeQuery(sql)) {
            return rs.next() ? rs.getString(1) : null;
        }
    }

    private static void good(WorkflowRun.Result result) {
        assertThat(result.good()).as(result.log()).isTrue();
    }

    @Test
    void openedSynchronizedMergedAndClosed() throws Exception {
        var opened = job("try");
        good(opened);
        assertThat(
                        scalar(
                                branch(),
                                "select string_agg(version || success, ' ' order by version) from"
                                        + " flyway_schema_history"))
                .isEqualTo("1true 2true");
        assertThat(sdk.postgres().getBranch(branch()).getStatus().getExpireTime()).isNotNull();
        assertThat(github.comments).hasSize(1);
        assertThat(github.comments.getFirst().get("body").asText())
                .contains("migrations | success", "tests | success")
                .contains(
                        "+column public.t1.a integer",
                        "+column public.t1.b text default 'it''s'::text")
                .doesNotContain("flyway_schema_history");
        assertThat(opened.log()).doesNotContain("request-token").contains("::add-mask::");

        // Flyway itself agrees with the history, checksums included.
        var endpoint = branch() + "/endpoints/primary";
        Flyway.configure()
                .dataSource(
                        "jdbc:postgresql://" + sdk.address(endpoint) + "/databricks_postgres",
                        sdk.lakebase().user(),
                        sdk.token(endpoint))
                .locations("filesystem:" + repository.resolve("db/migration"))
                .load()
                .validate();

        // The author changes a migration that was never merged: clean ground, the same comment.
        file("db/migration/V2__more.sql", "alter table t1 add c date;");
        github.comment("by the way");
        good(job("try"));
        assertThat(github.comments).hasSize(2);
        assertThat(github.comments.getFirst().get("body").asText())
                .contains("t1.c date")
                .doesNotContain("t1.b");
        assertThat(github.calls).filteredOn(c -> c.startsWith("POST /repos")).hasSize(1);

        good(job("staging"));
        good(job("production"));
        for (var name : List.of("staging", "production")) {
            assertThat(
                            scalar(
                                    "projects/" + PROJECT + "/branches/" + name,
                                    "select count(*) from flyway_schema_history"))
                    .isEqualTo("2");
        }
        assertThat(job("staging").log()).contains("0 migrations applied");
        good(job("cleanup"));
        assertThatThrownBy(() -> sdk.postgres().getBranch(branch())).isInstanceOf(NotFound.class);
        good(job("cleanup"));
        aLaterPullRequestThatFails();
    }

    /// Staging holds V1 and V2 now.
    private void aLaterPullRequestThatFails() throws Exception {
        file("db/migration/V3__concurrent.sql", "create index concurrently t1_a on t1 (a);");
        file("db/migration/V4__broken.sql", "create table t4 (a int); select 1 / 0;");
        file("db/migration/V5__after.sql", "create table t5 (a int);");
        var failed = job("try");
        assertThat(failed.good()).isFalse();
        assertThat(failed.log()).contains("V4__broken.sql failed and was rolled back");
        assertThat(
                        scalar(
                                branch(),
                                "select string_agg(version, ' ' order by version) from"
                                        + " flyway_schema_history"))
                .isEqualTo("1 2 3");
        assertThat(
                        scalar(
                                branch(),
                                "select to_regclass('t4') is null and to_regclass('t5') is null"))
                .isEqualTo("t");
        assertThat(github.comments.getFirst().get("body").asText())
                .contains("migrations | failure", "tests | skipped");

        file("db/migration/V2__more.sql", "alter table t1 add d date;");
        assertThat(job("staging").log()).contains("V2__more.sql was changed after");
        Files.delete(repository.resolve("db/migration/V2__more.sql"));
        file("db/migration/V1.5__late.sql", "select 1;");
        assertThat(job("staging").log()).contains("is older than 2");
        Files.delete(repository.resolve("db/migration/V1.5__late.sql"));
        file("db/migration/V6_misnamed.sql", "select 1;");
        file("db/migration/V4__broken.sql", "select 1;");
        assertThat(job("staging").log()).contains("V6_misnamed.sql is not named like");
        good(job("cleanup"));
    }

    @Test
    void theCommentIsFoundAmongManyAndAFailingLoginStops() throws Exception {
        Stream.generate(() -> "chat").limit(130).forEach(github::comment);
        file("db/migration/V1__first table.sql", "create table t1 (a int);");
        var wrong = job("try", Map.of("DATABRICKS_TOKEN_URL", github.url() + "/nowhere"));
        assertThat(wrong.good()).isFalse();
        assertThat(wrong.log()).contains("refused the identity token");
        assertThat(github.comments).hasSize(131);
        assertThat(job("try", Map.of("DATABRICKS_TOKEN_URL", github.url() + "/nowhere")).good())
                .isFalse();
        assertThat(github.comments).hasSize(131);
    }

    @Test
    void valuesThatWouldBreakOutAreRefused() {
        for (var migrations : List.of("a' b", "x\nrun: evil", "${{ secrets.X }}", "$(rm)", "")) {
            assertThatThrownBy(() -> tool(migrations, null))
                    .as(migrations)
                    .isInstanceOf(OpsException.class);
        }
        assertThatThrownBy(() -> tool("m", "echo ${{ github.token }}"))
                .isInstanceOf(OpsException.class);
    }
}

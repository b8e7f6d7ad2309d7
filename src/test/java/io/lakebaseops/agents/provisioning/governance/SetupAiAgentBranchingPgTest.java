package io.lakebaseops.agents.provisioning.governance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lakebaseops.agents.ToolRig;
import io.lakebaseops.agents.provisioning.branching.BranchPolicy;
import io.lakebaseops.change.risk.ChangeContext;
import io.lakebaseops.change.risk.RiskPolicy;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.domain.plan.ChangePlan;
import io.lakebaseops.domain.plan.RiskLevel;
import io.lakebaseops.framework.ChangeTool.Proposal;
import io.lakebaseops.lakebase.LakebaseConnectionProvider;
import io.lakebaseops.lakebase.SdkControlPlane;
import io.lakebaseops.local.api.SdkFixture;
import io.lakebaseops.testing.TestTargets;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/// On Local Lakebase through the SDK, as the project's creator, who is no superuser.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SetupAiAgentBranchingPgTest {
    private static final String PROJECT = "shop-prod";
    private static final String PRODUCTION = "projects/shop-prod/branches/production";

    @TempDir static Path home;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private SdkFixture sdk;
    private ToolRig rig;
    private SdkControlPlane plane;

    @BeforeAll
    void aShop() throws Exception {
        sdk = new SdkFixture(home.resolve("lakebase"));
        sdk.project(PROJECT);
        plane = SdkControlPlane.ofHost(sdk.lakebase().host(), sdk.lakebase()::token, threads);
        rig =
                new ToolRig(
                        TestTargets.of(
                                new LakebaseConnectionProvider("local", plane, Clock.systemUTC()),
                                new TargetId("local", PROJECT, "production")));
        sql(
                "create schema \"Shop x\"",
                "create table \"Shop x\".\"Orders\" (id int)",
                "create table t (a int)");
    }

    @AfterAll
    void close() {
        rig.close();
        sdk.close();
        threads.shutdownNow();
    }

    private void sql(String... statements) throws SQLException {
        var endpoint = PRODUCTION + "/endpoints/primary";
        try (var c = sdk.connect(endpoint, sdk.token(endpoint));
                var s = c.createStatement()) {
            for (var statement : statements) {
                s.execute(statement);
            }
        }
    }

    private Proposal<SetupAiAgentBranching.Output> propose(
            String role, String agent, int limit, Duration ttl) {
        return new SetupAiAgentBranching(
                        rig.targets(), rig.sql(), _ -> Optional.of(plane), BranchPolicy.standard())
                .propose(
                        new SetupAiAgentBranching.Input(
                                limit,
                                ttl,
                                role,
                                List.of(),
                                agent,
                                List.of("@acme/dba"),
                                "db/migration"),
                        rig.context());
    }

    private static RiskLevel risk(ChangePlan plan) {
        var production = new ChangeContext(ChangeContext.Environment.PRODUCTION, Map.of(), true);
        return RiskPolicy.standard().assess(plan, production).level();
    }

    @Test
    void theRoleReadsEverythingWritesNothingAndIsUndone() throws Exception {
        var role = "Agent \"readers\"";
        var plan = propose(role, null, 3, Duration.ofHours(1)).plans().getFirst();
        assertThat(risk(plan)).isEqualTo(RiskLevel.LOW);
        rig.carryOut(plan);
        assertThat(propose(role, null, 3, Duration.ofHours(1)).plans()).isEmpty();

        // New tables later: the role may have members by now, so a person is asked.
        sql("create table later (a int)");
        var more = propose(role, null, 3, Duration.ofHours(1)).plans().getFirst();
        assertThat(risk(more)).isEqualTo(RiskLevel.MEDIUM);
        rig.carryOut(more);

        sql("create role agent_seven login", "grant agent_seven to current_user with set true");
        var join = propose(role, "agent_seven", 3, Duration.ofHours(1)).plans().getFirst();
        assertThat(risk(join)).isEqualTo(RiskLevel.HIGH);
        rig.carryOut(join);
        sql("set role agent_seven", "select from \"Shop x\".\"Orders\", later");
        for (var write :
                List.of(
                        "insert into t values (1)",
                        "delete from \"Shop x\".\"Orders\"",
                        "truncate t",
                        "drop table t",
                        "create table mine (a int)")) {
            assertThatThrownBy(() -> sql("set role agent_seven", write))
                    .as(write)
                    .hasMessageMatching("(?s).*(permission denied|must be owner).*");
        }
        rig.undo(join);
        assertThatThrownBy(() -> sql("set role agent_seven", "select from t"))
                .hasMessageContaining("permission denied");
        rig.undo(more);
        rig.undo(plan);
        assertThat(propose(role, null, 3, Duration.ofHours(1)).plans().getFirst().steps())
                .anyMatch(s -> s.title().startsWith("Make role"));
    }

    @Test
    void aRoleThatCouldDoMoreIsRefused() throws Exception {
        sql("create role strong nologin createdb", "create role enters login");
        assertThat(ToolRig.refused(propose("strong", null, 3, Duration.ofHours(1)).outcome()))
                .contains("do more than read");
        assertThat(ToolRig.refused(propose("enters", null, 3, Duration.ofHours(1)).outcome()))
                .contains("can log in");
        assertThatThrownBy(() -> propose("r", null, 10, Duration.ofHours(1)))
                .isInstanceOf(OpsException.class)
                .hasMessageContaining("limit");
        assertThatThrownBy(() -> propose("r", null, 3, Duration.ofHours(2)))
                .hasMessageContaining("as the policy says");
    }

    @Test
    void anAgentGetsItsOwnBranchForAnHourAndNoMoreThanAllowed() throws Exception {
        for (var tool : List.of("bash", "curl", "jq", "psql")) {
            assumeTrue(run(Map.of(), "command -v " + tool).good(), tool + " is not here");
        }
        var repository = Files.createDirectory(home.resolve("repository"));
        var found =
                ToolRig.found(propose("ai_agent_readonly", null, 1, Duration.ofHours(1)).outcome());
        assertThat(found.data().files()).hasSize(6);
        for (var made : found.data().files()) {
            var file = repository.resolve(made.path());
            Files.createDirectories(file.getParent());
            Files.writeString(file, made.text());
        }
        assertThat(Files.readString(repository.resolve("AGENTS.md")))
                .doesNotContain("@@")
                .contains("At most 1 such", "ai_agent_readonly", "60 minutes");
        assertThat(Files.readString(repository.resolve(".github/CODEOWNERS")))
                .contains("/db/migration/ @acme/dba");

        var made = script("create 'Fix: slow  Query! & more'");
        assertThat(made.good()).as(made.output()).isTrue();
        var branch = made.output().lines().toList().getLast();
        assertThat(branch).matches("ai-agent-fix-slow-query-more-[0-9a-f]{6}");
        assertThat(BranchPolicy.standard().typeOf(branch)).isEqualTo("ai-agent");
        var status = sdk.postgres().getBranch("projects/shop-prod/branches/" + branch).getStatus();
        long left = status.getExpireTime().getSeconds() - sdk.clock().instant().getEpochSecond();
        assertThat(left).isBetween(3400L, 3600L);

        assertThat(script("create other").output()).contains("refused: 1 of 1");
        assertThat(script("create ''").output()).contains("refused: name the task");
        var changed =
                script(
                        "env "
                                + branch
                                + " > env.sh; . ./env.sh; psql -qXc 'create table made_by_agent"
                                + " (a int)'; bash .lakebase/agent-branch.sh review "
                                + branch);
        assertThat(changed.output()).contains("+column public.made_by_agent.a integer");
        assertThat(script("delete production").output()).contains("refused: 'production'");
        assertThat(script("delete " + branch).output()).contains("is gone");
    }

    private record Result(boolean good, String output) {}

    private Result script(String arguments) throws Exception {
        return run(
                Map.of(
                        "DATABRICKS_HOST",
                        sdk.lakebase().host(),
                        "DATABRICKS_TOKEN",
                        sdk.lakebase().token(),
                        "LAKEBASE_POLL_SECONDS",
                        "0.1"),
                "bash .lakebase/agent-branch.sh " + arguments);
    }

    private static Result run(Map<String, String> env, String command) throws Exception {
        var repository = home.resolve("repository");
        var builder = new ProcessBuilder("sh", "-c", command).redirectErrorStream(true);
        if (Files.exists(repository)) {
            builder.directory(repository.toFile());
        }
        var out = Files.createTempFile(home, "out", ".txt");
        builder.redirectOutput(out.toFile()).environment().putAll(env);
        var process = builder.start();
        boolean ended = process.waitFor(180, TimeUnit.SECONDS);
        process.destroyForcibly();
        return new Result(ended && process.exitValue() == 0, Files.readString(out));
    }
}

package io.lakebaseops.agents.provisioning.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.databricks.sdk.service.postgres.Endpoint;
import com.databricks.sdk.service.postgres.EndpointSpec;
import com.databricks.sdk.service.postgres.UpdateEndpointRequest;

import io.lakebaseops.agents.ToolRig;
import io.lakebaseops.domain.Actor;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.framework.Outcome;
import io.lakebaseops.framework.OutputJson;
import io.lakebaseops.framework.ToolContext;
import io.lakebaseops.lakebase.LakebaseConnectionProvider;
import io.lakebaseops.lakebase.SdkControlPlane;
import io.lakebaseops.local.api.SdkFixture;
import io.lakebaseops.schema.Ddl;
import io.lakebaseops.testing.TestTargets;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Two branches of a Local Lakebase project, reached through the SDK.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CaptureSchemaDiffPgTest {
    private static final String DATABASE = "databricks_postgres";
    private static final TargetId PRODUCTION = new TargetId("local", "shop", "production");

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private SdkFixture sdk;
    private TestTargets rig;
    private CaptureSchemaDiff tool;

    @BeforeAll
    void twoBranches(@TempDir Path dir) throws SQLException {
        sdk = new SdkFixture(dir);
        var project = sdk.project("shop");
        var production = project + "/branches/production/endpoints/primary";
        run(production, "create table public.orders (id int primary key, total int)");
        var feature = sdk.branch(project, "feature", SdkFixture.lasting());
        run(
                feature + "/endpoints/primary",
                "alter table public.orders alter total type bigint",
                "create index orders_total on public.orders (total)",
                "create database extra");
        sdk.branch(project, "same", SdkFixture.lasting());
        var plane =
                SdkControlPlane.ofHost(
                        sdk.lakebase().host(), () -> sdk.lakebase().token(), threads);
        rig =
                TestTargets.of(
                        new LakebaseConnectionProvider("local", plane, Clock.systemUTC()),
                        PRODUCTION);
        tool = new CaptureSchemaDiff(rig.targets());
    }

    @AfterAll
    void close() {
        rig.close();
        sdk.close();
        threads.shutdownNow();
    }

    @Test
    void theDifferenceOfTwoBranchesIsTypedReadableAndDerived() throws SQLException {
        var found = ToolRig.found(run("production", "feature", null, false));
        assertThat(found.data().equal()).isFalse();
        assertThat(found.data().onlyInTarget()).containsExactly("extra");
        var compared = found.data().databases().getFirst();
        assertThat(compared.text())
                .contains("~ column public.orders.total", "type: integer → bigint")
                .contains("+ index public.orders.orders_total");
        assertThat(compared.derivable()).isTrue();
        assertThat(compared.ddl()).allMatch(l -> l.mark() == Ddl.Mark.SAFE);
        assertThat(compared.ddl().getFirst().hazards()).anyMatch(h -> h.contains("rewrites"));
        assertThat(
                        OutputJson.tree(found.data())
                                .at("/databases/0/changes/0/facets/0/facet")
                                .asText())
                .isEqualTo("type");

        run(
                "projects/shop/branches/same/endpoints/primary",
                compared.ddl().stream().map(CaptureSchemaDiff.Line::sql).toArray(String[]::new));
        var reached = ToolRig.found(run("same", "feature", DATABASE, false));
        assertThat(reached.data().equal()).as(reached.data().toString()).isTrue();
    }

    @Test
    void aSuspendedBranchIsOnlyReadWhenItMayBeWoken() {
        sdk.branch("projects/shop", "sleepy", SdkFixture.lasting());
        var endpoint = "projects/shop/branches/sleepy/endpoints/primary";
        sdk.done(
                sdk.postgres()
                        .updateEndpoint(
                                new UpdateEndpointRequest()
                                        .setName(endpoint)
                                        .setEndpoint(new Endpoint().setSpec(suspendAfterASecond()))
                                        .setUpdateMask(
                                                com.google.protobuf.FieldMask.newBuilder()
                                                        .addPaths("spec.suspension")
                                                        .build()))
                        .getName());
        var sleepy = new TargetId("local", "shop", "sleepy");
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> !rig.targets().awake(sleepy, TestTargets.deadline()));
        assertThat(ToolRig.refused(run("production", "sleepy", DATABASE, false)))
                .contains("sleepy is suspended", "wake = true");
        assertThat(rig.targets().awake(sleepy, TestTargets.deadline())).isFalse();
        assertThat(ToolRig.found(run("production", "sleepy", DATABASE, true)).data().databases())
                .hasSize(1);
    }

    @Test
    void aDatabaseThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> run("production", "feature", "extra", false))
                .isInstanceOf(OpsException.class)
                .hasMessageContaining("branch production has none of this name");
    }

    private static EndpointSpec suspendAfterASecond() {
        return new EndpointSpec()
                .setSuspendTimeoutDuration(
                        com.google.protobuf.Duration.newBuilder().setSeconds(1).build());
    }

    private Outcome<CaptureSchemaDiff.Output> run(
            String source, String target, String database, boolean wake) {
        var context =
                new ToolContext(
                        UUID.randomUUID(),
                        PRODUCTION,
                        Actor.human("ada"),
                        TestTargets.deadline(),
                        Clock.systemUTC(),
                        ToolContext.Progress.SILENT);
        return tool.run(new CaptureSchemaDiff.Input(source, target, database, wake), context);
    }

    private void run(String endpoint, String... statements) throws SQLException {
        try (var c = sdk.connect(endpoint, sdk.token(endpoint));
                var s = c.createStatement()) {
            for (var sql : statements) {
                s.execute(sql);
            }
        }
    }
}

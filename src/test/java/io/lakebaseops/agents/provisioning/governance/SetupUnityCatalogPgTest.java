package io.lakebaseops.agents.provisioning.governance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.databricks.sdk.service.catalog.Privilege;

import io.lakebaseops.agents.ToolRig;
import io.lakebaseops.agents.provisioning.BranchRig;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.Source;
import io.lakebaseops.domain.plan.ChangePlan;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.domain.plan.RiskLevel;
import io.lakebaseops.domain.plan.Verification;
import io.lakebaseops.framework.ChangeTool.Proposal;
import io.lakebaseops.lakebase.UnityCatalog;
import io.lakebaseops.lakebase.UnityCatalog.Known;
import io.lakebaseops.local.api.SdkFixture;
import io.lakebaseops.local.api.UnityRig;
import io.lakebaseops.testing.Undoing;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;

/// A database in Unity Catalog, through the real gate on Local Lakebase.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SetupUnityCatalogPgTest {
    private static final String DATABASE = "databricks_postgres";
    private static final String PRODUCTION = "projects/shop-prod/branches/production";
    private static final List<String> READING = List.of("SELECT", "USE_CATALOG", "USE_SCHEMA");
    private static final List<String> STEWARDING =
            List.of("APPLY_TAG", "MANAGE", "SELECT", "USE_CATALOG", "USE_SCHEMA");

    /// Kills carried out at the same time; a run makes some twenty calls on its catalog.
    private static final int LANES = 12;

    private BranchRig rig;
    private UnityRig unity;

    @BeforeAll
    void start(@TempDir Path dir) {
        rig = new BranchRig(dir);
        unity = new UnityRig(rig.server);
        rig.server.project("shop-prod");
        unity.accountGroup("shop-readers");
        unity.accountGroup("shop-stewards");
        unity.accountGroup("o'brien's \"crew\"");
        unity.workspaceGroup("only-here");
    }

    @AfterEach
    void clear() {
        rig.server.call("DELETE", "/__local/faults", "");
        for (var name : List.of("prod_shop", "other", "sales")) {
            if (rig.plane.unity().registration(name, BranchRig.soon()).isPresent()) {
                rig.server.done(rig.server.postgres().deleteCatalog("catalogs/" + name).getName());
            }
        }
    }

    @AfterAll
    void stop() {
        rig.close();
    }

    private static SetupUnityCatalogIntegration.Input input(
            @Nullable String catalog, @Nullable List<String> readers) {
        return new SetupUnityCatalogIntegration.Input(catalog, null, DATABASE, readers, null);
    }

    private Proposal<SetupUnityCatalogIntegration.Output> propose(
            SetupUnityCatalogIntegration.Input input) {
        return propose(rig, input);
    }

    private static Proposal<SetupUnityCatalogIntegration.Output> propose(
            BranchRig on, SetupUnityCatalogIntegration.Input input) {
        return new SetupUnityCatalogIntegration(on.planes)
                .propose(input, on.on("shop-prod", BranchRig.PERSON));
    }

    private SetupUnityCatalogIntegration.Output output(SetupUnityCatalogIntegration.Input input) {
        return ToolRig.found(propose(input).outcome()).data();
    }

    private ChangePlan plan(SetupUnityCatalogIntegration.Input input) {
        return propose(input).plans().getFirst();
    }

    @Test
    void theDatabaseIsRegisteredGrantedAndTakenBack() {
        var first = propose(input(null, null));
        var found = ToolRig.found(first.outcome()).data();
        assertThat(found.catalog()).isEqualTo("prod_shop");
        assertThat(found.namedAsUsual()).isTrue();
        assertThat(found.domain()).isEqualTo("shop");
        assertThat(found.registered()).isFalse();
        assertThat(found.mayNot()).isEmpty();
        assertThat(found.lineage().reason()).contains("not registered yet");
        var filed = rig.done(first.plans().getFirst());
        assertThat(filed.risk().level()).isEqualTo(RiskLevel.HIGH);
        assertThat(filed.verification()).isInstanceOf(Verification.Confirmed.class);
        assertThat(unity.grants("prod_shop"))
                .containsEntry("shop-readers", READING)
                .containsEntry("shop-stewards", STEWARDING)
                .hasSize(2);
        var again = propose(input(null, null));
        assertThat(again.plans()).isEmpty();
        assertThat(ToolRig.found(again.outcome()).caveats())
                .contains("nothing is missing that could be done; nothing changes");
        Undoing.of(rig.desk, filed.id(), BranchRig.PERSON, "not wanted");
        assertThat(rig.desk.find(filed.id()).orElseThrow().verification())
                .isInstanceOf(Verification.Confirmed.class);
        assertThat(rig.plane.unity().registration("prod_shop", BranchRig.soon())).isEmpty();
        assertThat(rig.plane.unity().grants("prod_shop", BranchRig.soon())).isEmpty();
    }

    @Test
    void whatIsThereIsKeptAndTheUndoTakesOnlyWhatWasGiven() {
        rig.server.done(unity.create("sales", PRODUCTION, DATABASE));
        unity.grant("catalog", "sales", "shop-readers", Privilege.SELECT, Privilege.BROWSE);
        var before = unity.grants("sales");
        var found = output(input(null, null));
        assertThat(found.catalog()).isEqualTo("sales");
        assertThat(found.namedAsUsual()).isFalse();
        var plan = plan(input(null, null));
        assertThat(plan.steps())
                .extracting(s -> s.title())
                .first()
                .asString()
                .isEqualTo("Grant USE_CATALOG, USE_SCHEMA on sales to shop-readers");
        var filed = rig.done(plan);
        assertThat(unity.grants("sales").get("shop-readers"))
                .containsExactly("BROWSE", "SELECT", "USE_CATALOG", "USE_SCHEMA");
        Undoing.of(rig.desk, filed.id(), BranchRig.PERSON, "not wanted");
        assertThat(unity.grants("sales")).isEqualTo(before);
        assertThat(rig.plane.unity().registration("sales", BranchRig.soon())).isPresent();
    }

    @Test
    void grantsChangedMeanwhileStopThePlan() {
        var plan = plan(input(null, null));
        rig.server.done(unity.create("prod_shop", PRODUCTION, DATABASE));
        var filed = rig.carryOut(plan);
        assertThat(filed.state()).isEqualTo(FiledPlan.State.SUPERSEDED);
        assertThat(filed.reason())
                .contains("the name is still free", "stands for shop-prod/production");
        var grants = plan(input(null, null));
        unity.grant("catalog", "prod_shop", "shop-readers", Privilege.SELECT);
        assertThat(rig.carryOut(grants).reason())
                .contains("the rights of shop-readers are as they were: shop-readers holds SELECT");
    }

    @Test
    void groupsThatCannotBeGrantedToAreNamedAndTheRestIsDone() {
        var input = input(null, List.of("nobody here", "only-here", "o'brien's \"crew\""));
        var proposal = propose(input);
        var found = ToolRig.found(proposal.outcome());
        assertThat(found.caveats())
                .anyMatch(c -> c.contains("there is no group nobody here"))
                .anyMatch(c -> c.contains("only-here is of this workspace only"));
        assertThat(found.data().groups())
                .extracting(CatalogDrift.GroupRights::known)
                .containsExactly(Known.NO, Known.WORKSPACE_ONLY, Known.ACCOUNT, Known.ACCOUNT);
        rig.done(proposal.plans().getFirst());
        assertThat(unity.grants("prod_shop"))
                .containsOnlyKeys("o'brien's \"crew\"", "shop-stewards");
    }

    @Test
    void aDatabaseHasOneCatalogAndANameOneDatabase() {
        rig.server.done(unity.create("sales", PRODUCTION, DATABASE));
        assertThat(ToolRig.refused(propose(input("other", null)).outcome()))
                .contains("registered as sales", "one catalog at a time");
        rig.server.project("toys-prod");
        rig.server.done(unity.create("other", "projects/toys-prod/branches/production", DATABASE));
        rig.server.done(rig.server.postgres().deleteCatalog("catalogs/sales").getName());
        assertThat(ToolRig.refused(propose(input("OTHER", null)).outcome()))
                .contains("catalog other stands for database databricks_postgres of toys-prod");
    }

    @Test
    void aCopyInheritsTheRegistration() {
        rig.server.done(unity.create("sales", PRODUCTION, DATABASE));
        rig.server.branch("projects/shop-prod", "copied", SdkFixture.lasting());
        var tool = new SetupUnityCatalogIntegration(rig.planes);
        var context = rig.on("shop-prod", BranchRig.PERSON);
        var onCopy =
                new io.lakebaseops.framework.ToolContext(
                        context.runId(),
                        new io.lakebaseops.domain.TargetId("local", "shop-prod", "copied"),
                        context.actor(),
                        context.deadline(),
                        context.clock(),
                        context.progress());
        assertThat(ToolRig.refused(tool.propose(input(null, null), onCopy).outcome()))
                .contains("copied inherits the registration of production as sales");
    }

    @Test
    void whatDoesNotFitIsRefused() {
        var none = new SetupUnityCatalogIntegration.Input(null, null, "no such", null, null);
        assertThat(ToolRig.refused(propose(none).outcome())).contains("no database no such");
        assertThatThrownBy(() -> propose(input("a b", null))).isInstanceOf(OpsException.class);
        assertThatThrownBy(() -> propose(input(null, List.of(" "))))
                .hasMessageContaining("a group needs a name");
        var nowhere = new SetupUnityCatalogIntegration(rig.planes);
        assertThat(
                        ToolRig.refused(
                                nowhere.propose(
                                                input(null, null),
                                                rig.on("no-such-project", BranchRig.PERSON))
                                        .outcome()))
                .contains("there is no branch no-such-project/production");
    }

    @Test
    void aLostAnswerIsNoFailureAndARefusalLeavesNothingBehind() {
        rig.server.fault(
                "{\"pattern\":\"POST *postgres/catalogs\",\"after_handler\":true,\"drop\":true}");
        rig.server.fault(
                "{\"pattern\":\"PATCH *permissions*\",\"after_handler\":true,\"drop\":true}");
        var filed = rig.done(plan(input(null, null)));
        assertThat(unity.grants("prod_shop")).hasSize(2);
        Undoing.of(rig.desk, filed.id(), BranchRig.PERSON, "again");
        rig.server.fault("{\"pattern\":\"POST *postgres/catalogs\",\"operation\":\"FAIL\"}");
        var broken = rig.carryOut(plan(input(null, null)));
        assertThat(broken.state()).isEqualTo(FiledPlan.State.FAILED);
        assertThat(broken.reason())
                .contains("Register databricks_postgres", "nothing was applied before");
        rig.done(plan(input(null, null)));
    }

    /// Each on a database of its own, so that they die side by side. How often an operation is
    /// polled differs from run to run: it goes on until one run met no fault.
    @Test
    void killedAfterEverySingleCallItConverges() throws Exception {
        int killed = 0;
        try (var lanes = Executors.newFixedThreadPool(LANES)) {
            boolean undisturbed = false;
            for (int from = 0; !undisturbed; from += LANES) {
                var ends = lanes.invokeAll(dying(from));
                rig.server.call("DELETE", "/__local/faults", "");
                whatWasBegunHasEnded();
                for (int n = 0; n < LANES; n++) {
                    killed += ends.get(n).get() ? 0 : 1;
                    converges("kill" + (from + n) + "x");
                }
                undisturbed = ends.getLast().get();
            }
        }
        System.out.println("killed after each of " + killed + " calls on a catalog");
        assertThat(killed).isGreaterThan(10);
    }

    /// The call with this number is carried out and its answer lost; nothing comes after it.
    private List<Callable<Boolean>> dying(int from) throws SQLException {
        var runs = new ArrayList<Callable<Boolean>>();
        var endpoint = PRODUCTION + "/endpoints/primary";
        try (var c = rig.server.connect(endpoint, rig.server.token(endpoint));
                var s = c.createStatement()) {
            for (int n = from; n < from + LANES; n++) {
                var name = "kill" + n + "x";
                s.execute("create database " + name);
                var at = "{\"pattern\":\"* *catalog*" + name + "*\",\"drop\":true,\"offset\":" + n;
                rig.server.fault(at + ",\"after_handler\":true,\"times\":1}");
                rig.server.fault(at + ",\"times\":-1}");
                runs.add(() -> confirmed(name));
            }
        }
        return runs;
    }

    /// The service registers the catalogs of a branch one after the other.
    private void whatWasBegunHasEnded() {
        rig.server.done(unity.create("other", PRODUCTION, DATABASE));
        rig.server.done(rig.server.postgres().deleteCatalog("catalogs/other").getName());
    }

    private void converges(String name) {
        propose(of(name)).plans().forEach(rig::done);
        assertThat(propose(of(name)).plans()).as(name).isEmpty();
        assertThat(unity.grants(name)).containsOnlyKeys("shop-readers", "shop-stewards");
        assertThat(rig.plane.unity().registration(name, BranchRig.soon()))
                .map(UnityCatalog.Registration::database)
                .contains(name);
    }

    private static SetupUnityCatalogIntegration.Input of(String name) {
        return new SetupUnityCatalogIntegration.Input(name, null, name, null, null);
    }

    private boolean confirmed(String name) {
        try {
            var filed = rig.carryOut(propose(of(name)).plans().getFirst());
            return filed.verification() instanceof Verification.Confirmed;
        } catch (OpsException e) {
            return false;
        }
    }

    @Test
    void lineageAndAuditSayWhyThereIsNone() {
        rig.server.done(unity.create("prod_shop", PRODUCTION, DATABASE));
        var found = output(input(null, null));
        for (var history : List.of(found.lineage(), found.audit())) {
            assertThat(history.source()).isEqualTo(Source.UNAVAILABLE);
            assertThat(history.reason()).contains("TABLE_OR_VIEW_NOT_FOUND");
            assertThat(history.statement()).contains("system.access.", ":catalog");
            assertThat(history.parameters()).containsEntry("catalog", "prod_shop");
            assertThat(history.rows().isEmpty()).isTrue();
        }
    }

    @Test
    void whatTheCallerMayNotIsReportedNotTried(@TempDir Path other) {
        try (var own = new BranchRig(other)) {
            var rights = new UnityRig(own.server);
            own.server.project("shop-prod");
            rights.accountGroup("shop-readers");
            rights.accountGroup("data admins");
            rights.handOverMetastore("data admins");
            var proposal = propose(own, input(null, null));
            assertThat(proposal.plans()).isEmpty();
            assertThat(ToolRig.found(proposal.outcome()).data().mayNot())
                    .containsExactly(
                            "register a catalog: CREATE CATALOG on metastore local is missing;"
                                    + " data admins can grant it");
        }
    }
}

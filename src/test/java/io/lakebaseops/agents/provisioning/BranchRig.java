package io.lakebaseops.agents.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.agents.ToolRig;
import io.lakebaseops.agents.provisioning.branching.BranchLedger;
import io.lakebaseops.agents.provisioning.branching.BranchPolicy;
import io.lakebaseops.agents.provisioning.branching.StoredPullRequests;
import io.lakebaseops.change.approval.PlanDesk;
import io.lakebaseops.change.approval.PlanDesks;
import io.lakebaseops.change.approval.PlanHistory;
import io.lakebaseops.domain.Actor;
import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.domain.plan.ChangePlan;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.domain.plan.RiskLevel;
import io.lakebaseops.framework.ToolContext;
import io.lakebaseops.lakebase.ControlPlane.Branch;
import io.lakebaseops.lakebase.ControlPlaneAccess;
import io.lakebaseops.lakebase.LakebaseConnectionProvider;
import io.lakebaseops.lakebase.SdkControlPlane;
import io.lakebaseops.lakehouse.OpsTables;
import io.lakebaseops.lakehouse.delta.LocalLakehouse;
import io.lakebaseops.local.api.SdkFixture;
import io.lakebaseops.state.CreatedResourceStore;
import io.lakebaseops.state.Settings;
import io.lakebaseops.state.StateDb;
import io.lakebaseops.state.StateSettings;
import io.lakebaseops.testing.AuditChains;
import io.lakebaseops.testing.Pg17;
import io.lakebaseops.testing.StateDatabases;
import io.lakebaseops.testing.TestTargets;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// A Local Lakebase reached through the SDK, and the real gate, ledger and state database.
public final class BranchRig implements AutoCloseable {
    /// Longer than any act takes on a machine that does other things as well.
    private static final Duration PATIENT = Duration.ofMinutes(3);

    public static final Actor PERSON = Actor.human("kim");
    public static final Actor AGENT = Actor.agent("provisioning");
    public static final Actor CI = new Actor("github", Actor.Kind.CI);

    public final SdkFixture server;
    public final SdkControlPlane plane;
    public final ControlPlaneAccess planes;
    public final TestTargets test;
    public final BranchPolicy policy = BranchPolicy.standard();
    public final ToolRig.Events events = new ToolRig.Events();
    public final LocalLakehouse lake;
    public final StoredPullRequests pullRequests;
    public final CreatedResourceStore created;
    public final PlanDesk desk;
    public final BranchLedger ledger;

    /// For other processes that share the state.
    public final String stateUrl = StateDatabases.fresh("branch_state").url();

    private final StateDb state;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    public BranchRig(Path dir) {
        server = new SdkFixture(dir.resolve("lakebase"));
        var lakebase = server.lakebase();
        plane = SdkControlPlane.ofHost(lakebase.host(), lakebase::token, threads);
        planes = _ -> Optional.of(plane);
        test =
                TestTargets.of(
                        new LakebaseConnectionProvider("local", plane, server.clock()),
                        new TargetId("local", "none", "production"));
        state = StateDb.open(StateSettings.of(stateUrl, Pg17.DBA, Pg17.DBA_PASSWORD));
        lake = LocalLakehouse.open(dir.resolve("lake"), server.clock());
        lake.ensureTables(List.of(OpsTables.BRANCH_LIFECYCLE));
        pullRequests = new StoredPullRequests(new Settings(state));
        created = new CreatedResourceStore(state, server.clock());
        var history = new PlanHistory(state);
        ledger = new BranchLedger(lake, events, server.clock(), planes, history::receipts);
        desk = desk(PATIENT);
    }

    /// @param apiLimit longest time of one act on the control plane
    private PlanDesk desk(Duration apiLimit) {
        return PlanDesks.quick(
                state,
                test.targets(),
                test.sql(),
                planes,
                AuditChains.of(state, server.clock()),
                ledger::accept,
                server.clock(),
                apiLimit);
    }

    public static Deadline soon() {
        return Deadline.in(PATIENT);
    }

    public ToolContext on(String project, Actor actor) {
        return new ToolContext(
                UUID.randomUUID(),
                new TargetId("local", project, "production"),
                actor,
                soon(),
                server.clock(),
                ToolContext.Progress.SILENT);
    }

    /// Files it and, where a person has to, approves it.
    public FiledPlan carryOut(ChangePlan plan) {
        return carryOut(desk, plan);
    }

    /// The same where the control plane is made to answer no more: only so long is waited for it.
    public FiledPlan inVain(ChangePlan plan, Duration apiLimit) {
        return carryOut(desk(apiLimit), plan);
    }

    private static FiledPlan carryOut(PlanDesk desk, ChangePlan plan) {
        var filed = desk.file(plan);
        if (filed.state() == FiledPlan.State.WAITING) {
            boolean high = filed.risk().level() == RiskLevel.HIGH;
            desk.approve(
                    filed.id(),
                    filed.fingerprint(),
                    PERSON,
                    high ? plan.subject().name() : null,
                    high ? "test" : null);
        }
        return desk.find(filed.id()).orElseThrow();
    }

    public FiledPlan done(ChangePlan plan) {
        var filed = carryOut(plan);
        assertThat(filed.state())
                .as("%s: %s", plan.title(), filed.reason())
                .isEqualTo(FiledPlan.State.DONE);
        return filed;
    }

    public Branch branch(String project, String id) {
        return plane.branch(project, id, soon()).orElseThrow();
    }

    public boolean there(String project, String id) {
        return plane.branch(project, id, soon()).isPresent();
    }

    /// Branch → parent, with what matters of it.
    public Map<String, String> tree(String project) {
        var tree = new TreeMap<String, String>();
        for (var b : plane.branches(project, soon())) {
            tree.put(
                    b.id(),
                    "from %s%s%s"
                            .formatted(
                                    b.source(),
                                    b.isProtected() ? ", protected" : "",
                                    b.expiresAt() == null ? "" : ", expires"));
        }
        return tree;
    }

    /// `created by kim (human)` per row of a branch's life, oldest first.
    public List<String> life(String project, String branch) {
        return LifeRows.of(lake, project, branch);
    }

    @Override
    public void close() {
        test.close();
        lake.close();
        state.close();
        server.close();
        threads.shutdownNow();
    }
}

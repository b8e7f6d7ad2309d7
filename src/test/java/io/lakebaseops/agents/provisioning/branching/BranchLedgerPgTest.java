package io.lakebaseops.agents.provisioning.branching;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.agents.GateRig;
import io.lakebaseops.agents.ToolRig;
import io.lakebaseops.change.approval.PlanHistory;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.framework.OpsEvent;
import io.lakebaseops.framework.ToolContext;
import io.lakebaseops.lakebase.SdkControlPlane;
import io.lakebaseops.lakehouse.LakeQuery;
import io.lakebaseops.lakehouse.OpsTables;
import io.lakebaseops.lakehouse.ReadScope;
import io.lakebaseops.lakehouse.delta.LocalLakehouse;
import io.lakebaseops.local.api.SdkFixture;
import io.lakebaseops.state.StateDb;
import io.lakebaseops.testing.Pg17;
import io.lakebaseops.testing.TestTargets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/// What a branch made and taken back through the gate leaves in the history, on a real control
/// plane.
final class BranchLedgerPgTest {
    private static final LakeQuery ROWS =
            new LakeQuery("test/branches", "select * from {branch_lifecycle} order by event_type");

    private static ToolContext in(ToolRig tools) {
        var made = tools.context();
        return new ToolContext(
                made.runId(),
                new TargetId("local", "shop", "production"),
                made.actor(),
                made.deadline(),
                made.clock(),
                made.progress());
    }

    @Test
    void eachEventInABranchsLifeIsWrittenDownOnce(@TempDir Path dir) {
        var events = new ToolRig.Events();
        try (var fixture = new SdkFixture(dir.resolve("local"));
                var lakehouse = LocalLakehouse.open(dir.resolve("lake"), Clock.systemUTC())) {
            lakehouse.ensureTables(OpsTables.ALL);
            fixture.project("shop");
            var tools = ToolRig.of(Pg17.shared().database("branches"));
            var plane =
                    SdkControlPlane.ofHost(
                            fixture.lakebase().host(),
                            fixture.lakebase()::token,
                            tools.test().threads());
            var state = new AtomicReference<StateDb>();
            var ledger =
                    new BranchLedger(
                            lakehouse,
                            events,
                            Clock.systemUTC(),
                            _ -> Optional.of(plane),
                            id -> new PlanHistory(state.get()).receipts(id));
            try (var gate = GateRig.of(tools, ledger::accept, _ -> Optional.of(plane))) {
                state.set(gate.state());
                var plan =
                        new CreateBranch(_ -> Optional.of(plane), BranchPolicy.standard())
                                .propose(
                                        new CreateBranch.Input(
                                                "ci-pr-7",
                                                "ci",
                                                "production",
                                                null,
                                                null,
                                                "a test"),
                                        in(tools))
                                .plans()
                                .getFirst();
                var done = gate.carryOut(plan);
                assertThat(done.state()).as(done.reason()).isEqualTo(FiledPlan.State.DONE);
                ledger.accept(done);
                var undone = gate.undo(done);
                assertThat(undone.state()).as(undone.reason()).isEqualTo(FiledPlan.State.UNDONE);
                ledger.accept(undone);
                ledger.accept(undone);
            }
            var rows =
                    lakehouse.query(ROWS, Map.of(), ReadScope.ALL, TestTargets.deadline()).list();
            assertThat(rows)
                    .extracting(r -> r.get("event_type"))
                    .containsExactly("created", "deleted");
            assertThat(rows.getFirst())
                    .containsEntry("project_id", "shop")
                    .containsEntry("branch_id", "ci-pr-7")
                    .containsEntry("source_branch", "production")
                    .containsEntry("ttl_seconds", 14_400L)
                    .containsEntry("actor", "ada")
                    .containsEntry("actor_kind", "human");
            assertThat(events.of(OpsEvent.BranchCreated.class)).hasSize(1);
            assertThat(events.of(OpsEvent.BranchDeleted.class)).hasSize(1);
        }
    }
}

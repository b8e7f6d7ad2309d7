package io.lakebaseops.console.branches;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.lakebaseops.agents.provisioning.branching.BranchBoard;
import io.lakebaseops.agents.provisioning.branching.BranchLife;
import io.lakebaseops.change.approval.ApprovalDesk;
import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.Texts;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.framework.AgentFramework;
import io.lakebaseops.framework.ToolReport;

import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.UUID;

/// What is asked for a branch. Each act files a plan; what came of the last one is followed until
/// it is dismissed.
final class BranchActs {
    static final String RESET = "reset_branch_from_parent";

    private final BranchesViewModel model;
    private final BranchBoard board;
    private final AgentFramework framework;
    private final ApprovalDesk desk;
    private final ConsoleSession session;
    private final ReadOnlyObjectWrapper<@Nullable Followed> filed = new ReadOnlyObjectWrapper<>();
    private @Nullable UUID following;

    BranchActs(
            BranchesViewModel model,
            BranchBoard board,
            AgentFramework framework,
            ApprovalDesk desk,
            ConsoleSession session) {
        this.model = model;
        this.board = board;
        this.framework = framework;
        this.desk = desk;
        this.session = session;
    }

    ReadOnlyObjectProperty<@Nullable Followed> filedProperty() {
        return filed.getReadOnlyProperty();
    }

    /// @param done the plan is filed
    void create(BranchDraft draft, BranchDraft.Checked checked, Runnable done) {
        var input = JsonNodeFactory.instance.objectNode();
        input.put("name", checked.name()).put("source", draft.source());
        var ttl = checked.ttl();
        input.put("ttl", ttl == null ? BranchDraft.NO_END : ttl.toString());
        var at = checked.at();
        if (at != null) {
            input.put("at", at.toString());
        }
        if (!draft.reason().isBlank()) {
            input.put("reason", draft.reason().strip());
        }
        propose("create_branch", input, done);
    }

    void protect(String branch, boolean on) {
        propose(
                "protect_branch",
                JsonNodeFactory.instance.objectNode().put("branch", branch).put("protect", on),
                () -> {});
    }

    void reset(String branch) {
        propose(RESET, JsonNodeFactory.instance.objectNode().put("branch", branch), () -> {});
    }

    void delete(BranchLife life, String reason) {
        var actor = session.actor();
        var uid = life.branch().uid();
        model.ask(
                target -> desk.file(board.delete(target, life.id(), uid, reason, actor)),
                this::filed);
    }

    /// @param ttl from now; null = no expiry
    void live(BranchLife life, @Nullable Duration ttl) {
        var actor = session.actor();
        var uid = life.branch().uid();
        var why = Texts.of("%s asked for it", actor.name());
        model.ask(
                target -> desk.file(board.live(target, life.id(), uid, ttl, why, actor)),
                this::filed);
    }

    /// Runs a change tool, which files its plans; what it refuses is said.
    private void propose(String tool, ObjectNode input, Runnable done) {
        var actor = session.actor();
        model.ask(
                target -> framework.run(tool, input, target, actor),
                report -> {
                    var plans = report.plans();
                    if (report.status() != ToolReport.Status.OK) {
                        model.tell(String.valueOf(report.error()));
                    } else if (plans.isEmpty()) {
                        model.tell(String.join("; ", report.caveats()));
                    } else {
                        filed(plans.getFirst());
                        done.run();
                    }
                });
    }

    private void filed(FiledPlan plan) {
        following = plan.id();
        filed.set(new Followed(plan));
        model.refresh();
    }

    boolean follows() {
        return following != null;
    }

    /// A plan was decided or ended somewhere.
    void follow() {
        var id = following;
        var shown = filed.get();
        if (id != null && shown != null && shown.open()) {
            model.aside(
                    _ -> desk.find(id),
                    found ->
                            found.filter(f -> f.id().equals(following))
                                    .ifPresent(f -> filed.set(new Followed(f))),
                    () -> {});
        }
    }

    void forget() {
        following = null;
        filed.set(null);
    }
}

package io.lakebaseops.local.api;

import static io.lakebaseops.local.api.state.OperationRow.Thing.BRANCH;

import io.lakebaseops.local.api.http.Refusal;
import io.lakebaseops.local.api.http.Reply;
import io.lakebaseops.local.api.http.Router;
import io.lakebaseops.local.api.state.BranchRow;
import io.lakebaseops.local.api.state.BranchRules;
import io.lakebaseops.local.api.state.Limits;
import io.lakebaseops.local.api.state.Names;
import io.lakebaseops.local.api.state.OperationRow.Verb;
import io.lakebaseops.local.api.state.State;
import io.lakebaseops.local.api.work.ApiContext;
import io.lakebaseops.local.api.work.BranchLifecycle;
import io.lakebaseops.local.api.work.OperationRunner;
import io.lakebaseops.local.api.work.OperationRunner.Job;

import java.time.Instant;
import java.util.List;

/// Deleting, undeleting and purging branches. Deleted softly it keeps its data for the grace time;
/// purged it is gone.
final class BranchDeletion {
    private static final String PATH = "/api/2.0/postgres/projects/{p}/branches/{b}";

    private final ApiContext plane;
    private final BranchLifecycle life;
    private final Branches branches;

    BranchDeletion(ApiContext plane, BranchLifecycle life, Branches branches) {
        this.plane = plane;
        this.life = life;
        this.branches = branches;
    }

    void addTo(Router router) {
        router.on("DELETE", PATH, c -> delete(Branches.name(c), c.flag("purge")));
        router.on("POST", PATH + "/undelete", c -> undelete(Branches.name(c)));
    }

    Reply delete(String name, boolean purge) {
        return plane.operations()
                .start(
                        new Job(
                                Verb.DELETE,
                                BRANCH,
                                name,
                                List.of(name),
                                s -> mayBeDeleted(s, name, purge),
                                () -> end(name, purge),
                                () -> {},
                                OperationRunner::nothing));
    }

    private void mayBeDeleted(State state, String name, boolean purge) {
        BranchRow row = purge ? state.branch(name) : state.liveBranch(name);
        SortKey.onlyOnce(state, name);
        if (row.live()) {
            BranchRules.mayBeDeleted(state, row);
            life.refuseWhileSettling(state, name);
        }
    }

    private void end(String name, boolean purge) {
        Instant now = plane.now();
        plane.workspace()
                .alter(
                        s -> {
                            BranchRow row = s.branch(name);
                            if (row.live()) {
                                BranchRules.mayBeDeleted(s, row);
                                s.branches().put(name, row.deleted(now, now.plus(Limits.GRACE)));
                            }
                        });
        if (purge) {
            life.discard(name);
        } else {
            life.close(name);
        }
    }

    private Reply undelete(String name) {
        return plane.operations()
                .change(
                        Verb.UNDELETE,
                        BRANCH,
                        name,
                        name,
                        s -> undeleted(s, name),
                        (s, row) -> s.branches().put(name, row),
                        () -> life.reopen(name),
                        () -> branches.show(name));
    }

    /// Coming back obeys the rules for a new branch: quota, protection, and a parent that may have
    /// children.
    private BranchRow undeleted(State state, String name) {
        BranchRow row = state.branch(name);
        if (row.live()) {
            throw Refusal.badRequest(name + " is not deleted");
        }
        BranchRow back = row.undeleted(plane.now());
        if (row.source() != null) {
            BranchRow source = state.branches().get(row.source());
            if (source == null || !source.live()) {
                throw Refusal.badRequest(name + " cannot come back: its source branch is gone");
            }
            BranchRules.mayHaveChildren(source);
        }
        BranchRules.quota(state, Names.parent(name));
        BranchRules.mayBecome(state, name, back.isProtected(), back.expireTime());
        return back;
    }
}

package io.lakebaseops.local.api;

import static io.lakebaseops.local.api.state.OperationRow.Thing.BRANCH;

import io.lakebaseops.local.api.http.Call;
import io.lakebaseops.local.api.http.Refusal;
import io.lakebaseops.local.api.http.Reply;
import io.lakebaseops.local.api.http.Router;
import io.lakebaseops.local.api.state.BranchRow;
import io.lakebaseops.local.api.state.BranchRules;
import io.lakebaseops.local.api.state.Names;
import io.lakebaseops.local.api.state.OperationRow.Verb;
import io.lakebaseops.local.api.state.ProjectRow;
import io.lakebaseops.local.api.state.RoleRow;
import io.lakebaseops.local.api.state.State;
import io.lakebaseops.local.api.work.ApiContext;
import io.lakebaseops.local.api.work.BranchLifecycle;
import io.lakebaseops.local.api.work.OperationRunner.Job;

import java.util.List;

/// Adds a second root branch to a project. On the platform by an import or a restore, which have no
/// call in the public API. This door of our own stands for them, so that projects with several
/// roots, and their limit, can be met by a client.
final class Imports {
    private final ApiContext plane;
    private final BranchLifecycle life;
    private final Branches branches;

    Imports(ApiContext plane, BranchLifecycle life, Branches branches) {
        this.plane = plane;
        this.life = life;
        this.branches = branches;
    }

    void addTo(Router router) {
        router.on("POST", "/__local/projects/{p}/branches/{b}/import", this::make);
    }

    private Reply make(Call call) {
        String id = Names.checkId("branch_id", call.var("b"));
        String project = Names.project(call.var("p"));
        BranchRow row = Branches.fresh(call.var("p"), id, false, null, null, plane.now());
        return plane.operations()
                .start(
                        new Job(
                                Verb.CREATE,
                                BRANCH,
                                row.name(),
                                List.of(row.name()),
                                s -> reserve(s, s.liveProject(project), row),
                                () -> life.makeRoot(row.name()),
                                () -> life.discard(row.name()),
                                () -> branches.show(row.name())));
    }

    private void reserve(State state, ProjectRow project, BranchRow row) {
        if (state.branches().containsKey(row.name())) {
            throw Refusal.exists("branch " + row.id() + " already exists");
        }
        BranchRules.quota(state, project.name());
        life.reserve(state, row, project.settings().endpointDefaults());
        RoleRow owner = Roles.owner(row.name(), project.owner(), row.createTime());
        state.roles().put(owner.name(), owner);
        var database = Databases.first(owner, row.createTime());
        state.databases().put(database.name(), database);
    }
}

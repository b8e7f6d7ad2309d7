package io.lakebaseops.local.api;

import static io.lakebaseops.local.api.state.OperationRow.Thing.PROJECT;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.lakebaseops.local.api.http.Call;
import io.lakebaseops.local.api.http.Fields;
import io.lakebaseops.local.api.http.Page;
import io.lakebaseops.local.api.http.Refusal;
import io.lakebaseops.local.api.http.Reply;
import io.lakebaseops.local.api.http.Router;
import io.lakebaseops.local.api.http.UpdateMask;
import io.lakebaseops.local.api.state.BranchRow;
import io.lakebaseops.local.api.state.EndpointRules;
import io.lakebaseops.local.api.state.Limits;
import io.lakebaseops.local.api.state.Names;
import io.lakebaseops.local.api.state.OperationRow.Verb;
import io.lakebaseops.local.api.state.ProjectRow;
import io.lakebaseops.local.api.state.RoleRow;
import io.lakebaseops.local.api.state.Sizing;
import io.lakebaseops.local.api.state.State;
import io.lakebaseops.local.api.work.ApiContext;
import io.lakebaseops.local.api.work.BranchLifecycle;
import io.lakebaseops.local.api.work.OperationRunner;
import io.lakebaseops.local.api.work.OperationRunner.Job;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// The project family: a new one comes with branch `production`, its endpoint, the database
/// `databricks_postgres` and a role for its maker.
final class Projects {
    private static final String PATH = "/api/2.0/postgres/projects";
    private static final String PRODUCTION = "production";

    private final ApiContext plane;
    private final BranchLifecycle life;
    private final ProjectView view;

    Projects(ApiContext plane, BranchLifecycle life) {
        this.plane = plane;
        this.life = life;
        this.view = new ProjectView(plane);
    }

    void addTo(Router router) {
        router.on("POST", PATH, this::create);
        router.on("GET", PATH, this::list);
        router.on("GET", PATH + "/{p}", call -> Reply.ok(show(name(call))));
        router.on("PATCH", PATH + "/{p}", this::update);
        router.on("DELETE", PATH + "/{p}", c -> delete(name(c), c.flag("purge")));
        router.on("POST", PATH + "/{p}/undelete", call -> undelete(name(call)));
    }

    private static String name(Call call) {
        return Names.project(call.var("p"));
    }

    private ObjectNode show(String name) {
        return view.of(plane.read(s -> s.project(name)));
    }

    private Reply list(Call call) {
        boolean deleted = call.flag("show_deleted");
        List<ProjectRow> rows =
                plane.read(
                        s ->
                                s.projects().values().stream()
                                        .filter(p -> deleted || p.live())
                                        .toList());
        return Page.of(call, "projects", rows, p -> SortKey.key(p.createTime(), p.id()), view::of);
    }

    private Reply create(Call call) {
        String id = Names.checkId("project_id", call.required("project_id"));
        Instant now = plane.now();
        Fields spec = call.fields().object("spec");
        ProjectRow.Settings settings = ProjectRequest.forNew(id, spec, plane.limits());
        Fields first = call.fields().object("initial_endpoint_spec");
        EndpointRules.group(first.object("group"));
        Sizing sizing = EndpointRules.sizing(first, settings.endpointDefaults(), plane.limits());
        boolean guarded = call.fields().object("initial_branch_spec").flag("is_protected", false);
        ProjectRow row =
                new ProjectRow(
                        id, Names.projectUid(), plane.user(), now, now, null, null, settings);
        BranchRow production = Branches.fresh(id, PRODUCTION, guarded, null, null, now);
        return plane.operations()
                .start(
                        new Job(
                                Verb.CREATE,
                                PROJECT,
                                row.name(),
                                List.of(production.name()),
                                s -> reserve(s, row, production, sizing),
                                () -> life.makeRoot(production.name()),
                                () -> remove(row.name()),
                                () -> show(row.name())));
    }

    private void reserve(State state, ProjectRow row, BranchRow production, Sizing sizing) {
        ProjectRow there = state.projects().get(row.name());
        if (there != null) {
            String hint = there.live() ? "" : " (deleted; undelete or purge it)";
            throw Refusal.exists("project " + row.id() + " already exists" + hint);
        }
        state.projects().put(row.name(), row);
        life.reserve(state, production, sizing);
        RoleRow owner = Roles.owner(production.name(), row.owner(), row.createTime());
        state.roles().put(owner.name(), owner);
        var database = Databases.first(owner, row.createTime());
        state.databases().put(database.name(), database);
    }

    private Reply update(Call call) {
        String name = name(call);
        UpdateMask mask = ProjectRequest.MASK.read(call);
        Fields spec = call.fields().object("spec");
        return plane.operations()
                .change(
                        Verb.UPDATE,
                        PROJECT,
                        name,
                        name,
                        s -> changed(s, name, mask, spec),
                        (s, row) -> s.projects().put(name, row),
                        () -> {},
                        () -> show(name));
    }

    private ProjectRow changed(State state, String name, UpdateMask mask, Fields spec) {
        ProjectRow row = state.liveProject(name);
        return row.with(
                ProjectRequest.changed(state, row, mask, spec, plane.limits()), plane.now());
    }

    Reply delete(String name, boolean purge) {
        List<String> lanes = new ArrayList<>(List.of(name));
        plane.read(s -> s.branchesOf(name)).forEach(b -> lanes.add(b.name()));
        return plane.operations()
                .start(
                        new Job(
                                Verb.DELETE,
                                PROJECT,
                                name,
                                lanes,
                                s -> mayBeDeleted(s, name, purge),
                                () -> {
                                    if (purge) {
                                        remove(name);
                                    } else {
                                        retire(name);
                                    }
                                },
                                () -> {},
                                OperationRunner::nothing));
    }

    private static void mayBeDeleted(State state, String name, boolean purge) {
        ProjectRow row = purge ? state.project(name) : state.liveProject(name);
        SortKey.onlyOnce(state, name);
        if (row.live()
                && state.branchesOf(name).stream().anyMatch(b -> b.live() && b.isProtected())) {
            throw Refusal.badRequest("cannot delete " + name + ": it has a protected branch");
        }
    }

    private void retire(String name) {
        Instant now = plane.now();
        plane.workspace()
                .alter(
                        s -> {
                            ProjectRow row = s.liveProject(name);
                            Instant purgeAt = now.plus(Limits.GRACE);
                            s.projects().put(name, row.deleted(now, purgeAt, now));
                        });
        branches(name).forEach(life::close);
    }

    private void remove(String name) {
        plane.workspace().alter(s -> s.projects().remove(name));
        branches(name).forEach(life::discard);
    }

    private Reply undelete(String name) {
        return plane.operations()
                .change(
                        Verb.UNDELETE,
                        PROJECT,
                        name,
                        name,
                        s -> undeleted(s, name),
                        (s, row) -> s.projects().put(name, row),
                        () -> branches(name).forEach(this::reopenLive),
                        () -> show(name));
    }

    private ProjectRow undeleted(State state, String name) {
        ProjectRow row = state.project(name);
        if (row.live()) {
            throw Refusal.badRequest(name + " is not deleted");
        }
        return row.deleted(null, null, plane.now());
    }

    private void reopenLive(String branch) {
        if (plane.read(s -> s.branch(branch).live())) {
            life.reopen(branch);
        }
    }

    private List<String> branches(String project) {
        return plane.read(s -> s.branchesOf(project).stream().map(BranchRow::name).toList());
    }
}

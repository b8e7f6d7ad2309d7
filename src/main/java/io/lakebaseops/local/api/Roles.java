package io.lakebaseops.local.api;

import static io.lakebaseops.local.api.state.OperationRow.Thing.ROLE;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.lakebaseops.local.api.http.Call;
import io.lakebaseops.local.api.http.Fields;
import io.lakebaseops.local.api.http.Page;
import io.lakebaseops.local.api.http.Refusal;
import io.lakebaseops.local.api.http.Reply;
import io.lakebaseops.local.api.http.Router;
import io.lakebaseops.local.api.http.UpdateMask;
import io.lakebaseops.local.api.state.Names;
import io.lakebaseops.local.api.state.OperationRow.Verb;
import io.lakebaseops.local.api.state.RoleRow;
import io.lakebaseops.local.api.state.State;
import io.lakebaseops.local.api.work.ApiContext;
import io.lakebaseops.local.api.work.OperationRunner;
import io.lakebaseops.local.api.work.OperationRunner.Job;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/// The role family: each is a role in the branch's PostgreSQL, made, changed and dropped there.
final class Roles {
    private static final String PATH = "/api/2.0/postgres/projects/{p}/branches/{b}/roles";

    private final ApiContext plane;
    private final CatalogReconciler truth;

    Roles(ApiContext plane) {
        this.plane = plane;
        this.truth = new CatalogReconciler(plane);
    }

    void addTo(Router router) {
        router.on("POST", PATH, this::create);
        router.on("GET", PATH, this::list);
        router.on("GET", PATH + "/{r}", call -> Reply.ok(show(name(call))));
        router.on("PATCH", PATH + "/{r}", this::update);
        router.on("DELETE", PATH + "/{r}", this::delete);
    }

    /// The role of whoever made the project; the machine room makes it with the branch.
    static RoleRow owner(String branch, String user, Instant now) {
        String id = Names.idFrom("role", user);
        return new RoleRow(
                branch, id, now, now, user, "USER", RoleRow.OAUTH, true, true, true, true);
    }

    private static String name(Call call) {
        return Names.role(Branches.name(call), call.var("r"));
    }

    private ObjectNode show(String name) {
        return RoleSpecs.view(plane.read(s -> s.role(name)));
    }

    private Reply list(Call call) {
        String branch = Branches.name(call);
        truth.refresh(branch);
        List<RoleRow> rows = plane.read(s -> s.rolesOf(s.liveBranch(branch).name()));
        return Page.of(
                call, "roles", rows, r -> SortKey.key(r.createTime(), r.id()), RoleSpecs::view);
    }

    private Reply create(Call call) {
        String branch = Branches.name(call);
        Fields spec = call.fields().object("spec");
        RoleRow row = RoleSpecs.fresh(branch, call.query("role_id"), spec, plane.now());
        RoleRow there =
                plane.read(s -> s.roles().get(s.liveBranch(branch).name() + "/roles/" + row.id()));
        if (there != null && call.flag("replace_existing")) {
            RoleRow next =
                    there.with(
                            row.createDb(),
                            row.createRole(),
                            row.bypassRls(),
                            row.superuser(),
                            plane.now());
            return change(there.name(), Verb.CREATE, _ -> next);
        }
        return plane.operations()
                .start(
                        new Job(
                                Verb.CREATE,
                                ROLE,
                                row.name(),
                                List.of(branch),
                                s -> mayBeMade(s, row),
                                () -> make(row),
                                () -> {},
                                () -> show(row.name())));
    }

    private static void mayBeMade(State state, RoleRow row) {
        state.liveBranch(row.branch());
        boolean taken =
                state.rolesOf(row.branch()).stream()
                        .anyMatch(
                                r ->
                                        r.id().equals(row.id())
                                                || r.postgresRole().equals(row.postgresRole()));
        if (taken) {
            throw Refusal.badRequest("role with that name already exists");
        }
    }

    private void make(RoleRow row) {
        String uid =
                plane.read(
                        s -> {
                            mayBeMade(s, row);
                            return s.liveBranch(row.branch()).uid();
                        });
        plane.room().createRole(uid, row.spec());
        plane.workspace().alter(s -> s.roles().put(row.name(), row));
    }

    private Reply update(Call call) {
        String name = name(call);
        UpdateMask mask = RoleSpecs.MASK.read(call);
        Fields spec = call.fields().object("spec");
        return change(
                name, Verb.UPDATE, s -> RoleSpecs.changed(s.role(name), mask, spec, plane.now()));
    }

    private Reply change(String name, Verb verb, Function<State, RoleRow> next) {
        String branch = Names.parent(name);
        return plane.operations()
                .start(
                        new Job(
                                verb,
                                ROLE,
                                name,
                                List.of(branch),
                                s -> Objects.requireNonNull(next.apply(s)),
                                () -> {
                                    RoleRow row = plane.read(next);
                                    String uid = plane.read(s -> s.liveBranch(branch).uid());
                                    plane.room().alterRole(uid, row.spec());
                                    plane.workspace().alter(s -> s.roles().put(name, row));
                                },
                                () -> {},
                                () -> show(name)));
    }

    private Reply delete(Call call) {
        String name = name(call);
        String branch = Branches.name(call);
        String heir = heir(branch, call.query("reassign_owned_to"));
        return plane.operations()
                .start(
                        new Job(
                                Verb.DELETE,
                                ROLE,
                                name,
                                List.of(branch),
                                s -> mayBeDropped(s, name, heir),
                                () -> drop(name, heir),
                                () -> {},
                                OperationRunner::nothing));
    }

    private static RoleRow mayBeDropped(State state, String name, @Nullable String heir) {
        RoleRow row = state.role(name);
        if (row.postgresRole().equals(state.project(projectOf(row)).owner())) {
            throw Refusal.managedByParent("the project owner's role goes with its branch");
        }
        boolean owns =
                state.databasesOf(row.branch()).stream().anyMatch(d -> d.role().equals(name));
        if (owns && heir == null) {
            throw Refusal.badRequest(name + " owns databases; set reassign_owned_to");
        }
        return row;
    }

    private void drop(String name, @Nullable String heir) {
        RoleRow row = plane.read(s -> mayBeDropped(s, name, heir));
        String uid = plane.read(s -> s.liveBranch(row.branch()).uid());
        RoleRow next = heir == null ? null : plane.read(s -> s.role(heir));
        String heirRole = next == null ? null : next.postgresRole();
        plane.room().dropRole(uid, row.postgresRole(), heirRole);
        plane.workspace()
                .alter(
                        s -> {
                            s.roles().remove(name);
                            s.databases()
                                    .replaceAll(
                                            (_, d) ->
                                                    next != null && d.role().equals(name)
                                                            ? d.with(
                                                                    d.postgresDatabase(),
                                                                    next.name(),
                                                                    plane.now())
                                                            : d);
                        });
    }

    /// The role that inherits, given by resource name or by its name in Postgres.
    private @Nullable String heir(String branch, @Nullable String given) {
        if (given == null || given.isEmpty()) {
            return null;
        }
        return plane.read(
                s ->
                        s.rolesOf(branch).stream()
                                .filter(
                                        r ->
                                                r.name().equals(given)
                                                        || r.postgresRole().equals(given))
                                .map(RoleRow::name)
                                .findFirst()
                                .orElseThrow(() -> Refusal.missing("role")));
    }

    private static String projectOf(RoleRow row) {
        return Names.parent(row.branch());
    }
}

package io.lakebaseops.local.api;

import static io.lakebaseops.local.api.state.OperationRow.Thing.ENDPOINT;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.lakebaseops.local.api.http.Call;
import io.lakebaseops.local.api.http.Fields;
import io.lakebaseops.local.api.http.Page;
import io.lakebaseops.local.api.http.Refusal;
import io.lakebaseops.local.api.http.Reply;
import io.lakebaseops.local.api.http.Router;
import io.lakebaseops.local.api.http.UpdateMask;
import io.lakebaseops.local.api.state.EndpointRow;
import io.lakebaseops.local.api.state.EndpointRules;
import io.lakebaseops.local.api.state.Names;
import io.lakebaseops.local.api.state.OperationRow.Verb;
import io.lakebaseops.local.api.state.Sizing;
import io.lakebaseops.local.api.state.State;
import io.lakebaseops.local.api.work.ApiContext;
import io.lakebaseops.local.api.work.OperationRunner;
import io.lakebaseops.local.api.work.OperationRunner.Job;

import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/// The endpoint family. Every branch has its one read-write endpoint from the start; read-only ones
/// come and go beside it.
final class Endpoints {
    private static final String PATH = "/api/2.0/postgres/projects/{p}/branches/{b}/endpoints";
    private static final String MIN = "spec.autoscaling_limit_min_cu";
    private static final String MAX = "spec.autoscaling_limit_max_cu";
    private static final String SETTINGS = "spec.settings.pg_settings";
    private static final UpdateMask.Known MASK =
            UpdateMask.known()
                    .field(MIN)
                    .field(MAX)
                    .field("spec.disabled")
                    .field(SETTINGS)
                    .field("spec.group")
                    .group(
                            "spec.suspension",
                            "spec.suspend_timeout_duration",
                            "spec.no_suspension");

    private final ApiContext plane;
    private final EndpointView view;

    Endpoints(ApiContext plane) {
        this.plane = plane;
        this.view = new EndpointView(plane.computes());
    }

    void addTo(Router router) {
        router.on("POST", PATH, this::create);
        router.on("GET", PATH, this::list);
        router.on("GET", PATH + "/{e}", call -> Reply.ok(show(name(call))));
        router.on("PATCH", PATH + "/{e}", this::update);
        router.on("DELETE", PATH + "/{e}", this::delete);
    }

    private static String name(Call call) {
        return Names.endpoint(Branches.name(call), call.var("e"));
    }

    private ObjectNode show(String name) {
        return view.of(plane.read(s -> s.endpoint(name)));
    }

    private Reply list(Call call) {
        String branch = Branches.name(call);
        List<EndpointRow> rows = plane.read(s -> s.endpointsOf(s.liveBranch(branch).name()));
        return Page.of(call, "endpoints", rows, e -> SortKey.key(e.createTime(), e.id()), view::of);
    }

    private Reply create(Call call) {
        String id = Names.checkId("endpoint_id", call.required("endpoint_id"));
        String branch = Branches.name(call);
        String name = Names.endpoint(branch, id);
        Fields spec = call.fields().object("spec");
        EndpointRow there =
                plane.read(
                        s -> s.endpoints().get(s.liveBranch(branch).name() + "/endpoints/" + id));
        String type = spec.text("endpoint_type");
        if (type == null) {
            throw Refusal.invalid("spec.endpoint_type is required");
        }
        if (!type.equals(EndpointView.READ_ONLY) && !type.equals(EndpointView.READ_WRITE)) {
            throw Refusal.invalid("spec.endpoint_type: " + type + " is not known");
        }
        boolean readOnly = type.equals(EndpointView.READ_ONLY);
        EndpointRules.group(spec.object("group"));
        Sizing base = plane.read(s -> defaults(s, branch));
        Sizing sizing =
                EndpointRules.sizing(spec, base, plane.limits())
                        .settings(spec.object("settings").map("pg_settings"));
        boolean off = spec.flag("disabled", false);
        if (there == null && readOnly) {
            Instant now = plane.now();
            return make(new EndpointRow(branch, id, Names.uid("ep"), now, now, off, sizing, true));
        }
        if (there == null) {
            throw Refusal.badRequest(branch + " already has a read-write endpoint");
        }
        if (!call.flag("replace_existing")) {
            throw Refusal.exists("endpoint " + id + " already exists");
        }
        if (there.readOnly() != readOnly) {
            throw Refusal.badRequest("endpoint " + id + " is of the other type");
        }
        return change(name, Verb.CREATE, s -> s.endpoint(name).with(sizing, off, plane.now()));
    }

    /// Its compute, a standby, is copied and started after the operation has ended.
    private Reply make(EndpointRow row) {
        return plane.operations()
                .change(
                        Verb.CREATE,
                        ENDPOINT,
                        row.name(),
                        row.branch(),
                        s -> EndpointRules.addable(s, row),
                        (s, made) -> s.endpoints().put(made.name(), made),
                        () -> plane.computes().settle(row.name()),
                        () -> show(row.name()));
    }

    private static Sizing defaults(State state, String branch) {
        return state.liveProject(Names.parent(branch)).settings().endpointDefaults();
    }

    private Reply update(Call call) {
        String name = name(call);
        UpdateMask mask = MASK.read(call);
        Fields spec = call.fields().object("spec");
        if (mask.has("spec.group")) {
            EndpointRules.group(spec.object("group"));
        }
        return change(name, Verb.UPDATE, s -> changed(s.endpoint(name), mask, spec));
    }

    private EndpointRow changed(EndpointRow row, UpdateMask mask, Fields spec) {
        Double min = spec.number("autoscaling_limit_min_cu");
        Double max = spec.number("autoscaling_limit_max_cu");
        Sizing now = row.sizing();
        Sizing next =
                now.limits(
                        mask.has(MIN) && min != null ? min : now.minCu(),
                        mask.has(MAX) && max != null ? max : now.maxCu());
        if (mask.has("spec.suspension")) {
            next = next.suspend(EndpointRules.suspension(spec, plane.limits()));
        }
        if (mask.has(SETTINGS)) {
            next = next.settings(spec.object("settings").map("pg_settings"));
        }
        boolean off = mask.has("spec.disabled") ? spec.flag("disabled", false) : row.disabled();
        return row.with(EndpointRules.checked(next), off, plane.now());
    }

    /// The operation ends when the settings are taken; the compute follows after that.
    private Reply change(String name, Verb verb, Function<State, EndpointRow> next) {
        return plane.operations()
                .change(
                        verb,
                        ENDPOINT,
                        name,
                        Names.parent(name),
                        next,
                        (s, row) -> s.endpoints().put(name, row),
                        () -> plane.computes().settle(name),
                        () -> show(name));
    }

    private Reply delete(Call call) {
        String name = name(call);
        EndpointRow row = plane.read(s -> s.endpoint(name));
        if (plane.computes().pending(row).isPresent()) {
            throw Refusal.reconciling(name);
        }
        if (!row.readOnly()) {
            throw Refusal.managedByParent(
                    "cannot delete " + name + ": the read-write endpoint goes with its branch");
        }
        return plane.operations()
                .start(
                        new Job(
                                Verb.DELETE,
                                ENDPOINT,
                                name,
                                List.of(row.branch()),
                                s -> SortKey.onlyOnce(s, s.endpoint(name).name()),
                                () -> remove(row),
                                () -> {},
                                OperationRunner::nothing));
    }

    private void remove(EndpointRow row) {
        String branchUid = plane.read(s -> s.branch(row.branch()).uid());
        plane.workspace().alter(s -> s.endpoints().remove(row.name()));
        plane.computes().drop(row, branchUid);
    }
}

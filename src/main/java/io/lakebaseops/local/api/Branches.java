package io.lakebaseops.local.api;

import static io.lakebaseops.local.api.state.OperationRow.Thing.BRANCH;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.lakebaseops.local.api.http.Call;
import io.lakebaseops.local.api.http.Fields;
import io.lakebaseops.local.api.http.Page;
import io.lakebaseops.local.api.http.Refusal;
import io.lakebaseops.local.api.http.Reply;
import io.lakebaseops.local.api.http.Router;
import io.lakebaseops.local.api.http.UpdateMask;
import io.lakebaseops.local.api.state.BranchRow;
import io.lakebaseops.local.api.state.BranchRules;
import io.lakebaseops.local.api.state.Names;
import io.lakebaseops.local.api.state.OperationRow.Verb;
import io.lakebaseops.local.api.state.State;
import io.lakebaseops.local.api.work.ApiContext;
import io.lakebaseops.local.api.work.BranchLifecycle;
import io.lakebaseops.local.api.work.OperationRunner.Job;
import io.lakebaseops.local.compute.history.PastPoint;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/// The branch family: create, look and change. How one ends is in `BranchEnd`.
final class Branches {
    private static final String PATH = "/api/2.0/postgres/projects/{p}/branches";
    private static final UpdateMask.Known MASK =
            UpdateMask.known()
                    .field("spec.is_protected")
                    .group("spec.expiration", "spec.ttl", "spec.expire_time", "spec.no_expiry");

    private final ApiContext plane;
    private final BranchLifecycle life;
    private final BranchView view;
    private final PastSpec past;

    Branches(ApiContext plane, BranchLifecycle life) {
        this.plane = plane;
        this.life = life;
        this.view = new BranchView(plane);
        this.past = new PastSpec(plane);
    }

    void addTo(Router router) {
        router.on("POST", PATH, this::create);
        router.on("GET", PATH, this::list);
        router.on("GET", PATH + "/{b}", call -> Reply.ok(show(name(call))));
        router.on("PATCH", PATH + "/{b}", this::update);
    }

    static String name(Call call) {
        return Names.branch(call.var("p"), call.var("b"));
    }

    ObjectNode show(String name) {
        return view.of(plane.read(s -> s.branch(name)));
    }

    /// A branch that is about to be made; a root when it has no source.
    static BranchRow fresh(
            String project,
            String id,
            boolean guarded,
            @Nullable Instant expiry,
            @Nullable String source,
            Instant now) {
        return new BranchRow(
                project,
                id,
                Names.uid("br"),
                now,
                now,
                BranchRow.State.INIT,
                now,
                guarded,
                expiry,
                source,
                null,
                null,
                null,
                null);
    }

    private Reply list(Call call) {
        boolean deleted = call.flag("show_deleted");
        String project = Names.project(call.var("p"));
        List<BranchRow> rows =
                plane.read(
                        s ->
                                s.branchesOf(s.liveProject(project).name()).stream()
                                        .filter(b -> deleted || b.live())
                                        .toList());
        return Page.of(call, "branches", rows, b -> SortKey.key(b.createTime(), b.id()), view::of);
    }

    private Reply create(Call call) {
        String id = Names.checkId("branch_id", call.required("branch_id"));
        String project = Names.project(call.var("p"));
        Fields spec = call.fields().object("spec");
        plane.read(s -> s.liveProject(project));
        Instant now = plane.now();
        Instant expiry = BranchRules.expiry(spec, now);
        boolean guarded = spec.flag("is_protected", false);
        String name = Names.branch(call.var("p"), id);
        BranchRow there = plane.read(s -> s.branches().get(name));
        if (there != null && there.live() && call.flag("replace_existing")) {
            return change(name, Verb.CREATE, s -> with(s, name, guarded, expiry));
        }
        String source = source(project, spec);
        PastPoint point = past.of(spec, source, now);
        BranchRow row = fresh(call.var("p"), id, guarded, expiry, source, now);
        return plane.operations()
                .start(
                        new Job(
                                Verb.CREATE,
                                BRANCH,
                                name,
                                List.of(name),
                                s -> reserve(s, row, source),
                                () -> {
                                    if (point == null) {
                                        life.copy(name);
                                    } else {
                                        life.restore(name, point);
                                    }
                                },
                                () -> life.discard(name),
                                () -> show(name)));
    }

    private void reserve(State state, BranchRow row, String source) {
        String name = row.name();
        BranchRow there = state.branches().get(name);
        if (there != null) {
            String hint = there.live() ? "" : " (deleted; undelete or purge it)";
            throw Refusal.exists("branch " + row.id() + " already exists" + hint);
        }
        BranchRules.mayHaveChildren(state.liveBranch(source));
        BranchRules.mayBecome(state, name, row.isProtected(), row.expireTime());
        String project = Names.parent(name);
        BranchRules.quota(state, project);
        life.reserve(state, row, state.project(project).settings().endpointDefaults());
    }

    private String source(String project, Fields spec) {
        String source = spec.text("source_branch");
        if (source == null || source.isEmpty()) {
            return plane.read(s -> s.liveProject(project).settings().defaultBranch());
        }
        if (!Names.parent(source).equals(project)) {
            throw Refusal.invalid("spec.source_branch must be a branch of " + project);
        }
        return source;
    }

    private Reply update(Call call) {
        String name = name(call);
        UpdateMask mask = MASK.read(call);
        Fields spec = call.fields().object("spec");
        Instant now = plane.now();
        Instant expiry = mask.has("spec.expiration") ? BranchRules.expiry(spec, now) : null;
        return change(
                name,
                Verb.UPDATE,
                s -> {
                    BranchRow row = s.liveBranch(name);
                    boolean guarded =
                            mask.has("spec.is_protected")
                                    ? spec.flag("is_protected", false)
                                    : row.isProtected();
                    Instant at = mask.has("spec.expiration") ? expiry : row.expireTime();
                    return with(s, name, guarded, at);
                });
    }

    private BranchRow with(State state, String name, boolean guarded, @Nullable Instant expiry) {
        BranchRules.mayBecome(state, name, guarded, expiry);
        return state.liveBranch(name).with(guarded, expiry, plane.now());
    }

    private Reply change(String name, Verb verb, Function<State, BranchRow> next) {
        return plane.operations()
                .change(
                        verb,
                        BRANCH,
                        name,
                        name,
                        next,
                        (s, row) -> s.branches().put(name, row),
                        () -> {},
                        () -> show(name));
    }
}

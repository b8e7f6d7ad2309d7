package io.lakebaseops.local.api.work;

import io.lakebaseops.local.api.http.Refusal;
import io.lakebaseops.local.api.state.BranchRow;
import io.lakebaseops.local.api.state.BranchRules;
import io.lakebaseops.local.api.state.CatalogRow;
import io.lakebaseops.local.api.state.DatabaseRow;
import io.lakebaseops.local.api.state.EndpointRow;
import io.lakebaseops.local.api.state.Names;
import io.lakebaseops.local.api.state.Sizing;
import io.lakebaseops.local.api.state.State;
import io.lakebaseops.local.compute.history.PastPoint;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;

/// The steps of creating, resetting and deleting branches. The steps behind the operations on
/// branches and projects: each leaves either a whole branch or none.
public final class BranchLifecycle {
    public static final String PRIMARY = "primary";

    private final ApiContext plane;

    public BranchLifecycle(ApiContext plane) {
        this.plane = plane;
    }

    /// Notes a branch that is about to be made, with the read-write endpoint it always has.
    public void reserve(State state, BranchRow branch, Sizing sizing) {
        if (branch.root()) {
            BranchRules.rootQuota(state, Names.parent(branch.name()));
        }
        state.branches().put(branch.name(), branch);
        EndpointRow primary =
                new EndpointRow(
                        branch.name(),
                        PRIMARY,
                        Names.uid("ep"),
                        branch.createTime(),
                        branch.createTime(),
                        false,
                        sizing,
                        false);
        state.endpoints().put(primary.name(), primary);
    }

    public void makeRoot(String name) {
        BranchRow row = plane.read(s -> s.liveBranch(name));
        double maxCu = plane.read(s -> s.endpoint(Names.endpoint(name, PRIMARY)).sizing().maxCu());
        plane.room().createRoot(row.uid(), plane.user(), maxCu);
        plane.workspace()
                .alter(
                        s -> {
                            Instant now = plane.now();
                            s.branches().put(name, s.liveBranch(name).ready(null, null, now));
                        });
        reopen(name);
    }

    /// Copies data, roles and databases of the source as they are at this moment.
    public void copy(String name) {
        Instant copiedAt = plane.now();
        copy(name, copiedAt, (source, branch) -> plane.room().fork(source, branch));
    }

    /// Makes the branch hold what its source had committed by then. The rows of roles and databases
    /// are today's; the first look at the awake compute corrects them.
    public void restore(String name, PastPoint point) {
        Instant time =
                switch (point) {
                    case PastPoint.Moment(Instant at) -> at;
                    case PastPoint.Position _ -> null;
                };
        copy(name, time, (source, branch) -> plane.room().restore(source, branch, point));
    }

    /// Makes the data of a branch from those of its source. Returns the LSN it left it at.
    @FunctionalInterface
    private interface Maker {
        String make(String sourceUid, String branchUid);
    }

    private void copy(String name, @Nullable Instant time, Maker maker) {
        BranchRow row = plane.read(s -> s.liveBranch(name));
        String source = row.source();
        if (source == null) {
            throw new IllegalStateException(name + " has no source");
        }
        String lsn = maker.make(plane.read(s -> s.liveBranch(source).uid()), row.uid());
        if (plane.read(s -> ownPasswords(s, source))) {
            plane.room().forgetPasswords(row.uid());
        }
        plane.workspace()
                .alter(
                        s -> {
                            BranchRow reserved = s.liveBranch(name);
                            s.branches().put(name, reserved.ready(lsn, time, plane.now()));
                            s.rolesOf(source).stream()
                                    .map(r -> r.on(name))
                                    .forEach(r -> s.roles().put(r.name(), r));
                            s.databasesOf(source).stream()
                                    .map(d -> d.on(name))
                                    .map(d -> registeredBy(s, d, time) ? d : d.registered(null))
                                    .forEach(d -> s.databases().put(d.name(), d));
                        });
        reopen(name);
    }

    /// Whoever knows a password of a protected branch does not get into its children by it.
    private static boolean ownPasswords(State state, String source) {
        return state.liveBranch(source).isProtected()
                && state.project(Names.parent(source)).settings().nativeLogin();
    }

    /// A copy of a moment before the registration does not know of it.
    private static boolean registeredBy(State state, DatabaseRow row, @Nullable Instant time) {
        CatalogRow catalog = state.unity().catalogs().get(String.valueOf(row.catalog()));
        return catalog != null && (time == null || !catalog.createTime().isAfter(time));
    }

    /// Stops its computes; the data stay.
    public void close(String name) {
        endpoints(name).forEach(plane.computes()::close);
    }

    public void reopen(String name) {
        endpoints(name).forEach(e -> plane.computes().settle(e.name()));
    }

    /// Frees everything. Safe to repeat: a crash in between is finished at the next start.
    public void discard(String name) {
        BranchRow row = plane.read(s -> s.branches().get(name));
        if (row != null) {
            close(name);
            plane.room().drop(row.uid());
            endpoints(name).forEach(e -> plane.room().forgetPort(e.uid()));
            plane.workspace().alter(s -> s.forgetBranch(name));
        }
    }

    /// A delete waits for computes that settle, as on the platform: the caller tries again.
    public void refuseWhileSettling(State state, String name) {
        for (EndpointRow endpoint : state.endpointsOf(name)) {
            if (plane.computes().pending(endpoint).isPresent()) {
                throw Refusal.reconciling(endpoint.name());
            }
        }
    }

    private List<EndpointRow> endpoints(String name) {
        return plane.read(s -> s.endpointsOf(name));
    }
}

package io.lakebaseops.local.api.work;

import com.fasterxml.jackson.databind.JsonNode;

import io.lakebaseops.local.api.http.Refusal;
import io.lakebaseops.local.api.state.BranchRow;
import io.lakebaseops.local.api.state.OperationRow;
import io.lakebaseops.local.api.state.ProjectRow;
import io.lakebaseops.local.api.state.State;

import java.util.List;

/// Cleans up at the start what the last run left half done. Nothing half-made survives a start:
/// unfinished creations are removed, unfinished deletions finished, and each open operation gets
/// its end.
public final class Recovery {
    private final ApiContext plane;
    private final BranchLifecycle life;

    public Recovery(ApiContext plane, BranchLifecycle life) {
        this.plane = plane;
        this.life = life;
    }

    public void run() {
        halfMade().forEach(life::discard);
        plane.workspace().alter(this::end);
    }

    /// Opens the endpoints of all live branches, the oldest first, in the background.
    public void reopen() {
        plane.read(
                        s ->
                                s.branches().values().stream()
                                        .filter(BranchRow::live)
                                        .filter(b -> s.projects().containsKey(parent(b)))
                                        .filter(b -> s.project(parent(b)).live())
                                        .map(BranchRow::name)
                                        .toList())
                .forEach(life::reopen);
    }

    private List<String> halfMade() {
        return plane.read(
                s ->
                        s.branches().values().stream()
                                .filter(b -> b.state() == BranchRow.State.INIT || orphan(s, b))
                                .map(BranchRow::name)
                                .toList());
    }

    private static boolean orphan(State state, BranchRow branch) {
        return !state.projects().containsKey(parent(branch));
    }

    private static String parent(BranchRow branch) {
        return "projects/" + branch.project();
    }

    private void end(State state) {
        state.projects().values().removeIf(p -> state.branchesOf(p.name()).isEmpty());
        state.operations().replaceAll((_, row) -> row.done() ? row : ended(state, row));
    }

    private OperationRow ended(State state, OperationRow row) {
        if (row.verb() == OperationRow.Verb.DELETE && gone(state, row.target())) {
            return row.succeeded(OperationRunner.nothing());
        }
        JsonNode why =
                Refusal.of(409, "ABORTED", "the server stopped during this operation").body();
        return row.failed(why);
    }

    private static boolean gone(State state, String target) {
        BranchRow branch = state.branches().get(target);
        ProjectRow project = state.projects().get(target);
        boolean alive =
                (branch != null && branch.live())
                        || (project != null && project.live())
                        || state.endpoints().containsKey(target)
                        || state.roles().containsKey(target)
                        || state.databases().containsKey(target)
                        || state.unity().catalogs().containsKey(target);
        return !alive;
    }
}

package io.lakebaseops.console.branches;

import io.lakebaseops.agents.provisioning.branching.BranchBoard;
import io.lakebaseops.lakebase.ControlPlane.Endpoint;

import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Reads the computes of the branches that are on the screen, and of no other: hundreds of branches
/// would be hundreds of questions to the control plane.
final class ComputeReads {
    /// Branches whose computes are read again with each reading of the screen.
    private static final int SEEN = 80;

    private final BranchesViewModel model;
    private final BranchBoard board;
    private final ReadOnlyObjectWrapper<Map<String, List<Endpoint>>> computes =
            new ReadOnlyObjectWrapper<>(Map.of());
    private final Set<String> wanted = new LinkedHashSet<>();
    private final Set<String> seen = new LinkedHashSet<>();
    private boolean reading;

    ComputeReads(BranchesViewModel model, BranchBoard board) {
        this.model = model;
        this.board = board;
    }

    ReadOnlyObjectProperty<Map<String, List<Endpoint>>> property() {
        return computes.getReadOnlyProperty();
    }

    void forget() {
        computes.set(Map.of());
        wanted.clear();
        seen.clear();
    }

    /// A row is on the screen.
    void want(String branch) {
        if (!computes.get().containsKey(branch) && !seen.contains(branch) && wanted.add(branch)) {
            model.later(this::read);
        }
    }

    /// Those seen last are read again.
    void again() {
        wanted.addAll(seen);
        read();
    }

    private void read() {
        if (reading || wanted.isEmpty()) {
            return;
        }
        reading = true;
        var asked = List.copyOf(wanted);
        wanted.clear();
        for (var branch : asked) {
            seen.remove(branch);
            seen.add(branch);
        }
        while (seen.size() > SEEN) {
            seen.remove(seen.iterator().next());
        }
        model.aside(target -> board.endpoints(target, asked), this::show, this::ended);
    }

    private void show(Map<String, List<Endpoint>> found) {
        var all = new LinkedHashMap<>(computes.get());
        all.putAll(found);
        if (!all.equals(computes.get())) {
            computes.set(Map.copyOf(all));
        }
    }

    private void ended() {
        reading = false;
        read();
    }
}

package io.lakebaseops.console.shell;

import io.lakebaseops.console.Destination;
import io.lakebaseops.domain.TargetId;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The places visited in a window, to go back and forward through them.
final class Visits {
    private static final int MOST = 100;

    private final List<Visit> visits = new ArrayList<>();
    private int at = -1;

    record Visit(TargetId target, Destination place) {}

    /// What was ahead is forgotten, unless this is the place one stands at.
    void visit(Visit next) {
        if (at >= 0 && visits.get(at).equals(next)) {
            return;
        }
        visits.subList(at + 1, visits.size()).clear();
        visits.add(next);
        if (visits.size() > MOST) {
            visits.removeFirst();
        }
        at = visits.size() - 1;
    }

    /// @param by -1 back, 1 forward
    Optional<Visit> step(int by) {
        int next = at + by;
        if (next < 0 || next >= visits.size()) {
            return Optional.empty();
        }
        at = next;
        return Optional.of(visits.get(at));
    }
}

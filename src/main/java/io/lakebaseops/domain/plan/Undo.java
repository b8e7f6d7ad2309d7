package io.lakebaseops.domain.plan;

import java.util.List;

/// The way back, captured from the live object before anything changes.
///
/// @param steps empty when there is no way back; `note` then says so
public record Undo(List<Step> steps, String note, List<Postcondition> proofs) {
    public Undo {
        steps = List.copyOf(steps);
        proofs = List.copyOf(proofs);
    }

    public static Undo none(String why) {
        return new Undo(List.of(), why, List.of());
    }

    public boolean possible() {
        return !steps.isEmpty();
    }
}

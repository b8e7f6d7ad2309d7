package io.lakebaseops.local.api;

import io.lakebaseops.local.api.http.Refusal;
import io.lakebaseops.local.api.state.OperationRow.Verb;
import io.lakebaseops.local.api.state.State;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/// The order of lists and of deletions. Lists by age; of two deletions only the first counts.
final class SortKey {
    private SortKey() {}

    /// Sorts as text like the creation times do; the id makes it unique.
    static String key(Instant created, String id) {
        long micros = ChronoUnit.MICROS.between(Instant.EPOCH, created);
        return String.format(Locale.ROOT, "%019d %s", micros, id);
    }

    static void onlyOnce(State state, String target) {
        boolean underWay =
                state.operations().values().stream()
                        .anyMatch(
                                o ->
                                        !o.done()
                                                && o.verb() == Verb.DELETE
                                                && o.target().equals(target));
        if (underWay) {
            throw Refusal.reconciling(target);
        }
    }
}

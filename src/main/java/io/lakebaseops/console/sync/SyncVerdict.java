package io.lakebaseops.console.sync;

import io.lakebaseops.agents.health.sync.PairResult;
import io.lakebaseops.agents.health.sync.PairResult.Status;
import io.lakebaseops.agents.health.sync.SyncMonitor.Pair;
import io.lakebaseops.console.Texts;
import io.lakebaseops.console.parts.Role;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// The sentence at the top: the worst pair and the stalest one.
record SyncVerdict(Role role, String sentence, List<String> strong) {
    static SyncVerdict of(SyncSnapshot p) {
        if (p.pairs().isEmpty()) {
            int found = p.round().found().size();
            return new SyncVerdict(
                    Role.MUTED,
                    Texts.of(
                            "No pair is watched. %s",
                            found == 0
                                    ? Texts.of(
                                            "No table has a copy of the same name in Delta catalog %s.",
                                            p.round().catalog())
                                    : Texts.of(
                                            "%s %s the same name and columns in Delta catalog %s.",
                                            Texts.count(found, "table"),
                                            found == 1 ? Texts.of("has") : Texts.of("have"),
                                            p.round().catalog())),
                    List.of());
        }
        var parts = new ArrayList<String>();
        var strong = new ArrayList<String>();
        var role = Role.OK;
        var failed = worst(p, Status.FAILED);
        var differs = worst(p, Status.DRIFT);
        if (differs.isPresent()) {
            role = Role.CRITICAL;
            var pair = differs.get();
            strong.add(pair.name());
            parts.add(
                    Texts.of("%s of %s differ", Texts.count(differing(pair), "row"), pair.name()));
        }
        var stale =
                p.pairs().stream()
                        .filter(q -> q.result().filter(PairResult::stale).isPresent())
                        .max(Comparator.comparingDouble(SyncVerdict::lag));
        if (stale.isPresent()) {
            role = role == Role.OK ? Role.WARNING : role;
            strong.add(stale.get().name());
            parts.add(
                    Texts.of(
                            "%s is %s behind",
                            stale.get().name(), SyncWords.lag(lag(stale.get()))));
        }
        if (failed.isPresent()) {
            role = Role.CRITICAL;
            strong.add(failed.get().name());
            parts.add(Texts.of("%s could not be compared", failed.get().name()));
        }
        if (parts.isEmpty()) {
            return calm(p);
        }
        return new SyncVerdict(role, String.join("; ", parts) + ".", strong);
    }

    private static SyncVerdict calm(SyncSnapshot p) {
        long unchecked = p.pairs().stream().filter(q -> q.result().isEmpty()).count();
        if (unchecked == p.pairs().size()) {
            return new SyncVerdict(Role.MUTED, Texts.of("No pair was compared yet."), List.of());
        }
        double lag = p.pairs().stream().mapToDouble(SyncVerdict::lag).max().orElse(0);
        return new SyncVerdict(
                Role.OK,
                Texts.of(
                        "Every copy is the same: %s, at most %s behind.%s",
                        Texts.count(p.pairs().size() - unchecked, "pair"),
                        SyncWords.lag(lag),
                        unchecked == 0 ? "" : Texts.of(" %d not compared yet.", unchecked)),
                List.of());
    }

    private static Optional<Pair> worst(SyncSnapshot p, Status status) {
        return p.pairs().stream()
                .filter(q -> q.result().filter(r -> r.status() == status).isPresent())
                .max(Comparator.comparingLong(SyncVerdict::differing));
    }

    static long differing(Pair pair) {
        return pair.result()
                .map(PairResult::check)
                .map(c -> Objects.requireNonNull(c).differing())
                .orElse(0L);
    }

    private static double lag(Pair pair) {
        return pair.result().map(PairResult::lagSeconds).orElse(0.0);
    }
}

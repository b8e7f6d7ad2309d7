package io.lakebaseops.console.branches;

import io.lakebaseops.agents.provisioning.branching.BranchBoard.Active;
import io.lakebaseops.agents.provisioning.branching.BranchLife;
import io.lakebaseops.agents.provisioning.branching.LifeEvent;
import io.lakebaseops.console.Texts;
import io.lakebaseops.lakebase.ControlPlane.Endpoint;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// A row of the graph: a branch, or many of a kind folded into one.
///
/// @param key of the selection: the branch's name, or `fold` and what is folded
/// @param life the branch; of folded ones the newest
/// @param folded those it stands for; empty for a branch
/// @param preview one that is about to be created
/// @param through fork points of lines that pass this row
/// @param forks fork points of its own children, drawn further down
/// @param forked whether the line from its parent is drawn
/// @param computes null until they are read
/// @param active when its compute ran statements
/// @param skipped resets that were refused
record BranchLine(
        String key,
        int depth,
        BranchLife life,
        List<BranchLife> folded,
        boolean preview,
        List<Instant> through,
        List<Instant> forks,
        boolean forked,
        @Nullable List<Endpoint> computes,
        List<Active> active,
        List<LifeEvent> skipped) {
    /// A compute that ran nothing for so long waits only.
    private static final Duration IDLE_AFTER = Duration.ofMinutes(10);

    /// What its compute does.
    enum Compute {
        UNKNOWN(""),
        ACTIVE(Texts.marked("active")),
        IDLE(Texts.marked("idle")),
        WAKING(Texts.marked("waking")),
        SUSPENDED(Texts.marked("suspended"));

        private final String word;

        Compute(String word) {
            this.word = word;
        }

        String word() {
            return Texts.of(word);
        }
    }

    boolean isFold() {
        return !folded.isEmpty();
    }

    String title() {
        return isFold() ? "%s %d".formatted(life.type(), folded.size()) : life.id();
    }

    Compute compute(Instant now) {
        return compute(computes, now);
    }

    static Compute compute(@Nullable List<Endpoint> computes, Instant now) {
        if (computes == null) {
            return Compute.UNKNOWN;
        }
        if (computes.stream().anyMatch(e -> !e.settled() || e.state().equals("INIT"))) {
            return Compute.WAKING;
        }
        var awake = computes.stream().filter(e -> e.state().equals("ACTIVE")).toList();
        if (awake.isEmpty()) {
            return Compute.SUSPENDED;
        }
        boolean busy =
                awake.stream()
                        .map(Endpoint::lastActive)
                        .anyMatch(t -> t == null || t.isAfter(now.minus(IDLE_AFTER)));
        return busy ? Compute.ACTIVE : Compute.IDLE;
    }

    /// The read-write compute, as `0.25–2 CU`.
    static String size(Endpoint e) {
        return e.minCu() == e.maxCu()
                ? Texts.of("%s CU", number(e.maxCu()))
                : Texts.of("%s–%s CU", number(e.minCu()), number(e.maxCu()));
    }

    private static String number(double cu) {
        return cu == Math.rint(cu) ? Long.toString((long) cu) : Double.toString(cu);
    }
}

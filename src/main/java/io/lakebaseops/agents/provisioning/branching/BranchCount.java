package io.lakebaseops.agents.provisioning.branching;

import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.Severity;
import io.lakebaseops.lakebase.ControlPlane;
import io.lakebaseops.lakebase.ControlPlane.Branch;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The branches that count against a project's limit, and those that could go first.
record BranchCount(int unarchived, int limit, List<Candidate> candidates) {
    BranchCount {
        candidates = List.copyOf(candidates);
    }

    /// A branch nobody would miss: no child, not protected, not the default, its compute idle.
    ///
    /// @param idleSince null when its compute never ran
    record Candidate(String branch, Instant createdAt, @Nullable Instant idleSince) {}

    static BranchCount of(ControlPlane plane, List<Branch> branches, int limit, Deadline deadline) {
        var unarchived = branches.stream().filter(BranchCount::counts).toList();
        var candidates =
                unarchived.stream()
                        .filter(
                                b ->
                                        !b.isDefault()
                                                && !b.isProtected()
                                                && !hasChildren(b, branches))
                        .flatMap(b -> candidate(plane, b, deadline).stream())
                        .sorted(
                                Comparator.comparing(
                                        c -> c.idleSince() == null ? c.createdAt() : c.idleSince()))
                        .limit(5)
                        .toList();
        return new BranchCount(unarchived.size(), limit, candidates);
    }

    double share() {
        return limit == 0 ? 1 : (double) unarchived / limit;
    }

    Optional<Severity> severity(BranchPolicy.Limits limits) {
        if (share() >= limits.criticalShare()) {
            return Optional.of(Severity.CRITICAL);
        }
        return share() >= limits.warningShare() ? Optional.of(Severity.WARNING) : Optional.empty();
    }

    static boolean counts(Branch branch) {
        return !branch.state().toUpperCase(Locale.ROOT).contains("ARCHIVED");
    }

    static boolean hasChildren(Branch branch, List<Branch> all) {
        return all.stream().anyMatch(b -> branch.id().equals(b.source()));
    }

    private static Optional<Candidate> candidate(ControlPlane plane, Branch b, Deadline deadline) {
        var endpoints = plane.endpoints(b.project(), b.id(), deadline);
        if (endpoints.stream().anyMatch(e -> e.state().equals("ACTIVE"))) {
            return Optional.empty();
        }
        var last =
                endpoints.stream()
                        .flatMap(e -> Optional.ofNullable(e.lastActive()).stream())
                        .max(Comparator.naturalOrder())
                        .orElse(null);
        return Optional.of(new Candidate(b.id(), b.createdAt(), last));
    }
}

package io.lakebaseops.agents.provisioning.branching;

import io.lakebaseops.domain.TargetId;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The open pull requests, as far as their events told us.
public interface PullRequests {
    /// The newest event of a pull request stays; an older one that comes late is not kept.
    ///
    /// @return false when something newer is known
    boolean heard(TargetId project, PullRequest news, String by);

    Optional<PullRequest> find(TargetId project, long number);

    List<PullRequest> all(TargetId project);

    /// Open, and heard of within `silence`: a closing that got lost keeps no branch for ever.
    default List<PullRequest> open(TargetId project, Instant now, Duration silence) {
        return all(project).stream()
                .filter(p -> p.open() && p.at().isAfter(now.minus(silence)))
                .toList();
    }

    /// @param ref what the pull request is made of, a branch or commit of the repository
    /// @param at when its last event happened
    record PullRequest(
            long number,
            String branch,
            @Nullable String ref,
            boolean open,
            boolean merged,
            Instant at) {}
}

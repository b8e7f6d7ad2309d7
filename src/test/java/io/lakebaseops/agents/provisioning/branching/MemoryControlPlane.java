package io.lakebaseops.agents.provisioning.branching;

import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.OpsException.Kind;

import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The branch rules of the service in memory, for tests with thousands of trees. Knows one project
/// and no computes.
final class MemoryControlPlane extends ProposesOnly {
    static final String PROJECT = "shop-prod";

    final Map<String, Branch> live = new LinkedHashMap<>();
    final Map<String, Branch> deleted = new LinkedHashMap<>();
    final Map<String, Instant> deletions = new LinkedHashMap<>();
    final Clock clock;
    private int uids;

    MemoryControlPlane(Clock clock) {
        this.clock = clock;
        put("production", null, null, true, false, clock.instant());
    }

    Branch put(
            String id,
            @Nullable String source,
            @Nullable Instant expires,
            boolean isDefault,
            boolean isProtected,
            Instant made) {
        var b =
                new Branch(
                        PROJECT,
                        id,
                        "br-" + uids++,
                        "READY",
                        isDefault,
                        isProtected,
                        source,
                        expires,
                        0,
                        made);
        live.put(id, b);
        return b;
    }

    /// What the service does by itself as time goes by.
    void expire() {
        for (var b : List.copyOf(live.values())) {
            if (b.expiresAt() != null && !b.expiresAt().isAfter(clock.instant())) {
                live.remove(b.id());
                deleted.put(b.id(), b);
            }
        }
    }

    boolean parent(String id) {
        return live.values().stream().anyMatch(b -> id.equals(b.source()));
    }

    @Override
    public String user() {
        return "ada";
    }

    @Override
    public List<Project> projects(Deadline deadline) {
        return List.of(project(PROJECT, deadline).orElseThrow());
    }

    @Override
    public Optional<Project> project(String project, Deadline deadline) {
        return project.equals(PROJECT)
                ? Optional.of(
                        new Project(
                                PROJECT,
                                "u",
                                PROJECT,
                                "production",
                                Duration.ofDays(7),
                                Instant.EPOCH))
                : Optional.empty();
    }

    @Override
    public List<Branch> branches(String project, Deadline deadline) {
        return List.copyOf(live.values());
    }

    @Override
    public Optional<Branch> branch(String project, String branch, Deadline deadline) {
        return Optional.ofNullable(live.get(branch));
    }

    @Override
    public List<Endpoint> endpoints(String project, String branch, Deadline deadline) {
        return List.of();
    }

    @Override
    public Branch createBranch(NewBranch wanted, Deadline deadline, OperationProgress progress) {
        if (live.containsKey(wanted.id()) || deleted.containsKey(wanted.id())) {
            throw refused(Kind.CONFLICT, wanted.id() + " already exists");
        }
        var source = live.get(wanted.source());
        if (source == null) {
            throw refused(Kind.NOT_FOUND, "branch id not found");
        }
        if (source.expiresAt() != null || live.size() >= 10) {
            throw refused(Kind.CONFLICT, "quota, or an expiring parent");
        }
        return put(
                wanted.id(),
                wanted.source(),
                wanted.ttl() == null ? null : clock.instant().plus(wanted.ttl()),
                false,
                wanted.isProtected(),
                clock.instant());
    }

    @Override
    public void deleteBranch(String project, String branch, Deadline deadline) {
        var b = there(branch);
        if (b.isDefault() || b.isProtected() || b.source() == null || parent(branch)) {
            throw refused(Kind.INVALID_INPUT, "cannot delete " + branch);
        }
        live.remove(branch);
        deleted.put(branch, b);
        deletions.put(branch, clock.instant());
    }

    @Override
    public List<Branch> deletedBranches(String project, Deadline deadline) {
        return new ArrayList<>(deleted.values());
    }

    @Override
    public void undeleteBranch(String project, String branch, Deadline deadline) {
        live.put(branch, deleted.remove(branch));
    }

    @Override
    public void purgeBranch(String project, String branch, Deadline deadline) {
        deleted.remove(branch);
    }

    @Override
    public void protectBranch(
            String project, String branch, boolean isProtected, Deadline deadline) {
        var b = there(branch);
        live.put(branch, with(b, b.isDefault(), isProtected, b.source(), b.expiresAt()));
    }

    @Override
    public void expireBranch(
            String project, String branch, @Nullable Duration ttl, Deadline deadline) {
        var b = there(branch);
        if (ttl != null && (b.isDefault() || b.isProtected() || parent(branch))) {
            throw refused(Kind.INVALID_INPUT, branch + " cannot expire");
        }
        live.put(
                branch,
                with(
                        b,
                        b.isDefault(),
                        b.isProtected(),
                        b.source(),
                        ttl == null ? null : clock.instant().plus(ttl)));
    }

    static Branch with(
            Branch b,
            boolean isDefault,
            boolean isProtected,
            @Nullable String source,
            @Nullable Instant expires) {
        return new Branch(
                b.project(),
                b.id(),
                b.uid(),
                b.state(),
                isDefault,
                isProtected,
                source,
                expires,
                b.logicalSizeBytes(),
                b.createdAt());
    }

    private Branch there(String branch) {
        var b = live.get(branch);
        if (b == null) {
            throw refused(Kind.NOT_FOUND, "branch id not found");
        }
        return b;
    }

    private static OpsException refused(Kind kind, String why) {
        return new OpsException(kind, "Act", why, "");
    }
}

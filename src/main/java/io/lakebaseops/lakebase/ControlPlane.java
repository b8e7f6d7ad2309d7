package io.lakebaseops.lakebase;

import io.lakebaseops.domain.Deadline;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Projects, branches, endpoints and credentials of one workspace. Blocking; every call has the
/// caller's deadline; errors come as `OpsException` with the service's own words in `why`.
public interface ControlPlane {
    String user();

    List<Project> projects(Deadline deadline);

    Optional<Project> project(String project, Deadline deadline);

    List<Branch> branches(String project, Deadline deadline);

    Optional<Branch> branch(String project, String branch, Deadline deadline);

    List<Endpoint> endpoints(String project, String branch, Deadline deadline);

    /// Creates and waits until the branch is READY and its endpoint has settled.
    Branch createBranch(NewBranch wanted, Deadline deadline, OperationProgress progress);

    void deleteBranch(String project, String branch, Deadline deadline);

    /// A password for the endpoint, valid until `expiresAt` (checked by the server at login only).
    Credential credential(Endpoint endpoint, Deadline deadline);

    record Project(
            String id,
            String uid,
            String displayName,
            String defaultBranch,
            Duration historyRetention,
            Instant createdAt) {}

    /// @param state the service's word: `READY`, `INIT`, `ARCHIVED` …
    record Branch(
            String project,
            String id,
            String uid,
            String state,
            boolean isDefault,
            boolean isProtected,
            @Nullable String source,
            @Nullable Instant expiresAt,
            long logicalSizeBytes,
            Instant createdAt) {}

    /// @param state `ACTIVE`, `IDLE` (suspended; a connection wakes it), `INIT`, `DEGRADED`
    record Endpoint(
            String project,
            String branch,
            String id,
            String name,
            boolean readWrite,
            String state,
            boolean settled,
            boolean disabled,
            @Nullable String host,
            int port,
            double minCu,
            double maxCu,
            @Nullable Duration suspendAfter,
            @Nullable Instant lastActive) {}

    /// @param ttl null = no expiry
    record NewBranch(
            String project,
            String id,
            String source,
            @Nullable Duration ttl,
            boolean isProtected) {}

    record Credential(String user, String password, Instant expiresAt) {
        @Override
        public String toString() {
            return "Credential[user=" + user + ", expiresAt=" + expiresAt + "]";
        }
    }

    @FunctionalInterface
    interface OperationProgress {
        void at(String what);
    }
}

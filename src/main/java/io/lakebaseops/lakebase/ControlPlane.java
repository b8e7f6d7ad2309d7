package io.lakebaseops.lakebase;

import io.lakebaseops.domain.Deadline;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
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

    /// Deleted branches: they hold their names until they are purged.
    List<Branch> deletedBranches(String project, Deadline deadline);

    /// Brings back a deleted branch; one that is there is no error.
    void undeleteBranch(String project, String branch, Deadline deadline);

    /// Frees the name of a deleted branch for good; one that is not there is no error.
    void purgeBranch(String project, String branch, Deadline deadline);

    void protectBranch(String project, String branch, boolean isProtected, Deadline deadline);

    /// @param ttl from now; null = no expiry
    void expireBranch(String project, String branch, @Nullable Duration ttl, Deadline deadline);

    /// Creates and waits until `production` is READY and its endpoint has settled.
    Project createProject(NewProject wanted, Deadline deadline, OperationProgress progress);

    /// Softly: it can be brought back for some days.
    void deleteProject(String project, Deadline deadline);

    Map<String, String> tags(String project, Deadline deadline);

    void tagProject(String project, Map<String, String> tags, Deadline deadline);

    EndpointConfig shape(Endpoint endpoint, Deadline deadline);

    /// Makes a read-only endpoint that is missing; waits until the compute has settled.
    void shapeEndpoint(
            String project, String branch, String id, EndpointConfig wanted, Deadline deadline);

    List<Role> roles(String project, String branch, Deadline deadline);

    /// Makes the role, or gives the one that is there these rights.
    void ensureRole(String project, String branch, Role wanted, Deadline deadline);

    /// A password for the endpoint, valid until `expiresAt` (checked by the server at login only).
    Credential credential(Endpoint endpoint, Deadline deadline);

    /// What this workspace's Unity Catalog knows of its databases.
    UnityCatalog unity();

    /// What was listed last; the same object for all who ask. One that keeps nothing asks each
    /// time.
    default WorkspaceListing listing() {
        return WorkspaceListing.live(this);
    }

    record Project(
            String id,
            String uid,
            String displayName,
            String defaultBranch,
            Duration historyRetention,
            Instant createdAt) {}

    /// @param state the service's word: `READY`, `INIT`, `ARCHIVED` …
    /// @param deletedAt null while it is there
    /// @param sourceTime moment of the source's past that it was copied from; null where the
    ///     service does not tell
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
            Instant createdAt,
            @Nullable Instant deletedAt,
            @Nullable Instant sourceTime) {
        /// One that is there.
        public Branch(
                String project,
                String id,
                String uid,
                String state,
                boolean isDefault,
                boolean isProtected,
                @Nullable String source,
                @Nullable Instant expiresAt,
                long logicalSizeBytes,
                Instant createdAt) {
            this(
                    project,
                    id,
                    uid,
                    state,
                    isDefault,
                    isProtected,
                    source,
                    expiresAt,
                    logicalSizeBytes,
                    createdAt,
                    null,
                    null);
        }
    }

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
    /// @param at moment of the source's past to copy; null = now, or `lsn`
    /// @param lsn position in the source's log to copy, like `0/1A2B3C`; null = now, or `at`
    record NewBranch(
            String project,
            String id,
            String source,
            @Nullable Duration ttl,
            boolean isProtected,
            @Nullable Instant at,
            @Nullable String lsn) {
        public NewBranch {
            if (at != null && lsn != null) {
                throw new IllegalArgumentException("Either a moment or a log position, not both");
            }
        }

        /// A copy of the source as it is now.
        public NewBranch(
                String project,
                String id,
                String source,
                @Nullable Duration ttl,
                boolean isProtected) {
            this(project, id, source, ttl, isProtected, null, null);
        }
    }

    /// @param suspendAfter null = never
    record NewProject(
            String id,
            String displayName,
            double minCu,
            double maxCu,
            @Nullable Duration suspendAfter,
            boolean isProtected,
            Map<String, String> tags) {
        public NewProject {
            tags = Map.copyOf(tags);
        }
    }

    /// What of an endpoint somebody chose, as against what the service reports.
    ///
    /// @param suspendAfter null = never
    record EndpointConfig(
            boolean readWrite,
            double minCu,
            double maxCu,
            @Nullable Duration suspendAfter,
            boolean disabled,
            Map<String, String> settings) {
        public EndpointConfig {
            settings = Map.copyOf(settings);
        }
    }

    /// @param identity `USER`, `GROUP`, `SERVICE_PRINCIPAL`; null = a plain role
    /// @param login the service's word for how it logs in; null = the service's default
    record Role(
            String name,
            @Nullable String identity,
            @Nullable String login,
            boolean createDb,
            boolean createRole,
            boolean bypassRls,
            boolean superuser) {}

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

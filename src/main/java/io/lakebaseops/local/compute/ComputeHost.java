package io.lakebaseops.local.compute;

import io.lakebaseops.local.compute.history.PastPoint;

import org.jspecify.annotations.Nullable;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the control plane asks of the machine room: real data directories, real postmasters, one
/// gateway port per endpoint. Calls block; the control plane makes them on operation threads.
/// Branches and endpoints are known here by their uid only (`br-…`, `ep-…`).
public interface ComputeHost extends AutoCloseable {

    /// Makes the data directory of a root branch (initdb or a copy of the cached template), with
    /// the roles `databricks_superuser` and `owner` (LOGIN, member of it) and database
    /// `databricks_postgres` owned by `owner`.
    ///
    /// @param maxCu of the endpoint it will have: its server need not be started anew for it
    void createRoot(String branchUid, String owner, double maxCu);

    /// Copies a branch from its source while the source keeps working (or is stopped).
    /// Returns the LSN the copy was taken at.
    String fork(String sourceBranchUid, String branchUid);

    /// Why no branch can be made of the source as it was at this point; empty when one can.
    Optional<String> pastObstacle(String sourceBranchUid, PastPoint point);

    /// Makes a branch that holds exactly what its source had committed by the point, from a base
    /// backup and the log since. Returns the LSN at which it left its source.
    String restore(String sourceBranchUid, String branchUid, PastPoint point);

    /// Keeps the branch's history: a base backup when one is due, nothing older than `keepFrom`
    /// needs. To be called now and then; takes as long as a copy of the branch at most.
    void tendHistory(String branchUid, Instant keepFrom);

    /// Stops what runs on the branch and frees its directory. Does nothing if it is gone already.
    void drop(String branchUid);

    /// Measured bytes of the branch's databases (`pg_database_size`), or of the files when stopped.
    long logicalSizeBytes(String branchUid);

    /// Opens the endpoint's gateway port (stable across restarts of the server) and starts the
    /// compute unless the spec says disabled. The compute of a read-only endpoint is a streaming
    /// standby, copied at its first start.
    void openEndpoint(EndpointSpec spec);

    /// Applies new limits, settings, suspend time or `disabled` (which stops the compute).
    void updateEndpoint(EndpointSpec spec);

    void closeEndpoint(String endpointUid);

    /// Closes the endpoint for good and frees what it has of its own: its port, a standby's files.
    void dropEndpoint(String branchUid, String endpointUid);

    /// Gives up the port that is kept for an endpoint, which is gone with its branch.
    void forgetPort(String endpointUid);

    EndpointStatus status(String endpointUid);

    void createRole(String branchUid, RoleSpec role);

    void alterRole(String branchUid, RoleSpec role);

    void dropRole(String branchUid, String roleName, @Nullable String reassignOwnedTo);

    List<RoleSpec> roles(String branchUid);

    /// Whether a role of the branch may log in now with this password, which PostgreSQL keeps for
    /// it. Wakes the branch's server.
    boolean passwordFits(String branchUid, String role, String password);

    /// Takes their passwords from all roles of the branch.
    void forgetPasswords(String branchUid);

    void createDatabase(String branchUid, DatabaseSpec database);

    /// Renames the database (which nobody may be connected to then) and hands it to its new owner.
    void alterDatabase(String branchUid, String databaseName, DatabaseSpec wanted);

    void dropDatabase(String branchUid, String databaseName);

    List<DatabaseSpec> databases(String branchUid);

    /// Faults for tests and game days.
    Faults faults(String endpointUid);

    @Override
    void close();

    /// @param suspendAfter idle time after which the compute stops; null = never
    record EndpointSpec(
            String endpointUid,
            String branchUid,
            boolean readOnly,
            double minCu,
            double maxCu,
            @Nullable Duration suspendAfter,
            boolean disabled,
            Map<String, String> pgSettings) {
        public EndpointSpec {
            pgSettings = Map.copyOf(pgSettings);
        }
    }

    enum ComputeState {
        STARTING,
        RUNNING,
        STOPPED,
        FAILED
    }

    /// @param problem why the compute is FAILED, in words; null otherwise
    record EndpointStatus(
            ComputeState state,
            String host,
            int port,
            @Nullable Instant lastActive,
            @Nullable String problem) {}

    record RoleSpec(
            String name,
            boolean login,
            boolean createDb,
            boolean createRole,
            boolean bypassRls,
            List<String> memberOf) {
        public RoleSpec {
            memberOf = List.copyOf(memberOf);
        }
    }

    record DatabaseSpec(String name, String owner) {}

    /// Each setting holds until changed; `clear` removes all.
    interface Faults {
        void latency(Duration each);

        void frozen(boolean frozen);

        void cutConnections();

        void refuseLogins(boolean refuse);

        void killPostmaster();

        /// No space is left on the disk of the data, which all computes of the room share.
        ///
        /// @throws ComputeException with the reason where the branches have no small file system of
        ///     their own
        void fullDisk(boolean full);

        /// The cluster's superuser, past gateway and roles: what a game day breaks, no user could.
        ///
        /// @param replication in the replication protocol
        Connection superuser(String database, boolean replication) throws SQLException;

        void clear();
    }
}

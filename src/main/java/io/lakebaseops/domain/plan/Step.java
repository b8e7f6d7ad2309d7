package io.lakebaseops.domain.plan;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// One act of a plan, complete and exact: what a person approves is what runs.
public sealed interface Step {

    /// What this step does, as a heading.
    String title();

    LockLevel lock();

    Reversibility reversibility();

    /// One statement on one database.
    ///
    /// @param sql the exact text, identifiers quoted, values as `:name` markers
    /// @param transactional false for statements that refuse a transaction block (VACUUM,
    ///     CONCURRENTLY)
    /// @param bytesTouched size of what is touched, for the risk; 0 when unknown or nothing
    record SqlStep(
            String title,
            String database,
            String sql,
            List<SqlParam> params,
            LockLevel lock,
            Reversibility reversibility,
            boolean transactional,
            Duration lockTimeout,
            Duration statementTimeout,
            long bytesTouched)
            implements Step {
        public SqlStep {
            params = List.copyOf(params);
            if (sql.isBlank()) {
                throw new IllegalArgumentException("A SQL step needs its statement");
            }
        }
    }

    /// Several statements on one connection: in one transaction, or one after the other.
    ///
    /// @param transactional all take effect or none; false for what refuses a transaction block
    /// @param statementTimeout of each statement
    /// @param traced record the locks, rewrites and scans of each statement; costs a look at the
    ///     whole catalog after each, so for trials only
    record ScriptStep(
            String title,
            String database,
            List<Statement> statements,
            LockLevel lock,
            Reversibility reversibility,
            boolean transactional,
            Duration lockTimeout,
            Duration statementTimeout,
            long bytesTouched,
            boolean traced)
            implements Step {
        public ScriptStep {
            statements = List.copyOf(statements);
            if (statements.isEmpty()) {
                throw new IllegalArgumentException("A script needs a statement");
            }
        }

        /// @param sql one statement; sent to the letter when it has no `params`, else with
        ///     `:name` markers
        public record Statement(String sql, List<SqlParam> params) {
            public Statement {
                params = List.copyOf(params);
                if (sql.isBlank()) {
                    throw new IllegalArgumentException("A statement needs its text");
                }
            }

            public static Statement of(String sql) {
                return new Statement(sql, List.of());
            }
        }
    }

    /// One call to the control plane.
    record ApiStep(String title, ApiAct act, Reversibility reversibility) implements Step {
        @Override
        public LockLevel lock() {
            return LockLevel.NONE;
        }
    }

    /// The calls to the control plane that plans may hold.
    sealed interface ApiAct {
        /// As a person who decides about it reads it.
        default String inWords() {
            return ActDescription.of(this);
        }

        /// @param ttlSeconds null = no expiry
        /// @param at moment of the source's past to copy; null = as it is when the step runs
        record CreateBranch(
                String project,
                String branch,
                String source,
                @Nullable Long ttlSeconds,
                boolean isProtected,
                @Nullable Instant at)
                implements ApiAct {
            public CreateBranch(
                    String project,
                    String branch,
                    String source,
                    @Nullable Long ttlSeconds,
                    boolean isProtected) {
                this(project, branch, source, ttlSeconds, isProtected, null);
            }
        }

        record DeleteBranch(String project, String branch) implements ApiAct {}

        /// Brings back a deleted branch that was not purged yet, with its data.
        record UndeleteBranch(String project, String branch) implements ApiAct {}

        /// Frees the name of a deleted branch; its data cannot be brought back after that.
        record PurgeBranch(String project, String branch) implements ApiAct {}

        record ProtectBranch(String project, String branch, boolean isProtected)
                implements ApiAct {}

        /// @param ttlSeconds from the moment it runs; null = no expiry
        record SetExpiry(String project, String branch, @Nullable Long ttlSeconds)
                implements ApiAct {}

        /// A project with its branch `production` and that branch's endpoint.
        ///
        /// @param suspendSeconds idle time before the compute stops; null = never
        record CreateProject(
                String project,
                String displayName,
                double minCu,
                double maxCu,
                @Nullable Long suspendSeconds,
                boolean isProtected,
                Map<String, String> tags)
                implements ApiAct {
            public CreateProject {
                tags = sorted(tags);
            }
        }

        /// It can be brought back for some days.
        record DeleteProject(String project) implements ApiAct {}

        /// @param tags all of them: what is not named here is taken off
        record TagProject(String project, Map<String, String> tags) implements ApiAct {
            public TagProject {
                tags = sorted(tags);
            }
        }

        /// Gives an endpoint this shape, and makes it first when a read-only one is missing.
        ///
        /// @param suspendSeconds idle time before the compute stops; null = never
        record ShapeEndpoint(
                String project,
                String branch,
                String endpoint,
                boolean readWrite,
                double minCu,
                double maxCu,
                @Nullable Long suspendSeconds,
                boolean disabled,
                Map<String, String> settings)
                implements ApiAct {
            public ShapeEndpoint {
                settings = sorted(settings);
            }
        }

        /// Makes the role unless it is there, and gives it these rights.
        ///
        /// @param identity `USER`, `GROUP`, `SERVICE_PRINCIPAL`; null = a plain role
        record EnsureRole(
                String project,
                String branch,
                String role,
                @Nullable String identity,
                @Nullable String login,
                boolean createDb,
                boolean createRole,
                boolean bypassRls,
                boolean superuser)
                implements ApiAct {}

        /// What concerns Unity Catalog. A registration makes a database visible there; the
        /// database itself stays as it is.
        sealed interface CatalogAct extends ApiAct {
            String catalog();
        }

        /// @param makeDatabase makes the database first when it is missing
        record RegisterCatalog(
                String catalog,
                String project,
                String branch,
                String database,
                boolean makeDatabase)
                implements CatalogAct {}

        /// Lets go exactly this registration; grants on the catalog go with it.
        record UnregisterCatalog(String catalog, String project, String branch, String database)
                implements CatalogAct {}

        /// @param principal a group of the account, or a user
        record GrantOnCatalog(String catalog, String principal, List<String> privileges)
                implements CatalogAct {
            public GrantOnCatalog {
                privileges = privileges.stream().sorted().toList();
            }
        }

        record RevokeOnCatalog(String catalog, String principal, List<String> privileges)
                implements CatalogAct {
            public RevokeOnCatalog {
                privileges = privileges.stream().sorted().toList();
            }
        }

        /// In one order, so that equal acts read equal and have one fingerprint.
        private static Map<String, String> sorted(Map<String, String> map) {
            return Collections.unmodifiableSortedMap(new TreeMap<>(map));
        }
    }
}

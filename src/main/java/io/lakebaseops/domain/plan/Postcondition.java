package io.lakebaseops.domain.plan;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/// How we tell afterwards whether the change did what it promised.
public sealed interface Postcondition {
    String description();

    /// The named query's `column` of its single row must compare so with `value`.
    record SqlFigure(
            String description,
            String database,
            String query,
            List<SqlParam> params,
            String column,
            Comparison comparison,
            double value)
            implements Postcondition {
        public SqlFigure {
            params = List.copyOf(params);
        }
    }

    record BranchReady(String description, String project, String branch)
            implements Postcondition {}

    record BranchGone(String description, String project, String branch) implements Postcondition {}

    record BranchProtected(String description, String project, String branch, boolean isProtected)
            implements Postcondition {}

    /// The branch expires no earlier than `at`; null = it never does.
    record BranchExpires(
            String description, String project, String branch, @Nullable Instant noEarlierThan)
            implements Postcondition {}

    /// The endpoint's compute stops after this idle time.
    ///
    /// @param seconds null = it never does
    record EndpointSuspends(
            String description,
            String project,
            String branch,
            String endpoint,
            @Nullable Long seconds)
            implements Postcondition {}

    /// Unity Catalog shows exactly this database under this name.
    record CatalogRegistered(
            String description, String catalog, String project, String branch, String database)
            implements Postcondition {}

    record CatalogGone(String description, String catalog) implements Postcondition {}

    /// The principal holds all of these (or, when not `held`, none of them).
    record CatalogGrants(
            String description,
            String catalog,
            String principal,
            List<String> privileges,
            boolean held)
            implements Postcondition {
        public CatalogGrants {
            privileges = privileges.stream().sorted().toList();
        }
    }

    /// The rows of an archival are where its plan left them.
    ///
    /// @param archival as its order and its journal name it
    /// @param keys of the rows that are meant, as the archive's `_key` has them; empty = all
    record ArchivedRows(String description, UUID archival, Place place, List<String> keys)
            implements Postcondition {
        public ArchivedRows {
            keys = List.copyOf(keys);
        }

        public enum Place {
            IN_ARCHIVE,
            NOT_IN_TABLE,
            IN_TABLE,
            NOT_IN_ARCHIVE
        }
    }

    enum Comparison {
        AT_MOST,
        AT_LEAST,
        EQUAL,
        LESS_THAN
    }
}

package io.lakebaseops.local.api.state;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/// The stored record of a database.
///
/// @param role full resource name of the owning role
/// @param catalog full name of the catalog it was registered with; a child branch inherits this
public record DatabaseRow(
        String branch,
        String id,
        Instant createTime,
        Instant updateTime,
        String postgresDatabase,
        String role,
        @Nullable String catalog) {
    public DatabaseRow(
            String branch,
            String id,
            Instant createTime,
            Instant updateTime,
            String postgresDatabase,
            String role) {
        this(branch, id, createTime, updateTime, postgresDatabase, role, null);
    }

    public String name() {
        return Names.database(branch, id);
    }

    /// The same database as a child branch has it after the copy.
    public DatabaseRow on(String otherBranch) {
        String owner = Names.role(otherBranch, Names.leaf(role));
        return new DatabaseRow(
                otherBranch, id, createTime, updateTime, postgresDatabase, owner, catalog);
    }

    public DatabaseRow with(String newName, String newRole, Instant now) {
        return new DatabaseRow(branch, id, createTime, now, newName, newRole, catalog);
    }

    public DatabaseRow registered(@Nullable String with) {
        return new DatabaseRow(branch, id, createTime, updateTime, postgresDatabase, role, with);
    }
}

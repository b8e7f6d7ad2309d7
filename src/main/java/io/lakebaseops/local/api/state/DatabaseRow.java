package io.lakebaseops.local.api.state;

import java.time.Instant;

/// What is remembered of a database?
///
/// @param role full resource name of the owning role
public record DatabaseRow(
        String branch,
        String id,
        Instant createTime,
        Instant updateTime,
        String postgresDatabase,
        String role) {

    public String name() {
        return Names.database(branch, id);
    }

    /// The same database as a child branch has it after the copy.
    public DatabaseRow on(String otherBranch) {
        String owner = Names.role(otherBranch, Names.leaf(role));
        return new DatabaseRow(otherBranch, id, createTime, updateTime, postgresDatabase, owner);
    }

    public DatabaseRow with(String newName, String newRole, Instant now) {
        return new DatabaseRow(branch, id, createTime, now, newName, newRole);
    }
}

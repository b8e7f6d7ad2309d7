package io.lakebaseops.domain;

/// Which database server something is about: a branch of a Lakebase project, or a plain PostgreSQL.
///
/// @param profile the connection profile it is reached through
/// @param project Lakebase project id, or `postgres` for a plain target
/// @param branch branch id, or the plain target's host:port
public record TargetId(String profile, String project, String branch) {
    public static final String PLAIN = "postgres";

    public TargetId {
        if (profile.isBlank() || project.isBlank() || branch.isBlank()) {
            throw new IllegalArgumentException("A target names profile, project and branch");
        }
    }

    /// A PostgreSQL by itself: no project of a control plane has a branch named `host:port`.
    public boolean plain() {
        return project.equals(PLAIN) && branch.contains(":");
    }

    /// @param key as [#key] writes it
    public static TargetId ofKey(String key) {
        var parts = key.split("/", 3);
        if (parts.length != 3) {
            throw new IllegalArgumentException("Not the key of a target: " + key);
        }
        return new TargetId(parts[0], parts[1], parts[2]);
    }

    public String key() {
        return profile + "/" + project + "/" + branch;
    }

    @Override
    public String toString() {
        return project + "/" + branch;
    }
}

package io.lakebaseops.local.compute;

import java.nio.file.Path;

/// Where the log of a branch's PostgreSQL is, in the directory of its room.
public final class ServerLog {
    private ServerLog() {}

    /// @param dir of the room
    public static Path of(Path dir, String branchUid) {
        return in(dir.resolve(BranchPlaces.BRANCHES).resolve(branchUid));
    }

    static Path in(Path branchDir) {
        return branchDir.resolve("postgres.log");
    }
}

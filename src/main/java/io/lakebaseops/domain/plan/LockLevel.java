package io.lakebaseops.domain.plan;

/// The table lock a statement takes (PostgreSQL manual 13.3.1), weakest first, in words for people.
public enum LockLevel {
    NONE("blocks nobody"),
    ACCESS_SHARE("blocks nobody but DROP and ALTER"),
    ROW_SHARE("blocks nobody but DROP and ALTER"),
    ROW_EXCLUSIVE("blocks nobody but DDL and index builds"),
    SHARE_UPDATE_EXCLUSIVE("blocks nobody; other maintenance on the table waits"),
    SHARE("blocks writes"),
    SHARE_ROW_EXCLUSIVE("blocks writes"),
    EXCLUSIVE("blocks writes"),
    ACCESS_EXCLUSIVE("blocks reads and writes");

    private final String inWords;

    LockLevel(String inWords) {
        this.inWords = inWords;
    }

    public String inWords() {
        return inWords;
    }

    /// From the server's name of it: `AccessExclusiveLock`.
    public static LockLevel ofMode(String mode) {
        return switch (mode) {
            case "AccessShareLock" -> ACCESS_SHARE;
            case "RowShareLock" -> ROW_SHARE;
            case "RowExclusiveLock" -> ROW_EXCLUSIVE;
            case "ShareUpdateExclusiveLock" -> SHARE_UPDATE_EXCLUSIVE;
            case "ShareLock" -> SHARE;
            case "ShareRowExclusiveLock" -> SHARE_ROW_EXCLUSIVE;
            case "ExclusiveLock" -> EXCLUSIVE;
            case "AccessExclusiveLock" -> ACCESS_EXCLUSIVE;
            default -> throw new IllegalArgumentException("Not a table lock: " + mode);
        };
    }

    public boolean blocksWrites() {
        return compareTo(SHARE) >= 0;
    }
}

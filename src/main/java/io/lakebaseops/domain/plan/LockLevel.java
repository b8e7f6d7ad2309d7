package io.lakebaseops.domain.plan;

/// The table lock a statement takes (PostgreSQL manual 13.3.1), weakest first, in words for people.
public enum LockLevel {
    NONE("blocks nobody"),
    ACCESS_SHARE("blocks nobody but DROP and ALTER"),
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

    public boolean blocksWrites() {
        return compareTo(SHARE) >= 0;
    }
}

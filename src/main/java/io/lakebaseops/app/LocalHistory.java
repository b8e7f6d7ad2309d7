package io.lakebaseops.app;

import io.lakebaseops.lakehouse.OpsTables;
import io.lakebaseops.lakehouse.delta.DuckDb;
import io.lakebaseops.lakehouse.delta.LocalLakehouse;

import java.time.Clock;

/// The history on this machine, with all its tables, so that whoever comes first can append.
final class LocalHistory {
    private LocalHistory() {}

    static LocalLakehouse open(Home home, Clock clock) {
        var duck = DuckDb.keepingLibraryIn(home.dir().resolve("native"));
        var lake = LocalLakehouse.open(home.lakehouse(), clock, duck);
        lake.ensureTables(OpsTables.ALL);
        return lake;
    }
}

package io.lakebaseops.testing;

import io.lakebaseops.state.StateDb;
import io.lakebaseops.state.StateSettings;

/// State databases on the shared server: copies of one whose tables were made once, since making
/// them costs more than most tests.
public final class StateDatabases {
    private StateDatabases() {}

    private static final class Holder {
        static final Pg17.Database TEMPLATE = template();
    }

    private static Pg17.Database template() {
        var database = Pg17.shared().database("state_template");
        StateDb.open(settings(database.url())).close();
        return database;
    }

    /// A new one, with our tables and nothing in them.
    public static Pg17.Database fresh(String hint) {
        return Pg17.shared().database(hint, Holder.TEMPLATE.name());
    }

    public static StateSettings settings(String url) {
        return StateSettings.of(url, Pg17.DBA, Pg17.DBA_PASSWORD);
    }

    /// Opens a new one.
    public static StateDb open(String hint) {
        return StateDb.open(settings(fresh(hint).url()));
    }
}

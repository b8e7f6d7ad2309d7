package io.lakebaseops.state;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Settings of the whole installation: small named texts shared by every process.
public final class Settings {
    private final StateDb db;

    public Settings(StateDb db) {
        this.db = db;
    }

    public Optional<String> get(String name) {
        return db
                .tx(tx -> tx.column(StateSql.SETTING_GET, Map.of("name", name), String.class))
                .stream()
                .findFirst();
    }

    /// All settings whose names begin so.
    public Map<String, String> startingWith(String prefix) {
        var params = Map.of("prefix", prefix);
        return db
                .tx(tx -> tx.query(StateSql.SETTINGS_STARTING_WITH, params, Setting.class))
                .stream()
                .collect(Collectors.toUnmodifiableMap(Setting::name, Setting::value));
    }

    private record Setting(String name, String value) {}

    /// Keeps the value unless the one that is there is greater; values begin with their time.
    /// Returns false when it was kept out.
    public boolean putNewer(String name, String value, String by) {
        return db.tx(
                        tx ->
                                tx.update(
                                        StateSql.SETTING_PUT_NEWER,
                                        Map.of("name", name, "value", value, "by", by)))
                == 1;
    }

    /// Returns false when one of that name was there, which then stays.
    public boolean putFirst(String name, String value, String by) {
        return db.tx(
                        tx ->
                                tx.update(
                                        StateSql.SETTING_PUT_FIRST,
                                        Map.of("name", name, "value", value, "by", by)))
                == 1;
    }
}

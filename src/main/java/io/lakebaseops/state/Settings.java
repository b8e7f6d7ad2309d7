package io.lakebaseops.state;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Settings of the whole installation: small named texts shared by every process.
public final class Settings {
    private final StateDb db;

    public Settings(StateDb db) {
        this.db = db;
    }

    public Optional<String> get(String name) {
        return db.tx(
                tx ->
                        tx.first(
                                StateSql.SETTING_GET,
                                Map.of("name", name),
                                row -> row.text("value")));
    }

    /// All settings whose names begin so.
    public Map<String, String> startingWith(String prefix) {
        return db.tx(
                tx -> {
                    var found = new TreeMap<String, String>();
                    tx.query(
                                    StateSql.SETTINGS_STARTING_WITH,
                                    Map.of("prefix", prefix),
                                    row -> Map.entry(row.text("name"), row.text("value")))
                            .forEach(e -> found.put(e.getKey(), e.getValue()));
                    return Map.copyOf(found);
                });
    }

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

    public void put(String name, String value, String by) {
        db.run(
                tx ->
                        tx.update(
                                StateSql.SETTING_PUT,
                                Map.of("name", name, "value", value, "by", by)));
    }
}

package io.lakebaseops.state;

import java.util.Map;
import java.util.Optional;

/// What did somebody choose for the whole installation? Small named texts shared by every process.
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

    public void put(String name, String value, String by) {
        db.run(
                tx ->
                        tx.update(
                                StateSql.SETTING_PUT,
                                Map.of("name", name, "value", value, "by", by)));
    }
}

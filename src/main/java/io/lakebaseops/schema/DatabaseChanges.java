package io.lakebaseops.schema;

import io.lakebaseops.schema.TopLevelObject.Database;
import io.lakebaseops.schema.TopLevelObject.Setting;

import java.util.Objects;
import java.util.Set;

/// Statements that change the settings of a database itself. The name is that of the database the
/// statements run in.
final class DatabaseChanges {
    /// Settings kept as lists of quoted names (`GUC_LIST_QUOTE` in the server's `guc_tables.c`).
    private static final Set<String> LISTS =
            Set.of(
                    "local_preload_libraries",
                    "search_path",
                    "session_preload_libraries",
                    "shared_preload_libraries",
                    "temp_tablespaces",
                    "unix_socket_directories");

    private final Script script;
    private final String name;

    DatabaseChanges(Script script, String database) {
        this.script = script;
        this.name = "DATABASE " + DdlFormatter.ident(database);
    }

    String reference() {
        return name;
    }

    void between(Database a, Database b) {
        if (!a.made().equals(b.made())) {
            script.remains(
                    b.id(), "encoding and locale are chosen when a database is made: " + b.made());
        }
        if (!a.tablespace().equals(b.tablespace())) {
            script.remains(
                    b.id(), "a database is moved to " + b.tablespace() + " with nobody on it");
        }
        if (!a.system().equals(b.system())) {
            script.remains(b.id(), "a function, view or comment of the system was altered by hand");
        }
        if (a.connectionLimit() != b.connectionLimit()) {
            script.late(b.id(), "ALTER " + name + " CONNECTION LIMIT " + b.connectionLimit());
        }
        if (a.template() != b.template()) {
            script.late(b.id(), "ALTER " + name + " IS_TEMPLATE " + b.template());
        }
        for (var setting : a.settings()) {
            if (b.settings().stream().noneMatch(s -> sameName(s, setting))) {
                script.late(b.id(), head(setting) + " RESET " + parameter(setting));
            }
        }
        for (var setting : b.settings()) {
            if (a.settings().contains(setting)) {
                continue;
            }
            if (setting.value() == null) {
                script.remains(b.id(), setting.name() + " is a secret: set it by hand");
            } else {
                var value = value(setting.name(), setting.value());
                script.late(b.id(), head(setting) + " SET " + parameter(setting) + " TO " + value);
            }
        }
    }

    private static boolean sameName(Setting a, Setting b) {
        return a.name().equals(b.name()) && Objects.equals(a.role(), b.role());
    }

    private String head(Setting setting) {
        return setting.role() == null
                ? "ALTER " + name
                : "ALTER ROLE " + DdlFormatter.ident(setting.role()) + " IN " + name;
    }

    /// `work_mem`, or with its prefix `app.tenant`.
    private static String parameter(Setting setting) {
        return Qualified.dotted(setting.name());
    }

    private static String value(String name, String value) {
        return LISTS.contains(name) && !value.isEmpty() ? value : DdlFormatter.literal(value);
    }
}

package io.lakebaseops.schema;

import io.lakebaseops.testing.NastyNames;
import io.lakebaseops.testing.Pg17;
import io.lakebaseops.testing.TestTargets;

import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;

/// Many small databases, copied from one with the base objects.
final class SchemaRig {
    private static final String TEMPLATE = "schema_pairs_base";

    private final Pg17 server = Pg17.shared();
    private final AtomicInteger number = new AtomicInteger();

    void start() {
        execute(
                "postgres",
                """
                do $$ begin
                  if not exists (select from pg_roles where rolname = 'app') then
                    create role app; create role "Odd ""Role";
                  end if;
                end $$
                """);
        execute("postgres", "create database " + TEMPLATE + " owner dba");
        execute(TEMPLATE, SchemaPairs.BASE);
    }

    void stop() {
        execute("postgres", "drop database " + TEMPLATE);
    }

    Pg17.Database database(String side, String script) {
        var name = "schema_pair_" + side + "_" + number.incrementAndGet();
        execute("postgres", "create database " + name + " template " + TEMPLATE + " owner dba");
        if (!script.isBlank()) {
            execute(name, "set search_path = ''; set allow_system_table_mods = on; " + script);
        }
        return new Pg17.Database(server, name);
    }

    TestTargets targets(Pg17.Database database) {
        return TestTargets.of(database);
    }

    void drop(Pg17.Database... databases) {
        for (var database : databases) {
            var name = NastyNames.quoted(database.name());
            execute("postgres", "drop database " + name + " with (force)");
        }
    }

    private void execute(String database, String sql) {
        try (var c = server.admin(database);
                var s = c.createStatement()) {
            s.setEscapeProcessing(false);
            s.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql + ": " + e.getMessage(), e);
        }
    }
}

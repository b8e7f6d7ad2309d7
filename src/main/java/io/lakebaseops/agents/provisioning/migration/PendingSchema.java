package io.lakebaseops.agents.provisioning.migration;

import io.lakebaseops.ddl.DdlAct;
import io.lakebaseops.ddl.DdlAct.Name;
import io.lakebaseops.ddl.DdlForm;
import io.lakebaseops.sqltext.SqlNode;
import io.lakebaseops.sqltext.SqlStatement;
import io.lakebaseops.sqltext.StatementKind;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// What the statements read so far make of the live database: tables that are new, columns proven
/// to hold no null, tables whose policies bind. Later files are judged by it.
final class PendingSchema {
    private final LiveTables live;
    private final Set<String> made = new HashSet<>();
    private final Map<String, String> unvalidated = new HashMap<>();
    private final Set<String> neverNull = new HashSet<>();
    private final Set<String> enabled = new HashSet<>();
    private final Set<String> forced = new HashSet<>();

    PendingSchema(LiveTables live) {
        this.live = live;
    }

    /// A table that is there already is not made by `IF NOT EXISTS`.
    void then(SqlStatement statement, Iterable<DdlAct> acts) {
        var tree = statement.tree();
        boolean temporary =
                tree.field("relation").text("relpersistence").equals("t")
                        || tree.field("into").field("rel").text("relpersistence").equals("t");
        for (var act : acts) {
            if (act.form() == DdlForm.CREATE_TABLE
                    && (temporary || live.of(act.relation()).isEmpty())) {
                made.add(act.relation().display());
            }
        }
        if (statement.kind() == StatementKind.ALTER_TABLE) {
            var table = key(name(tree.field("relation")));
            tree.list("cmds").forEach(c -> alter(table, c));
        }
    }

    private void alter(String table, SqlNode command) {
        var def = command.field("def");
        var name = command.text("name");
        switch (command.text("subtype")) {
            case "AT_AddConstraint" -> {
                var column = neverNull(def);
                if (column != null && def.flag("skip_validation")) {
                    unvalidated.put(table + " " + def.text("conname"), column);
                } else if (column != null) {
                    neverNull.add(table + " " + column);
                }
            }
            case "AT_ValidateConstraint" -> {
                var column = unvalidated.get(table + " " + name);
                if (column != null) {
                    neverNull.add(table + " " + column);
                }
            }
            case "AT_SetNotNull" -> neverNull.add(table + " " + name);
            case "AT_DropNotNull" -> neverNull.remove(table + " " + name);
            case "AT_EnableRowSecurity" -> enabled.add(table);
            case "AT_ForceRowSecurity" -> forced.add(table);
            case "AT_DisableRowSecurity" -> enabled.remove(table);
            case "AT_NoForceRowSecurity" -> forced.remove(table);
            default -> {}
        }
    }

    /// The column of `CHECK (column IS NOT NULL)`.
    private static @Nullable String neverNull(SqlNode constraint) {
        var test = constraint.field("raw_expr");
        if (!test.is("NullTest") || !test.text("nulltesttype").equals("IS_NOT_NULL")) {
            return null;
        }
        var parts = test.field("arg").list("fields");
        return parts.size() == 1 ? parts.getFirst().string() : null;
    }

    boolean made(Name name) {
        return made.contains(name.display());
    }

    boolean proven(DdlAct act) {
        var column = act.column();
        return column != null && neverNull.contains(key(act.relation()) + " " + column);
    }

    /// Do policies keep rows of it from the login that migrates?
    boolean filtered(Name name) {
        var table = live.of(name).orElse(null);
        var key = key(name);
        if (table == null) {
            return made(name)
                    && !live.login().bypassesPolicies()
                    && enabled.contains(key)
                    && forced.contains(key);
        }
        boolean turnedOn = enabled.contains(key) || table.rowSecurity();
        return table.isFiltered() || !table.loginBypasses() && turnedOn && forced.contains(key);
    }

    /// Constraints that are there and not valid count too.
    private String key(Name name) {
        var table = live.of(name).orElse(null);
        if (table == null) {
            return name.display();
        }
        for (var check : table.unvalidated()) {
            int space = check.lastIndexOf(' ');
            unvalidated.putIfAbsent(
                    table.display() + " " + check.substring(0, space), check.substring(space + 1));
        }
        return table.display();
    }

    private static Name name(SqlNode rangeVar) {
        var schema = rangeVar.text("schemaname");
        return new Name(schema.isEmpty() ? null : schema, rangeVar.text("relname"));
    }
}

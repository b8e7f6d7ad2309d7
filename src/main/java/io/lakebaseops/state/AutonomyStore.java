package io.lakebaseops.state;

import io.lakebaseops.domain.plan.RoutineAct;
import io.lakebaseops.state.Autonomy.AsksFirst;
import io.lakebaseops.state.Autonomy.LeftAlone;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Map;

/// What people said that agents must ask about, among the settings of the installation. It is
/// written within the caller's transaction, so that it and its entry in the audit chain both happen
/// or neither.
public final class AutonomyStore {
    private static final String PREFIX = "autonomy/";
    private static final String ACT = PREFIX + "act/";
    private static final String TABLE = PREFIX + "table/";

    private AutonomyStore() {}

    private record Setting(String name, String value) {}

    /// An act that a later version named is none of ours.
    public static Autonomy read(Tx tx) throws SQLException {
        var asking = new ArrayList<AsksFirst>();
        var tables = new ArrayList<LeftAlone>();
        var params = Map.of("prefix", PREFIX);
        for (var s : tx.query(StateSql.SETTINGS_STARTING_WITH, params, Setting.class)) {
            if (s.name().startsWith(TABLE)) {
                tables.add(StateJson.read(s.value(), LeftAlone.class));
            } else if (Arrays.stream(RoutineAct.values())
                    .anyMatch(a -> s.name().equals(ACT + a.name()))) {
                asking.add(StateJson.read(s.value(), AsksFirst.class));
            }
        }
        return new Autonomy(asking, tables);
    }

    public static void askFirst(Tx tx, AsksFirst asks) throws SQLException {
        put(tx, ACT + asks.act().name(), StateJson.write(asks), asks.by());
    }

    public static void byItself(Tx tx, RoutineAct act) throws SQLException {
        tx.update(StateSql.SETTING_REMOVE, Map.of("name", ACT + act.name()));
    }

    public static void leaveAlone(Tx tx, LeftAlone table) throws SQLException {
        put(tx, name(table), StateJson.write(table), table.by());
    }

    public static void proposeAgain(Tx tx, LeftAlone table) throws SQLException {
        tx.update(StateSql.SETTING_REMOVE, Map.of("name", name(table)));
    }

    private static String name(LeftAlone table) {
        return TABLE + table.target() + "/" + table.table();
    }

    private static void put(Tx tx, String name, String value, String by) throws SQLException {
        tx.update(StateSql.SETTING_PUT, Map.of("name", name, "value", value, "by", by));
    }
}

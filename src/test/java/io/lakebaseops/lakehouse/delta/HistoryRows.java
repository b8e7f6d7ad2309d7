package io.lakebaseops.lakehouse.delta;

import io.lakebaseops.lakehouse.ColumnDef;
import io.lakebaseops.lakehouse.ColumnType;
import io.lakebaseops.lakehouse.TableDef;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;

/// A row of any history table, every column filled.
final class HistoryRows {
    private HistoryRows() {}

    static Map<String, Object> row(TableDef def, Instant at, String run) {
        var row = new HashMap<String, Object>();
        for (var column : def.columns()) {
            row.put(column.name(), value(column, at));
        }
        row.put("project_id", "shop");
        row.put("branch_id", "production");
        row.put("run_id", run);
        row.put("recorded_at", at);
        row.remove(TableDef.DATE);
        return row;
    }

    private static Object value(ColumnDef column, Instant at) {
        return switch (column.type()) {
            case ColumnType.Decimal _ -> BigDecimal.ONE;
            case ColumnType.Plain plain ->
                    switch (plain) {
                        case TEXT -> column.name() + " 100% ü";
                        case INT, LONG -> 7;
                        case FLOAT, DOUBLE -> 1.5;
                        case BOOLEAN -> true;
                        case DATE -> LocalDate.EPOCH;
                        case TIMESTAMP -> at;
                        case BINARY -> new byte[] {1, 2};
                    };
        };
    }
}

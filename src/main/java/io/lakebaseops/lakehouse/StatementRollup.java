package io.lakebaseops.lakehouse;

import static io.lakebaseops.lakehouse.ColumnDef.count;
import static io.lakebaseops.lakehouse.ColumnDef.flag;
import static io.lakebaseops.lakehouse.ColumnDef.moment;
import static io.lakebaseops.lakehouse.ColumnDef.real;
import static io.lakebaseops.lakehouse.ColumnDef.text;

import java.util.List;

/// Hourly and daily sums of pg_stat_history per statement, so that a quarter of a year is read in
/// thousands of rows instead of millions.
public final class StatementRollup {
    public static final TableDef HOURLY_TABLE =
            table("pg_stat_history_hourly", "Hourly sums of pg_stat_history");

    public static final TableDef DAILY_TABLE =
            table("pg_stat_history_daily", "Daily sums of pg_stat_history");

    public static final Rollup HOURLY =
            new Rollup(
                    StatementHistory.TABLE.name(),
                    HOURLY_TABLE.name(),
                    LakeQuery.load("lakehouse/statement_hours"));

    public static final Rollup DAILY =
            new Rollup(
                    StatementHistory.TABLE.name(),
                    DAILY_TABLE.name(),
                    LakeQuery.load("lakehouse/statement_days"));

    public static final List<Rollup> ALL = List.of(HOURLY, DAILY);

    private StatementRollup() {}

    // No retention of its own: a day's sums go when its rows do.
    private static TableDef table(String name, String comment) {
        return new TableDef(
                TableName.ops(name),
                comment + ", made anew by maintenance whenever a day's rows change",
                CommonColumns.byDay(
                        List.of(
                                flag(
                                                "across",
                                                "true: one interval that began before its hour"
                                                        + " or day, already part of the sum")
                                        .required(),
                                count("queryid", "as in pg_stat_history").required(),
                                text("datname", "name of the database"),
                                text("rolname", "name of the role"),
                                moment("latest_at", "end of the latest interval summed up")
                                        .required(),
                                real("interval_seconds", "length of what is summed up, s")
                                        .required(),
                                count("calls", "times executed").required(),
                                real("total_exec_time", "ms").required(),
                                real("stddev_exec_time", "ms, the latest of the hour or day"),
                                count("rows", "rows returned or affected"),
                                count("shared_blks_hit", "blocks"),
                                count("shared_blks_read", "blocks"),
                                count("temp_blks", "blocks read and written"),
                                count("wal_bytes", "bytes"),
                                flag("reset_detected", "as in pg_stat_history").required(),
                                real("square_sum", "ms²: squares of interval means times calls"),
                                real("calls_squared", "sum of the squares of calls"))),
                List.of(TableDef.DATE, CommonColumns.BRANCH_ID),
                null);
    }
}

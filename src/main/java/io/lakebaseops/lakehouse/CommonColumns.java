package io.lakebaseops.lakehouse;

import static io.lakebaseops.lakehouse.ColumnDef.day;
import static io.lakebaseops.lakehouse.ColumnDef.moment;
import static io.lakebaseops.lakehouse.ColumnDef.text;

import java.util.ArrayList;
import java.util.List;

/// The first columns of every history table: who recorded a row, when, about what, and from where.
final class CommonColumns {
    static final String PROJECT_ID = "project_id";
    static final String BRANCH_ID = "branch_id";

    /// The `source` of rows that were generated for demonstration.
    static final String SIMULATED = "simulated";

    private static final List<ColumnDef> COMMON =
            List.of(
                    text(PROJECT_ID, "Lakebase project, or the group of a plain target").required(),
                    text(BRANCH_ID, "branch, or host:port of a plain target; null: the project"),
                    moment(TableDef.RECORDED_AT, "when it was observed or done, UTC").required(),
                    text("run_id", "the tool run that wrote the row").required(),
                    text("source", "live or simulated").required());

    private CommonColumns() {}

    /// Common columns, then the table's own.
    static List<ColumnDef> then(List<ColumnDef> own) {
        var all = new ArrayList<>(COMMON);
        all.addAll(own);
        return all;
    }

    /// The same with the partition day at the end.
    static List<ColumnDef> byDay(List<ColumnDef> own) {
        var all = then(own);
        all.add(day(TableDef.DATE, "UTC day of recorded_at (partition)").required());
        return all;
    }

    /// Few rows: one set of files for all days.
    static TableDef whole(String name, String comment, int retentionDays, ColumnDef... own) {
        return new TableDef(
                TableName.ops(name), comment, then(List.of(own)), List.of(), retentionDays);
    }

    /// Many rows: a directory per day.
    static TableDef daily(String name, String comment, int retentionDays, ColumnDef... own) {
        return new TableDef(
                TableName.ops(name),
                comment,
                byDay(List.of(own)),
                List.of(TableDef.DATE),
                retentionDays);
    }
}

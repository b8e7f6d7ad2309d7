package io.lakebaseops.lakehouse;

import static io.lakebaseops.lakehouse.ColumnDef.count;
import static io.lakebaseops.lakehouse.ColumnDef.flag;
import static io.lakebaseops.lakehouse.ColumnDef.moment;
import static io.lakebaseops.lakehouse.ColumnDef.real;
import static io.lakebaseops.lakehouse.ColumnDef.text;
import static io.lakebaseops.lakehouse.CommonColumns.whole;

/// The history table of index statistics: one row a day for the largest indexes of each database
/// and for the largest of those without a scan.
final class IndexUsageTable {
    static final TableDef TABLE =
            whole(
                    "index_usage_history",
                    "Scans and size of indexes, one row per index and day",
                    OpsTables.HISTORY_DAYS,
                    text("datname", "database").required(),
                    text("schema_name", "schema").required(),
                    text("table_name", "table").required(),
                    text("index_name", "index").required(),
                    count("index_oid", "an index made anew has another").required(),
                    count("index_bytes", "bytes, with all its parts"),
                    count("scans", "since the look before; null: the first look"),
                    real("interval_seconds", "s since the look before; 0: the first look"),
                    real("unseen_seconds", "s of those whose scans were lost with the counters"),
                    count("scans_total", "as the counters said"),
                    moment("last_scan", "as the counters said; null: none since they began"),
                    flag("reset_detected", "the counters began anew since the look before"));

    private IndexUsageTable() {}
}

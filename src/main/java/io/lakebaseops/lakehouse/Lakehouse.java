package io.lakebaseops.lakehouse;

import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.Rows;

import org.jspecify.annotations.Nullable;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Reads and writes history in Delta tables. Same verbs on a laptop and on Databricks.
///
/// Every call blocks its caller and may be made from several threads and several processes at once.
public interface Lakehouse extends AutoCloseable {

    /// Creates what is absent, adds missing columns, and compares types; one status per table, in
    /// order. A table that fails does not keep the others from being looked after.
    List<TableStatus> ensureTables(List<TableDef> tables);

    /// Appends rows, all or none. Keys are column names; a missing key is null; `date` is derived
    /// from `recorded_at`. Values: `String`, `Number`, `Boolean`, `Instant`, `OffsetDateTime`,
    /// `LocalDate`, `byte[]`, enums (stored in lower case).
    AppendResult append(
            TableName table, Collection<? extends Map<String, ? extends @Nullable Object>> rows);

    /// The same, stored at most once per id however often it is tried.
    AppendResult append(
            TableName table,
            Collection<? extends Map<String, ? extends @Nullable Object>> rows,
            WriteId id);

    /// Begins an append of many rows of one partition, to be stored at most once per id.
    ///
    /// @param partition values of all partition columns
    /// @param columns those that are given, in the order of the sink; others stay empty
    BulkWriter bulk(
            TableName table, Map<String, Object> partition, List<String> columns, WriteId id);

    /// Hands over all rows of a partition, read from the files of the newest version.
    ///
    /// @param partition values of partition columns, as the log writes them
    void scan(
            TableName table,
            Map<String, String> partition,
            List<String> columns,
            RowSink into,
            Deadline deadline);

    /// Runs a query of the library over the tables it names, each at one version.
    /// Timestamps come back as `Instant`, dates as `LocalDate`, whole numbers as `Long`.
    Rows query(
            LakeQuery query,
            Map<String, ? extends @Nullable Object> values,
            ReadScope scope,
            Deadline deadline);

    /// Removes expired rows, merges small files, writes a checkpoint, and deletes files and log
    /// entries nobody needs any more. Safe beside writers and readers. What the deadline leaves no
    /// time for is left to the next call, which finds less to do: it fails for no lack of time.
    ///
    /// @param run who did it, named in the table's history
    MaintenanceReport maintain(TableName table, String run, Deadline deadline);

    /// Brings a table of sums up to date: partitions whose day is over and whose rows changed are
    /// summed up anew, those without rows are removed. What the deadline leaves no time for is left
    /// to the next call.
    RollupReport rollUp(Rollup rollup, String run, Deadline deadline);

    TableFacts facts(TableName table);

    /// Removes rows; those that are gone already are no failure.
    ///
    /// @param partition values of partition columns the rows have, as the log writes them
    /// @param column a text column that tells them; null for every row of the partition
    /// @return how many were removed
    long remove(
            TableName table,
            Map<String, String> partition,
            @Nullable String column,
            Set<String> values,
            Deadline deadline);

    /// The data files of a partition, as paths or addresses any Delta reader understands.
    List<String> files(TableName table, Map<String, String> partition);

    /// Answers one SELECT over a table and its archive as one, under the table's own name. The text
    /// is a person's: it can reach these two and nothing else, and its errors come back masked.
    ///
    /// @param limit rows at most
    Rows together(HotAndCold sides, String select, int limit, Deadline deadline);

    /// Where a table lies, for any Delta reader.
    String location(TableName table);

    default long rowCount(TableName table) {
        return facts(table).rows();
    }

    default long version(TableName table) {
        return facts(table).version();
    }

    @Override
    void close();
}

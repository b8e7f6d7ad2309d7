package io.lakebaseops.console;

import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.Rows;
import io.lakebaseops.lakehouse.AppendResult;
import io.lakebaseops.lakehouse.BulkWriter;
import io.lakebaseops.lakehouse.LakeQuery;
import io.lakebaseops.lakehouse.Lakehouse;
import io.lakebaseops.lakehouse.MaintenanceReport;
import io.lakebaseops.lakehouse.ReadScope;
import io.lakebaseops.lakehouse.Rollup;
import io.lakebaseops.lakehouse.RollupReport;
import io.lakebaseops.lakehouse.RowSink;
import io.lakebaseops.lakehouse.TableDef;
import io.lakebaseops.lakehouse.TableFacts;
import io.lakebaseops.lakehouse.TableName;
import io.lakebaseops.lakehouse.TableStatus;
import io.lakebaseops.lakehouse.WriteId;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/// A history that answers each query with the rows a test gave for it, and with none otherwise.
public final class FakeLakehouse implements Lakehouse {
    public final Map<String, Rows> answers = new ConcurrentHashMap<>();
    public final List<Map<String, ? extends Object>> written = new CopyOnWriteArrayList<>();
    public final List<String> asked = new CopyOnWriteArrayList<>();
    public volatile OpsException broken;

    @Override
    public List<TableStatus> ensureTables(List<TableDef> tables) {
        throw new UnsupportedOperationException("nothing is written");
    }

    @Override
    public AppendResult append(
            TableName table, Collection<? extends Map<String, ? extends Object>> rows) {
        written.addAll(rows);
        return new AppendResult(table, AppendResult.Outcome.STORED, 1, rows.size());
    }

    @Override
    public AppendResult append(
            TableName table, Collection<? extends Map<String, ? extends Object>> rows, WriteId id) {
        throw new UnsupportedOperationException("nothing is written");
    }

    @Override
    public BulkWriter bulk(
            TableName table, Map<String, Object> partition, List<String> columns, WriteId id) {
        throw new UnsupportedOperationException("nothing is written");
    }

    @Override
    public void scan(
            TableName table,
            Map<String, String> partition,
            List<String> columns,
            RowSink into,
            Deadline deadline) {
        throw new UnsupportedOperationException("nothing is read in bulk");
    }

    @Override
    public Rows query(
            LakeQuery query, Map<String, ? extends Object> values, ReadScope scope, Deadline d) {
        if (broken != null) {
            throw broken;
        }
        asked.add(query.name());
        return answers.getOrDefault(query.name(), Rows.EMPTY);
    }

    @Override
    public MaintenanceReport maintain(TableName table, String run, Deadline deadline) {
        throw new UnsupportedOperationException("nothing is written");
    }

    @Override
    public RollupReport rollUp(Rollup rollup, String run, Deadline deadline) {
        throw new UnsupportedOperationException("nothing is written");
    }

    @Override
    public long remove(
            TableName table,
            Map<String, String> partition,
            String column,
            java.util.Set<String> values,
            Deadline deadline) {
        throw new UnsupportedOperationException("nothing is written");
    }

    @Override
    public List<String> files(TableName table, Map<String, String> partition) {
        return List.of();
    }

    @Override
    public Rows together(
            io.lakebaseops.lakehouse.HotAndCold sides, String select, int limit, Deadline d) {
        return answers.getOrDefault("together", Rows.EMPTY);
    }

    @Override
    public String location(TableName table) {
        return "/nowhere/" + table;
    }

    @Override
    public TableFacts facts(TableName table) {
        throw new UnsupportedOperationException("nothing is counted");
    }

    @Override
    public void close() {}
}

package io.lakebaseops.agents.health.archival;

import io.lakebaseops.agents.HistoryRow;
import io.lakebaseops.change.archival.ColdRow;
import io.lakebaseops.change.archival.ColdStore;
import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.plan.ArchiveOrder;
import io.lakebaseops.lakehouse.AppendResult;
import io.lakebaseops.lakehouse.ColumnDef;
import io.lakebaseops.lakehouse.ColumnType.Plain;
import io.lakebaseops.lakehouse.LakeQuery;
import io.lakebaseops.lakehouse.Lakehouse;
import io.lakebaseops.lakehouse.OpsTables;
import io.lakebaseops.lakehouse.ReadScope;
import io.lakebaseops.lakehouse.TableDef;
import io.lakebaseops.lakehouse.TableName;
import io.lakebaseops.lakehouse.TableStatus;
import io.lakebaseops.lakehouse.WriteId;
import io.lakebaseops.postgres.CopiedRows;
import io.lakebaseops.state.Archival;

import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// Archive tables in Delta: a partition for each portion of each archival, so that reading a
/// portion back opens its own file, and an archival is taken out without reading it.
public final class DeltaColdStore implements ColdStore {
    static final String ARCHIVAL = "_archival";
    static final String PORTION = "_portion";
    static final String KEY = "_key";
    private static final LakeQuery ROWS = LakeQuery.load("lakehouse/archive_portion");
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final Lakehouse lakehouse;
    private final Clock clock;

    public DeltaColdStore(Lakehouse lakehouse, Clock clock) {
        this.lakehouse = lakehouse;
        this.clock = clock;
    }

    static TableName table(ArchiveOrder order) {
        return TableName.parse(order.archiveTable());
    }

    @Override
    public void prepare(ArchiveOrder order) {
        var columns = new ArrayList<ColumnDef>();
        columns.add(ColumnDef.text(KEY, "primary key, as PostgreSQL writes a row").required());
        for (var column : order.columns()) {
            columns.add(
                    new ColumnDef(
                            column.archivedAs(),
                            CellConverter.type(column.storedAs()),
                            true,
                            "%s, %s in PostgreSQL".formatted(column.name(), column.type())));
        }
        columns.add(ColumnDef.text(ARCHIVAL, "id of the archival (partition)").required());
        columns.add(
                new ColumnDef(PORTION, Plain.INT, false, "portion of the archival (partition)"));
        var def =
                new TableDef(
                        table(order),
                        "Rows moved out of %s.%s".formatted(order.schema(), order.table()),
                        columns,
                        List.of(ARCHIVAL, PORTION),
                        null);
        var status = lakehouse.ensureTables(List.of(def)).getFirst();
        if (status.outcome() == TableStatus.Outcome.MISMATCH
                || status.outcome() == TableStatus.Outcome.FAILED) {
            throw new OpsException(
                    OpsException.Kind.CONFLICT,
                    "Preparing " + order.archiveTable(),
                    String.join("; ", status.notes()),
                    "the table's columns have changed type since the last archival");
        }
    }

    @Override
    public Writing write(ArchiveOrder order, int portion) {
        var rows =
                lakehouse.bulk(
                        table(order),
                        Map.of(ARCHIVAL, order.archival().toString(), PORTION, portion),
                        cells(order),
                        new WriteId("archival/" + order.archival(), portion));
        var decoder = new CopyDecoder(new CopyLayout(order), rows);
        return new Writing() {
            @Override
            public void row(byte[] bytes, int from, int length) {
                decoder.row(bytes, from);
            }

            @Override
            public Stored commit() {
                var result = rows.commit();
                return new Stored(
                        result.version(), result.outcome() == AppendResult.Outcome.STORED);
            }

            @Override
            public void close() {
                rows.close();
            }
        };
    }

    @Override
    public void rows(ArchiveOrder order, int portion, CopiedRows into) {
        lakehouse.scan(
                table(order),
                partition(order, portion),
                cells(order),
                new CopyEncoder(new CopyLayout(order), into),
                Deadline.in(PATIENCE));
    }

    /// The order's columns as the archive names them, and the key behind them.
    private static List<String> cells(ArchiveOrder order) {
        var names = new ArrayList<String>();
        order.columns().forEach(c -> names.add(c.archivedAs()));
        names.add(KEY);
        return names;
    }

    @Override
    public List<ColdRow> read(ArchiveOrder order, int portion) {
        return read(order, portion(order, portion));
    }

    @Override
    public List<ColdRow> read(ArchiveOrder order, int portion, long version) {
        return read(order, portion(order, portion).asOf(table(order), version));
    }

    private static ReadScope portion(ArchiveOrder order, int portion) {
        return ReadScope.ALL.inPartition(partition(order, portion));
    }

    private static Map<String, String> partition(ArchiveOrder order, int portion) {
        return Map.of(ARCHIVAL, order.archival().toString(), PORTION, Integer.toString(portion));
    }

    private List<ColdRow> read(ArchiveOrder order, ReadScope scope) {
        var rows =
                lakehouse.query(
                        ROWS.at("archive", table(order)), Map.of(), scope, Deadline.in(PATIENCE));
        return rows.list().stream().map(r -> row(order, r)).toList();
    }

    private static ColdRow row(ArchiveOrder order, Map<String, @Nullable Object> row) {
        var cells = new ArrayList<@Nullable String>();
        for (var column : order.columns()) {
            cells.add(CellConverter.text(column, row.get(column.archivedAs())));
        }
        return ColdRow.of((String) Objects.requireNonNull(row.get(KEY)), cells);
    }

    @Override
    public void remove(ArchiveOrder order, Collection<String> keys) {
        remove(order, whole(order), keys);
    }

    @Override
    public void remove(ArchiveOrder order, int portion, Collection<String> keys) {
        remove(order, partition(order, portion), keys);
    }

    private void remove(ArchiveOrder order, Map<String, String> from, Collection<String> keys) {
        if (!keys.isEmpty()) {
            lakehouse.remove(table(order), from, KEY, Set.copyOf(keys), Deadline.in(PATIENCE));
        }
    }

    @Override
    public void removeAll(ArchiveOrder order) {
        lakehouse.remove(table(order), whole(order), null, Set.of(), Deadline.in(PATIENCE));
    }

    @Override
    public Held held(ArchiveOrder order) {
        var facts = lakehouse.facts(table(order));
        return new Held(
                lakehouse.location(table(order)),
                facts.version(),
                lakehouse.files(table(order), whole(order)),
                facts.bytes());
    }

    private static Map<String, String> whole(ArchiveOrder order) {
        return Map.of(ARCHIVAL, order.archival().toString());
    }

    @Override
    public void note(Archival archival, String status) {
        var now = clock.instant();
        var row = HistoryRow.of(archival.target(), now, archival.planId().toString());
        row.put("archival_id", archival.id().toString());
        row.put(
                "source_table",
                "%s.%s.%s".formatted(archival.database(), archival.schema(), archival.table()));
        row.put("archive_table", archival.archiveTable());
        row.put("rows_archived", archival.rowsDeleted());
        row.put("bytes_reclaimed", archival.bytesFreed());
        row.put("cold_threshold_days", archival.coldDays());
        row.put("checksum", archival.checksum());
        row.put("status", status);
        lakehouse.append(OpsTables.DATA_ARCHIVAL_HISTORY.name(), List.of(row));
    }
}

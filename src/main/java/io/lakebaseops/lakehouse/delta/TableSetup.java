package io.lakebaseops.lakehouse.delta;

import io.delta.kernel.Operation;
import io.delta.kernel.Snapshot;
import io.delta.kernel.TableManager;
import io.delta.kernel.exceptions.ConcurrentWriteException;
import io.delta.kernel.exceptions.KernelEngineException;
import io.delta.kernel.exceptions.KernelException;
import io.delta.kernel.exceptions.TableAlreadyExistsException;
import io.delta.kernel.expressions.Column;
import io.delta.kernel.transaction.DataLayoutSpec;
import io.delta.kernel.types.StructField;
import io.delta.kernel.types.StructType;
import io.delta.kernel.utils.CloseableIterable;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.lakehouse.ColumnDef;
import io.lakebaseops.lakehouse.TableDef;
import io.lakebaseops.lakehouse.TableStatus;
import io.lakebaseops.lakehouse.TableStatus.Outcome;
import io.lakebaseops.lakehouse.delta.FeatureGate.Use;

import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Makes sure that a table exists as it should. Creates it, adds what is missing, and names what
/// does not fit.
final class TableSetup {
    /// Where a table carries its own retention, so that tidying up needs no definition.
    static final String RETENTION_DAYS = "lakebaseops.retentionDays";

    private static final int ATTEMPTS = 20;

    private final DeltaTable table;
    private final Clock clock;
    private final MaintenancePolicy policy;

    TableSetup(DeltaTable table, Clock clock, MaintenancePolicy policy) {
        this.table = table;
        this.clock = clock;
        this.policy = policy;
    }

    TableStatus ensure(TableDef def) {
        try {
            for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                var status = table.exists() ? adapt(def) : create(def);
                if (status != null) {
                    return status;
                }
            }
            throw LakeFailures.contended(def.name(), ATTEMPTS, null);
        } catch (KernelException
                | KernelEngineException
                | UnsupportedOperationException
                | OpsException e) {
            return new TableStatus(
                    def.name(), Outcome.FAILED, -1, List.of(String.valueOf(e.getMessage())));
        }
    }

    /// Null when someone else created it in the meantime.
    private @Nullable TableStatus create(TableDef def) {
        var layout =
                def.partitionedBy().isEmpty()
                        ? DataLayoutSpec.noDataLayout()
                        : DataLayoutSpec.partitioned(
                                def.partitionedBy().stream().map(Column::new).toList());
        try {
            var result =
                    TableManager.buildCreateTableTransaction(
                                    table.location(),
                                    DeltaTypes.schema(def.columns()),
                                    LocalEngine.NAME)
                            .withDataLayoutSpec(layout)
                            .withCommitter(NotingCommitter.INSTANCE)
                            .withTableProperties(properties(def))
                            .build(table.engine())
                            .commit(table.engine(), CloseableIterable.emptyIterable());
            return new TableStatus(def.name(), Outcome.CREATED, table.committed(result), List.of());
        } catch (TableAlreadyExistsException | ConcurrentWriteException _) {
            table.forget();
            return null;
        }
    }

    private Map<String, String> properties(TableDef def) {
        var properties = new HashMap<>(policy.tableProperties());
        if (def.retentionDays() != null) {
            properties.put(RETENTION_DAYS, Integer.toString(def.retentionDays()));
        }
        return properties;
    }

    /// Null when another commit came first.
    private @Nullable TableStatus adapt(TableDef def) {
        var snapshot = table.latest();
        var schema = snapshot.getSchema();
        var problems = new ArrayList<String>();
        var missing = new ArrayList<ColumnDef>();
        for (var column : def.columns()) {
            int at = schema.indexOf(column.name());
            if (at < 0) {
                missing.add(column);
            } else {
                var problem = difference(column, schema.at(at));
                if (problem != null) {
                    problems.add(problem);
                }
            }
        }
        FeatureGate.refusal(table, snapshot, Use.APPEND)
                .ifPresent(r -> problems.add(r.reason() + "; in Spark: " + r.wayOut()));
        if (!snapshot.getPartitionColumnNames().equals(def.partitionedBy())) {
            problems.add(
                    "partitioned by %s instead of %s"
                            .formatted(snapshot.getPartitionColumnNames(), def.partitionedBy()));
        }
        if (!problems.isEmpty()) {
            return new TableStatus(def.name(), Outcome.MISMATCH, snapshot.getVersion(), problems);
        }
        if (!missing.isEmpty()) {
            return extend(def, snapshot, missing);
        }
        return alignProperties(def, snapshot)
                ? new TableStatus(
                        def.name(), Outcome.PRESENT, table.latest().getVersion(), List.of())
                : null;
    }

    private static @Nullable String difference(ColumnDef wanted, StructField found) {
        var type = DeltaTypes.type(wanted.type());
        return DeltaTypes.holds(found.getDataType(), type)
                ? null
                : "column %s is %s, expected %s"
                        .formatted(wanted.name(), found.getDataType(), wanted.type().label());
    }

    private @Nullable TableStatus extend(TableDef def, Snapshot snapshot, List<ColumnDef> missing) {
        StructType schema = snapshot.getSchema();
        var notes = new ArrayList<String>();
        for (var column : missing) {
            schema = schema.add(DeltaTypes.field(column.optional()));
            notes.add("added " + column.name() + " " + column.type().label());
        }
        FeatureGate.check(table, snapshot, Use.CHANGE_SCHEMA);
        var note = new CommitNote("ADD COLUMNS", Map.of("columns", String.join(", ", notes)));
        var version = new DeltaRewrite(table, clock).changeSchema(snapshot, schema, note);
        return version.isPresent()
                ? new TableStatus(def.name(), Outcome.EXTENDED, version.getAsLong(), notes)
                : null;
    }

    /// A release that keeps history longer or shorter changes existing tables too.
    private boolean alignProperties(TableDef def, Snapshot snapshot) {
        var wanted = properties(def);
        if (snapshot.getTableProperties().entrySet().containsAll(wanted.entrySet())) {
            return true;
        }
        try {
            var transaction =
                    snapshot.buildUpdateTableTransaction(LocalEngine.NAME, Operation.MANUAL_UPDATE)
                            .withTablePropertiesAdded(wanted)
                            .build(table.engine());
            new CommitNote("SET TBLPROPERTIES", wanted).attach(transaction);
            table.committed(transaction.commit(table.engine(), CloseableIterable.emptyIterable()));
            return true;
        } catch (ConcurrentWriteException _) {
            table.forget();
            return false;
        }
    }
}

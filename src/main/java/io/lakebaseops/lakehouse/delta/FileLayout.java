package io.lakebaseops.lakehouse.delta;

import io.delta.kernel.Snapshot;
import io.delta.kernel.data.ColumnVector;
import io.delta.kernel.data.ColumnarBatch;
import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.expressions.Literal;
import io.delta.kernel.types.MetadataColumnSpec;
import io.delta.kernel.types.StructField;
import io.delta.kernel.types.StructType;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// How the columns of a table stand in its data files: under which names (column mapping), with or
/// without the partition's, and with the row ids of row tracking beside them.
final class FileLayout {
    private static final String ROW_TRACKING = "delta.enableRowTracking";
    private static final Map<MetadataColumnSpec, String> ROW_COLUMNS =
            Map.of(
                    MetadataColumnSpec.ROW_ID,
                    "delta.rowTracking.materializedRowIdColumnName",
                    MetadataColumnSpec.ROW_COMMIT_VERSION,
                    "delta.rowTracking.materializedRowCommitVersionColumnName");

    private final StructType logical;
    private final StructType stored;
    private final List<String> partitionedBy;
    private final boolean partitionsStored;
    private final Map<String, String> properties;

    FileLayout(Snapshot snapshot) {
        this.logical = snapshot.getSchema();
        this.stored = KernelInternals.storedSchema(snapshot);
        this.partitionedBy = snapshot.getPartitionColumnNames();
        this.partitionsStored =
                KernelInternals.protocol(snapshot)
                        .writerFeatures()
                        .contains("materializePartitionColumns");
        this.properties = snapshot.getTableProperties();
    }

    /// All columns under their stored names, in the order of the table.
    StructType stored() {
        return stored;
    }

    /// The columns that data files hold.
    StructType dataColumns() {
        var fields = new ArrayList<StructField>();
        for (int i = 0; i < logical.length(); i++) {
            if (partitionsStored || !partitionedBy.contains(logical.at(i).getName())) {
                fields.add(stored.at(i));
            }
        }
        return new StructType(fields);
    }

    StructField stored(String column) {
        return stored.at(logical.indexOf(column));
    }

    /// The stored column of that name; null when the table has none such.
    @Nullable StructField storedOrNull(String column) {
        int at = logical.indexOf(column);
        return at < 0 ? null : stored.at(at);
    }

    /// Partition values by the table's names, from those by stored names.
    Map<String, @Nullable String> partition(Map<String, @Nullable String> byStoredName) {
        var values = new HashMap<String, @Nullable String>();
        for (var column : partitionedBy) {
            values.put(column, byStoredName.get(stored(column).getName()));
        }
        return values;
    }

    /// Partition values as the log wants them, by stored name.
    Map<String, Literal> logged(Map<String, Literal> partition) {
        var values = new HashMap<String, Literal>();
        partition.forEach((column, value) -> values.put(stored(column).getName(), value));
        return values;
    }

    /// What to read of files that are written anew: with row tracking also each row's id and the
    /// version it came with, which must not change because its file does.
    StructType readSchema() {
        var all = logical;
        if (Boolean.parseBoolean(properties.get(ROW_TRACKING))) {
            for (var column : ROW_COLUMNS.keySet()) {
                all = all.add(StructField.createMetadataColumn("_" + column.textValue, column));
            }
        }
        return all;
    }

    /// Rows as they go into a file, from rows with the table's columns or with `readSchema`.
    FilteredColumnarBatch toStored(FilteredColumnarBatch rows) {
        ColumnarBatch batch = rows.getData();
        var fields = new ArrayList<StructField>();
        var columns = new ArrayList<ColumnVector>();
        for (int i = 0; i < batch.getSchema().length(); i++) {
            var field = batch.getSchema().at(i);
            if (partitionsStored || !partitionedBy.contains(field.getName())) {
                fields.add(storedField(field));
                columns.add(batch.getColumnVector(i));
            }
        }
        return new FilteredColumnarBatch(
                new ColumnBatch(new StructType(fields), columns, batch.getSize()),
                rows.getSelectionVector());
    }

    private StructField storedField(StructField field) {
        if (field.isDataColumn()) {
            return stored(field.getName());
        }
        var property = ROW_COLUMNS.get(field.getMetadataColumnSpec());
        var name = property == null ? null : properties.get(property);
        if (name == null) {
            throw new IllegalArgumentException("No stored name of " + field.getName());
        }
        return new StructField(name, field.getDataType(), true);
    }
}

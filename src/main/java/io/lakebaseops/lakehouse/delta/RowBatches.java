package io.lakebaseops.lakehouse.delta;

import io.delta.kernel.data.ColumnVector;
import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.expressions.Literal;
import io.delta.kernel.types.StructField;
import io.delta.kernel.types.StructType;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.lakehouse.TableDef;
import io.lakebaseops.lakehouse.TableName;

import org.jspecify.annotations.Nullable;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Groups rows into one batch of columns per partition. Rows as maps become columns, one batch per
/// partition.
final class RowBatches {
    private final TableName table;
    private final StructType schema;
    private final List<String> partitionedBy;
    private final Set<String> known;

    RowBatches(TableName table, StructType schema, List<String> partitionedBy) {
        this.table = table;
        this.schema = schema;
        this.partitionedBy = List.copyOf(partitionedBy);
        this.known = new HashSet<>(schema.fieldNames());
    }

    /// The rows of one partition, columns in the order of the schema.
    record Part(Map<String, Literal> partition, FilteredColumnarBatch rows) {}

    List<Part> split(Collection<? extends Map<String, ? extends @Nullable Object>> rows) {
        var groups = new LinkedHashMap<List<@Nullable Object>, List<@Nullable Object[]>>();
        for (var row : rows) {
            var cells = cells(row);
            var key = new ArrayList<@Nullable Object>();
            for (var column : partitionedBy) {
                key.add(cells[schema.indexOf(column)]);
            }
            groups.computeIfAbsent(key, _ -> new ArrayList<>()).add(cells);
        }
        var parts = new ArrayList<Part>();
        groups.forEach((key, cells) -> parts.add(new Part(literals(key), batch(cells))));
        return parts;
    }

    private @Nullable Object[] cells(Map<String, ? extends @Nullable Object> row) {
        for (var column : row.keySet()) {
            if (!known.contains(column)) {
                throw refused(column, "the table has no such column");
            }
        }
        var cells = new @Nullable Object[schema.length()];
        for (int i = 0; i < cells.length; i++) {
            var field = schema.at(i);
            cells[i] = cell(field, row);
            if (cells[i] == null && !field.isNullable()) {
                throw refused(field.getName(), "null in a column that must have a value");
            }
            if ("".equals(cells[i]) && partitionedBy.contains(field.getName())) {
                throw refused(field.getName(), "Delta cannot tell '' from null in a partition");
            }
        }
        return cells;
    }

    private @Nullable Object cell(StructField field, Map<String, ? extends @Nullable Object> row) {
        @Nullable Object value = row.get(field.getName());
        try {
            if (value == null && field.getName().equals(TableDef.DATE)) {
                value = dayOf(row.get(TableDef.RECORDED_AT));
            }
            return DeltaValueConverter.toDelta(field.getDataType(), value);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw refused(field.getName(), e.getMessage() + " does not fit " + field.getDataType());
        }
    }

    private static @Nullable LocalDate dayOf(@Nullable Object recordedAt) {
        return recordedAt == null
                ? null
                : LocalDate.ofInstant(DeltaValueConverter.moment(recordedAt), ZoneOffset.UTC);
    }

    private OpsException refused(String column, String why) {
        return new OpsException(
                OpsException.Kind.INVALID_INPUT,
                "Appending to " + table + ", column " + column,
                why,
                "correct the row; nothing was stored");
    }

    private Map<String, Literal> literals(List<@Nullable Object> key) {
        var literals = new LinkedHashMap<String, Literal>();
        for (int i = 0; i < key.size(); i++) {
            var name = partitionedBy.get(i);
            literals.put(
                    name, DeltaValueConverter.literal(schema.get(name).getDataType(), key.get(i)));
        }
        return literals;
    }

    private FilteredColumnarBatch batch(List<@Nullable Object[]> rows) {
        var columns = new ArrayList<ColumnVector>();
        for (int c = 0; c < schema.length(); c++) {
            var values = new @Nullable Object[rows.size()];
            for (int r = 0; r < values.length; r++) {
                values[r] = rows.get(r)[c];
            }
            columns.add(new CellVector(schema.at(c).getDataType(), values));
        }
        return new FilteredColumnarBatch(
                new ColumnBatch(schema, columns, rows.size()), Optional.empty());
    }
}

package io.lakebaseops.lakehouse;

import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.Rows;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;

/// The Delta tables that a sync pipeline fills from tables of PostgreSQL. They are read, never
/// written: the pipeline is their only writer.
public interface MirrorCatalog extends AutoCloseable {
    /// As people name it.
    String name();

    /// Every table there is, by schema and name.
    List<TableName> tables();

    /// The newest version with its columns.
    MirrorTable latest(TableName table);

    /// Runs a query over tables of the catalog, each at the version the scope names.
    Rows query(
            LakeQuery query,
            Map<String, ? extends @Nullable Object> values,
            ReadScope scope,
            Deadline deadline);

    @Override
    void close();
}

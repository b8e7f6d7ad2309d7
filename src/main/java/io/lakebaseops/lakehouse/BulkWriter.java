package io.lakebaseops.lakehouse;

/// Many rows on their way into one partition of a table: nobody sees them before the commit, and
/// without it they are gone.
public interface BulkWriter extends RowSink, AutoCloseable {
    /// Stores the rows, or finds that this write had been stored before.
    AppendResult commit();

    @Override
    void close();
}

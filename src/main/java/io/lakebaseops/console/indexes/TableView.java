package io.lakebaseops.console.indexes;

import io.lakebaseops.agents.performance.indexes.TableMatrix;

import java.time.Instant;

/// What is known of the table whose indexes are shown side by side.
sealed interface TableView {
    String database();

    String schema();

    String table();

    record Reading(String database, String schema, String table) implements TableView {}

    record Read(TableMatrix matrix) implements TableView {
        @Override
        public String database() {
            return matrix.database();
        }

        @Override
        public String schema() {
            return matrix.schema();
        }

        @Override
        public String table() {
            return matrix.table();
        }
    }

    /// @param asleep the compute is suspended, and nobody asked to wake it
    record Unread(
            String database, String schema, String table, Instant at, String why, boolean asleep)
            implements TableView {}
}

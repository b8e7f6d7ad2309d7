package io.lakebaseops.console.indexes;

import io.lakebaseops.agents.performance.indexes.TableMatrix;
import io.lakebaseops.lakehouse.history.IndexUsage;

import java.time.Instant;
import java.util.Map;

/// What is known of the table whose indexes are shown side by side.
sealed interface TableView {
    String database();

    String schema();

    String table();

    record Reading(String database, String schema, String table) implements TableView {}

    /// @param usage how its indexes were scanned over the last days, by name; what is not stored is
    ///     not in it
    record Read(TableMatrix matrix, Map<String, IndexUsage> usage) implements TableView {
        /// Days that are shown.
        static final int DAYS = 30;

        public Read {
            usage = Map.copyOf(usage);
        }

        IndexUsage usage(String index) {
            return usage.getOrDefault(index, IndexUsage.UNKNOWN);
        }

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

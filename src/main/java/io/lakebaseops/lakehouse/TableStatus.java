package io.lakebaseops.lakehouse;

import java.util.List;

/// The outcome of making sure that a table exists with the columns it should have.
public record TableStatus(TableName table, Outcome outcome, long version, List<String> notes) {
    public TableStatus {
        notes = List.copyOf(notes);
    }

    public enum Outcome {
        CREATED,
        PRESENT,
        /// Columns were added; `notes` names them.
        EXTENDED,
        /// A column has another type or the table another partitioning; nothing was changed.
        MISMATCH,
        FAILED
    }

    public boolean usable() {
        return switch (outcome) {
            case CREATED, PRESENT, EXTENDED -> true;
            case MISMATCH, FAILED -> false;
        };
    }
}

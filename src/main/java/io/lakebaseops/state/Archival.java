package io.lakebaseops.state;

import io.lakebaseops.domain.TargetId;
import io.lakebaseops.domain.plan.Step;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.UUID;

/// One archival as its journal has it, with how many rows have come how far.
///
/// @param number by which people speak of it
/// @param step the stored step that carries it out, see [#order]
/// @param finishedAt when it ended or stopped
/// @param error why it stopped; null while it runs and when it is done
public record Archival(
        UUID id,
        long number,
        TargetId target,
        String database,
        String schema,
        String table,
        String archiveTable,
        Instant coldBefore,
        int coldDays,
        String step,
        UUID planId,
        Phase phase,
        Status status,
        Instant startedAt,
        Instant phaseAt,
        @Nullable Instant finishedAt,
        @Nullable String error,
        long bytesBefore,
        @Nullable Long bytesFreed,
        @Nullable String checksum,
        @Nullable String manifest,
        long portions,
        long rowsSelected,
        long rowsWritten,
        long rowsVerified,
        long rowsDeleted,
        long rowsRestored) {

    public enum Phase {
        SELECT,
        WRITE,
        VERIFY,
        /// Rows leave the table from here on.
        DELETE,
        MANIFEST,
        RESTORE,
        DONE
    }

    public enum Status {
        RUNNING,
        STOPPED,
        ARCHIVED,
        PART_RESTORED,
        /// All rows are back in the table, and none in the archive.
        RESTORED
    }

    public Step.ArchiveStep archiveStep() {
        return (Step.ArchiveStep) StateJson.read(step, Step.class);
    }

    public boolean hasDeleted() {
        return rowsDeleted > 0;
    }
}

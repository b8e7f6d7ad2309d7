package io.lakebaseops.change.archival;

import io.lakebaseops.domain.plan.ArchiveOrder;
import io.lakebaseops.state.Archival;

import java.math.BigInteger;
import java.util.Collection;
import java.util.List;

/// The archive tables, as a move needs them. Every call may be repeated: what was stored before is
/// not stored twice, and what is gone already is no failure.
public interface ColdStore {
    /// Makes the archive table, or sees that it can take the order's columns.
    void prepare(ArchiveOrder order);

    /// Stores a portion, all of it or nothing.
    ///
    /// @return the table's version that holds it
    long write(ArchiveOrder order, int portion, List<ColdRow> rows);

    /// What is stored of a portion, by key: each cell turned back from its type in the archive.
    List<ColdRow> read(ArchiveOrder order, int portion);

    /// The same as it was in an earlier version of the table, also of rows that have left since.
    List<ColdRow> read(ArchiveOrder order, int portion, long version);

    /// How many rows of this archival are stored now, and what their hashes add up to.
    Sum sum(ArchiveOrder order);

    /// Takes rows of this archival out of the archive.
    void remove(ArchiveOrder order, Collection<String> keys);

    void removeAll(ArchiveOrder order);

    Held held(ArchiveOrder order);

    /// Notes in the history what an archival has come to.
    void note(Archival archival, String status);

    /// @param keys different ones among the rows
    /// @param hashes added up as [PortionStatements#sum] does
    record Sum(long rows, long keys, BigInteger hashes) {}

    /// @param files data files that hold rows of the archival
    record Held(String location, long version, List<String> files, long bytes) {
        public Held {
            files = List.copyOf(files);
        }
    }
}

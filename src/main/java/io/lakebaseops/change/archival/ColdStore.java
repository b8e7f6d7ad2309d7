package io.lakebaseops.change.archival;

import io.lakebaseops.domain.plan.ArchiveOrder;
import io.lakebaseops.postgres.CopiedRows;
import io.lakebaseops.state.Archival;

import java.util.Collection;
import java.util.List;

/// The archive tables, as a move needs them. Every call may be repeated: what was stored before is
/// not stored twice, and what is gone already is no failure.
public interface ColdStore {
    /// Makes the archive table, or sees that it can take the order's columns.
    void prepare(ArchiveOrder order);

    /// Begins to store a portion, all of it or nothing.
    Writing write(ArchiveOrder order, int portion);

    /// The rows stored of a portion, in the order they were written, as the server sent them: each
    /// value turned back from its type in the archive.
    void rows(ArchiveOrder order, int portion, CopiedRows into);

    /// The same by key, as texts.
    List<ColdRow> read(ArchiveOrder order, int portion);

    /// The same as it was in an earlier version of the table, also of rows that have left since.
    List<ColdRow> read(ArchiveOrder order, int portion, long version);

    /// Takes rows of this archival out of the archive.
    void remove(ArchiveOrder order, Collection<String> keys);

    /// Takes rows of one portion out: another may hold a newer row of the same key.
    void remove(ArchiveOrder order, int portion, Collection<String> keys);

    void removeAll(ArchiveOrder order);

    Held held(ArchiveOrder order);

    /// Notes in the history what an archival has come to.
    void note(Archival archival, String status);

    /// A portion that is being stored; without a commit nothing of it stays. Rows must not change
    /// after they were handed over.
    interface Writing extends CopiedRows, AutoCloseable {
        Stored commit();

        @Override
        void close();
    }

    /// @param version of the table that holds the portion
    /// @param fresh false: it was stored before, and what was handed over now was not
    record Stored(long version, boolean fresh) {}

    /// @param files data files that hold rows of the archival
    record Held(String location, long version, List<String> files, long bytes) {
        public Held {
            files = List.copyOf(files);
        }
    }
}

package io.lakebaseops.agents;

import io.lakebaseops.domain.Deadline;
import io.lakebaseops.lakehouse.LakeQuery;
import io.lakebaseops.lakehouse.Lakehouse;
import io.lakebaseops.lakehouse.ReadScope;
import io.lakebaseops.lakehouse.TableName;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/// Writes down once what is told several times, by looking for its row first, one writer at a time.
///
/// A `WriteId` would not do: plans end in any order, so a growing number per writer would drop the
/// later told, and a writer per plan would make every table remember every plan for ever.
public final class IdempotentAppend {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Lakehouse lakehouse;
    private final TableName table;
    private final LakeQuery stored;
    private final ReentrantLock turn = new ReentrantLock();

    /// @param stored counts the rows of a key as `rows_found`
    public IdempotentAppend(Lakehouse lakehouse, TableName table, LakeQuery stored) {
        this.lakehouse = lakehouse;
        this.table = table;
        this.stored = stored;
    }

    /// False when it was there already.
    public boolean add(Map<String, @Nullable Object> row, Map<String, String> key) {
        turn.lock();
        try {
            var found =
                    lakehouse
                            .query(stored, key, ReadScope.ALL, Deadline.in(PATIENCE))
                            .list()
                            .getFirst()
                            .get("rows_found");
            if (found instanceof Number n && n.longValue() > 0) {
                return false;
            }
            lakehouse.append(table, List.of(row));
            return true;
        } finally {
            turn.unlock();
        }
    }
}

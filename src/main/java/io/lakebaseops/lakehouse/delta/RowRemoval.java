package io.lakebaseops.lakehouse.delta;

import io.lakebaseops.domain.Deadline;
import io.lakebaseops.lakehouse.delta.FeatureGate.Use;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Takes rows out of a table: all of some partitions by their files, single ones by writing their
/// files anew without them.
final class RowRemoval {
    private static final int ROUNDS = 20;

    private final DeltaTable table;
    private final Clock clock;

    RowRemoval(DeltaTable table, Clock clock) {
        this.table = table;
        this.clock = clock;
    }

    /// @param partition values of partition columns the rows have
    /// @param leaving null: every row of the partition
    /// @return how many went
    long remove(
            Map<String, String> partition,
            FileRewrite.@Nullable Leaving leaving,
            Deadline deadline) {
        try {
            for (int round = 0; round < ROUNDS; round++) {
                var done = attempt(partition, leaving, deadline);
                if (done >= 0) {
                    return done;
                }
                table.forget();
            }
        } catch (IOException e) {
            throw LakeFailures.disk("Removing rows of " + table.name(), e);
        }
        throw LakeFailures.contended(table.name(), ROUNDS, null);
    }

    private long attempt(
            Map<String, String> partition, FileRewrite.@Nullable Leaving leaving, Deadline deadline)
            throws IOException {
        var base = table.latestFor(Use.EXPIRE);
        var files =
                table.files(base).stream()
                        .filter(f -> f.partition().entrySet().containsAll(partition.entrySet()))
                        .toList();
        if (files.isEmpty()) {
            return 0;
        }
        var note = new CommitNote("DELETE", Map.of("predicate", partition.toString()));
        if (leaving == null) {
            var work = new FileRewrite.Work(Map.of(), files, List.of(), null, note);
            return rewritten(work, deadline);
        }
        var groups = new LinkedHashMap<Map<String, @Nullable String>, List<LiveFile>>();
        files.forEach(f -> groups.computeIfAbsent(f.partition(), _ -> new ArrayList<>()).add(f));
        long removed = 0;
        for (var group : groups.entrySet()) {
            var work =
                    new FileRewrite.Work(
                            group.getKey(), List.of(), group.getValue(), null, leaving, note);
            long some = rewritten(work, deadline);
            if (some < 0) {
                return some;
            }
            removed += some;
        }
        return removed;
    }

    private long rewritten(FileRewrite.Work work, Deadline deadline) throws IOException {
        return new FileRewrite(table, clock, deadline)
                .carryOut(table.latestFor(Use.EXPIRE), work)
                .map(FileRewrite.Done::rowsExpired)
                .orElse(-1L);
    }
}

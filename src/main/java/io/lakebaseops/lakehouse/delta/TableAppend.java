package io.lakebaseops.lakehouse.delta;

import io.delta.kernel.Operation;
import io.delta.kernel.Snapshot;
import io.delta.kernel.data.Row;
import io.delta.kernel.exceptions.CommitStateUnknownException;
import io.delta.kernel.exceptions.ConcurrentWriteException;
import io.delta.kernel.exceptions.KernelEngineException;
import io.delta.kernel.exceptions.KernelException;
import io.delta.kernel.utils.CloseableIterable;
import io.lakebaseops.lakehouse.AppendResult;
import io.lakebaseops.lakehouse.AppendResult.Outcome;
import io.lakebaseops.lakehouse.WriteId;
import io.lakebaseops.lakehouse.delta.FeatureGate.Use;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/// Appends rows to a table: all or none, beside other writers, and not twice.
final class TableAppend {
    // Kernel itself retries plain races; these rounds are for a schema that changed meanwhile.
    private static final int ROUNDS = 5;

    private final DeltaTable table;

    TableAppend(DeltaTable table) {
        this.table = table;
    }

    AppendResult store(
            Collection<? extends Map<String, ? extends @Nullable Object>> rows,
            @Nullable WriteId id) {
        if (rows.isEmpty()) {
            return new AppendResult(table.name(), Outcome.EMPTY, table.latest().getVersion(), 0);
        }
        ConcurrentWriteException last = null;
        for (int round = 0; round < ROUNDS; round++) {
            var staged = new StagedFiles(table);
            try {
                return attempt(rows, id, staged);
            } catch (ConcurrentWriteException e) {
                // Where the same writer was faster, the next round sees whether it was this write.
                staged.discard();
                table.forget();
                last = e;
            } catch (CommitStateUnknownException e) {
                // The commit may have happened: its files must stay, and a WriteId makes it safe
                // to try again.
                throw LakeFailures.disk("Committing to " + table.name(), e);
            } catch (IOException e) {
                staged.discard();
                table.forget();
                throw LakeFailures.disk("Appending to " + table.name(), e);
            } catch (KernelException | KernelEngineException | UnsupportedOperationException e) {
                staged.discard();
                table.forget();
                throw LakeFailures.kernel("Appending to " + table.name(), e);
            }
        }
        throw LakeFailures.contended(table.name(), ROUNDS, last);
    }

    private AppendResult attempt(
            Collection<? extends Map<String, ? extends @Nullable Object>> rows,
            @Nullable WriteId id,
            StagedFiles staged)
            throws IOException {
        var base = table.latestFor(Use.APPEND);
        var refused = id == null ? null : refused(base, id);
        if (refused != null) {
            return new AppendResult(table.name(), refused, table.latest().getVersion(), 0);
        }
        var builder = base.buildUpdateTableTransaction(LocalEngine.NAME, Operation.WRITE);
        if (id != null) {
            builder = builder.withTransactionId(id.writer(), id.sequence());
        }
        var transaction = builder.build(table.engine());
        var state = transaction.getTransactionState(table.engine());
        var batches =
                new RowBatches(table.name(), base.getSchema(), base.getPartitionColumnNames());
        var actions = new ArrayList<Row>();
        var layout = new FileLayout(base);
        for (var part : batches.split(rows)) {
            actions.addAll(staged.append(state, layout, part));
        }
        new CommitNote("WRITE", parameters(rows, id))
                .with("numFiles", actions.size())
                .with("numOutputRows", rows.size())
                .with("numOutputBytes", staged.bytes())
                .blind()
                .attach(transaction);
        var commit =
                transaction.commit(
                        table.engine(),
                        CloseableIterable.inMemoryIterable(
                                KernelInternals.closeable(actions.iterator())));
        return new AppendResult(table.name(), Outcome.STORED, table.committed(commit), rows.size());
    }

    private static Map<String, String> parameters(
            Collection<? extends Map<String, ? extends @Nullable Object>> rows,
            @Nullable WriteId id) {
        var parameters = new HashMap<String, String>();
        parameters.put("mode", "Append");
        var run = rows.iterator().next().get("run_id");
        if (run != null) {
            parameters.put("run", run.toString());
        }
        if (id != null) {
            parameters.put("writer", id.writer());
        }
        return parameters;
    }

    private @Nullable Outcome refused(Snapshot base, WriteId id) {
        long stored =
                base.getLatestTransactionVersion(table.engine(), id.writer())
                        .orElse(Long.MIN_VALUE);
        if (stored >= id.sequence()) {
            return Outcome.ALREADY_STORED;
        }
        return id.after() != null && stored > id.after() ? Outcome.OVERTAKEN : null;
    }
}

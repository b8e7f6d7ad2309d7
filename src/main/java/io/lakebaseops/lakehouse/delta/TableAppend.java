package io.lakebaseops.lakehouse.delta;

import io.delta.kernel.Operation;
import io.delta.kernel.Snapshot;
import io.delta.kernel.data.Row;
import io.delta.kernel.exceptions.CommitStateUnknownException;
import io.delta.kernel.exceptions.ConcurrentTransactionException;
import io.delta.kernel.exceptions.ConcurrentWriteException;
import io.delta.kernel.exceptions.KernelEngineException;
import io.delta.kernel.exceptions.KernelException;
import io.delta.kernel.internal.util.Utils;
import io.delta.kernel.utils.CloseableIterable;
import io.lakebaseops.lakehouse.AppendResult;
import io.lakebaseops.lakehouse.AppendResult.Outcome;
import io.lakebaseops.lakehouse.WriteId;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
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
            } catch (ConcurrentTransactionException _) {
                staged.discard();
                table.forget();
                return alreadyStored();
            } catch (ConcurrentWriteException e) {
                staged.discard();
                table.forget();
                last = e;
            } catch (CommitStateUnknownException e) {
                // The commit may have happened: its files must stay, and a WriteId makes it safe
                // to try again.
                throw LakeFailures.disk("Committing to " + table.name(), e);
            } catch (IOException | KernelException | KernelEngineException e) {
                staged.discard();
                table.forget();
                throw LakeFailures.disk("Appending to " + table.name(), e);
            }
        }
        throw LakeFailures.contended(table.name(), ROUNDS, last);
    }

    private AppendResult attempt(
            Collection<? extends Map<String, ? extends @Nullable Object>> rows,
            @Nullable WriteId id,
            StagedFiles staged)
            throws IOException {
        var base = table.latest();
        if (id != null && isStored(base, id)) {
            return alreadyStored();
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
        for (var part : batches.split(rows)) {
            actions.addAll(staged.append(state, part));
        }
        var commit =
                transaction.commit(
                        table.engine(),
                        CloseableIterable.inMemoryIterable(
                                Utils.toCloseableIterator(actions.iterator())));
        return new AppendResult(table.name(), Outcome.STORED, table.committed(commit), rows.size());
    }

    private boolean isStored(Snapshot base, WriteId id) {
        return base.getLatestTransactionVersion(table.engine(), id.writer())
                .filter(version -> version >= id.sequence())
                .isPresent();
    }

    private AppendResult alreadyStored() {
        return new AppendResult(
                table.name(), Outcome.ALREADY_STORED, table.latest().getVersion(), 0);
    }
}

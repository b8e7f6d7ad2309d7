package io.lakebaseops.lakehouse.delta;

import io.delta.kernel.commit.CommitFailedException;
import io.delta.kernel.commit.CommitMetadata;
import io.delta.kernel.commit.CommitResponse;
import io.delta.kernel.commit.Committer;
import io.delta.kernel.data.Row;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.utils.CloseableIterator;

/// Commits as Kernel does, with the transaction's [CommitNote] in the log: Kernel itself names
/// neither run nor figures, and calls no append a blind one.
final class NotingCommitter implements Committer {
    static final NotingCommitter INSTANCE = new NotingCommitter();

    private NotingCommitter() {}

    @Override
    public CommitResponse commit(
            Engine engine, CloseableIterator<Row> actions, CommitMetadata commit)
            throws CommitFailedException {
        var properties = commit.getCommitterProperties().get();
        var told =
                properties.isEmpty()
                        ? actions
                        : actions.map(
                                action ->
                                        KernelInternals.described(
                                                action, commit, CommitNote.attached(properties)));
        return KernelInternals.committer().commit(engine, told, commit);
    }
}

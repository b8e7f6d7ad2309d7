package io.lakebaseops.postgres;

import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.TargetCondition;
import io.lakebaseops.domain.TargetId;

import java.util.List;

/// Sessions on the database servers we know: few connections to each at a time, shared by all its
/// databases and profiles; who finds none free waits until its deadline. Credentials are fetched
/// per physical connection.
public interface Targets extends AutoCloseable {
    /// On the target's default database.
    ReadSession read(TargetId target, Deadline deadline);

    ReadSession read(TargetId target, String database, Deadline deadline);

    /// One snapshot of a database, for comparing its rows with something else.
    SnapshotSession snapshot(TargetId target, String database, Deadline deadline);

    /// Databases that accept connections, templates left out.
    List<String> databases(TargetId target, Deadline deadline);

    Capabilities capabilities(TargetId target, Deadline deadline);

    WriteSession write(TargetId target, String database, WritePermit permit, Deadline deadline);

    /// Every target that can be watched now, by connection profile.
    List<TargetId> known();

    /// False when looking would wake a suspended compute: collectors then skip it.
    boolean awake(TargetId target, Deadline deadline);

    /// How connecting to it stands, in words for a person; asks no server.
    default TargetCondition condition(TargetId target) {
        return new TargetCondition.NotTried();
    }

    /// A person wants another try now, also after a refused login.
    default void tryAgain(TargetId target) {}

    /// What we cost this server ourselves.
    default OwnLoad ownLoad(TargetId target) {
        return OwnLoad.NONE;
    }

    /// Closes what is open to a target that is gone, or is another one under the same name now.
    default void forget(TargetId target) {}

    @Override
    void close();
}

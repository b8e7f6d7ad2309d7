package io.lakebaseops.postgres;

import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.TargetId;

import java.util.List;

/// Opens sessions on the database servers we know. Pools are per target and database; credentials
/// are fetched per new physical connection.
public interface Targets extends AutoCloseable {
    /// On the target's default database.
    ReadSession read(TargetId target, Deadline deadline);

    ReadSession read(TargetId target, String database, Deadline deadline);

    /// On a connection nothing else uses: whether the server answers must not depend on whether our
    /// own work leaves a connection free.
    default ReadSession pulse(TargetId target, Deadline deadline) {
        return read(target, deadline);
    }

    /// Databases that accept connections, templates left out.
    List<String> databases(TargetId target, Deadline deadline);

    Capabilities capabilities(TargetId target, Deadline deadline);

    WriteSession write(TargetId target, String database, WritePermit permit, Deadline deadline);

    /// Every target that can be watched now, by connection profile.
    List<TargetId> known();

    /// False when looking would wake a suspended compute: collectors then skip it.
    boolean awake(TargetId target, Deadline deadline);

    /// Closes what is open to a target that is gone, or is another one under the same name now.
    default void forget(TargetId target) {}

    @Override
    void close();
}

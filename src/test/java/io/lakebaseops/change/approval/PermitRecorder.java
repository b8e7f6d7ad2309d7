package io.lakebaseops.change.approval;

import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.postgres.Capabilities;
import io.lakebaseops.postgres.ReadSession;
import io.lakebaseops.postgres.SnapshotSession;
import io.lakebaseops.postgres.Targets;
import io.lakebaseops.postgres.WritePermit;
import io.lakebaseops.postgres.WriteSession;

import java.util.List;

/// Targets that keep each permit they were shown, to see what it still opens after a run.
record PermitRecorder(Targets targets, List<WritePermit> permits) implements Targets {
    @Override
    public SnapshotSession snapshot(TargetId target, String database, Deadline deadline) {
        return targets.snapshot(target, database, deadline);
    }

    @Override
    public ReadSession read(TargetId target, Deadline deadline) {
        return targets.read(target, deadline);
    }

    @Override
    public ReadSession read(TargetId target, String database, Deadline deadline) {
        return targets.read(target, database, deadline);
    }

    @Override
    public List<String> databases(TargetId target, Deadline deadline) {
        return targets.databases(target, deadline);
    }

    @Override
    public Capabilities capabilities(TargetId target, Deadline deadline) {
        return targets.capabilities(target, deadline);
    }

    @Override
    public WriteSession write(
            TargetId target, String database, WritePermit permit, Deadline deadline) {
        permits.add(permit);
        return targets.write(target, database, permit, deadline);
    }

    @Override
    public List<TargetId> known() {
        return targets.known();
    }

    @Override
    public boolean awake(TargetId target, Deadline deadline) {
        return targets.awake(target, deadline);
    }

    @Override
    public void close() {
        targets.close();
    }
}

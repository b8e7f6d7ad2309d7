package io.lakebaseops.state;

import io.lakebaseops.postgres.SqlName;

/// Names of the statements about archivals in the state database.
final class ArchivalSql {
    static final SqlName BEGIN = SqlName.of("state/archival_begin");
    static final SqlName PHASE = SqlName.of("state/archival_phase");
    static final SqlName STOP = SqlName.of("state/archival_stop");
    static final SqlName END = SqlName.of("state/archival_end");
    static final SqlName PORTION_ADD = SqlName.of("state/archival_portion_add");
    static final SqlName PORTIONS = SqlName.of("state/archival_portions");
    static final SqlName PORTION_STATE = SqlName.of("state/archival_portion_state");
    static final SqlName BATCH_PENDING = SqlName.of("state/archival_batch_pending");
    static final SqlName BATCH_DONE = SqlName.of("state/archival_batch_done");
    static final SqlName BATCH_UNDONE = SqlName.of("state/archival_batch_undone");
    static final SqlName FIND = SqlName.of("state/archival_find");
    static final SqlName LIST = SqlName.of("state/archivals");

    private ArchivalSql() {}
}

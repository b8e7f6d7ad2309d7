package io.lakebaseops.state;

import io.lakebaseops.postgres.SqlName;

/// The statements about runs of jobs and tools, by name; their text is in `sql/state/`.
final class RunSql {
    static final SqlName JOB_PAUSE = SqlName.of("state/job_pause");
    static final SqlName JOB_RUN_PUT = SqlName.of("state/job_run_put");
    static final SqlName JOB_RUNS = SqlName.of("state/job_runs");
    static final SqlName JOB_SCHEDULE = SqlName.of("state/job_schedule");
    static final SqlName JOB_SERVE = SqlName.of("state/job_serve");
    static final SqlName TOOL_RUN_PUT = SqlName.of("state/tool_run_put");
    static final SqlName TOOL_RUNS = SqlName.of("state/tool_runs");

    private RunSql() {}
}

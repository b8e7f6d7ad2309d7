package io.lakebaseops.state;

/// The statements about runs of jobs and tools, by name; their text is in `sql/state/`.
final class RunSql {
    static final NamedSql JOB_PAUSE = NamedSql.of("state/job_pause");
    static final NamedSql JOB_RUN_PUT = NamedSql.of("state/job_run_put");
    static final NamedSql JOB_RUNS = NamedSql.of("state/job_runs");
    static final NamedSql JOB_SCHEDULE = NamedSql.of("state/job_schedule");
    static final NamedSql JOB_SERVE = NamedSql.of("state/job_serve");
    static final NamedSql TOOL_RUN_PUT = NamedSql.of("state/tool_run_put");
    static final NamedSql TOOL_RUNS = NamedSql.of("state/tool_runs");

    private RunSql() {}
}

package io.lakebaseops.framework;

import io.lakebaseops.framework.JobScheduler.JobDefinition;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Which jobs does a console run, and when? Only those whose tools are in the catalog.
public final class StandardJobs {
    private StandardJobs() {}

    public static List<JobDefinition> of(ToolCatalog catalog) {
        var all =
                List.of(
                        job(
                                "metric-collector",
                                "*/5 * * * *",
                                5,
                                "persist_pg_stat_statements",
                                "monitor_system_health",
                                "evaluate_alert_thresholds"),
                        job("index-analyzer", "0 * * * *", 10, indexTools(catalog)),
                        job(
                                "vacuum-scheduler",
                                "0 2 * * *",
                                60,
                                "identify_tables_needing_vacuum",
                                "schedule_vacuum_analyze"),
                        job("sync-validator", "*/15 * * * *", 5, "run_full_sync_validation"),
                        job(
                                "branch-manager",
                                "0 */6 * * *",
                                10,
                                "enforce_ttl_policies",
                                "monitor_branch_count"),
                        // The branch manager's daily part; its cron has one rhythm only.
                        job("staging-reset", "0 2 * * *", 10, "reset_branch_from_parent"),
                        job(
                                "cold-archiver",
                                "0 3 * * 0",
                                120,
                                "identify_cold_data",
                                "archive_cold_data_to_delta"),
                        job(
                                "cost-tracker",
                                "0 6 * * *",
                                10,
                                "track_cost_attribution",
                                "recommend_scale_to_zero_timeout"));
        var possible = new ArrayList<JobDefinition>();
        for (var job : all) {
            var tools = job.tools().stream().filter(t -> catalog.find(t).isPresent()).toList();
            if (!tools.isEmpty()) {
                possible.add(new JobDefinition(job.name(), job.cron(), job.timeout(), tools));
            }
        }
        return List.copyOf(possible);
    }

    /// The full analysis looks once for all kinds; the single tools would look again.
    private static String[] indexTools(ToolCatalog catalog) {
        return catalog.find("run_full_index_analysis").isPresent()
                ? new String[] {"run_full_index_analysis"}
                : new String[] {"detect_duplicate_indexes", "detect_missing_fk_indexes"};
    }

    private static JobDefinition job(String name, String cron, int minutes, String... tools) {
        return new JobDefinition(name, cron, Duration.ofMinutes(minutes), List.of(tools));
    }
}

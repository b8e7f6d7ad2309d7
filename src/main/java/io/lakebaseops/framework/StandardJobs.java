package io.lakebaseops.framework;

import io.lakebaseops.framework.JobScheduler.JobDefinition;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The jobs of a console, as the cadences of its tools give them: a job runs its tools in the order
/// of the catalog, and one without tools does not exist.
public final class StandardJobs {
    private StandardJobs() {}

    public static List<JobDefinition> of(ToolCatalog catalog) {
        Map<String, JobDefinition> jobs = new LinkedHashMap<>();
        for (var job : StandardJob.values()) {
            var tools = catalog.all().stream().map(Tool::descriptor).filter(d -> in(job, d));
            var names = tools.map(ToolDescriptor::name).toList();
            if (!names.isEmpty()) {
                jobs.put(
                        job.title(),
                        new JobDefinition(job.title(), job.cron(), job.timeout(), names));
            }
        }
        for (var tool : catalog.all()) {
            var d = tool.descriptor();
            if (d.cadence() instanceof Cadence.Cron(var cron)) {
                var own = d.name().replace('_', '-');
                jobs.put(own, new JobDefinition(own, cron, d.timeout(), List.of(d.name())));
            }
        }
        return List.copyOf(jobs.values());
    }

    private static boolean in(StandardJob job, ToolDescriptor tool) {
        return tool.cadence() instanceof Cadence.InJob(var its) && its == job;
    }
}

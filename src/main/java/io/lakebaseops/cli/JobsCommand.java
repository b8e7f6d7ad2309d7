package io.lakebaseops.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.lakebaseops.domain.OpsException;
import io.lakebaseops.framework.JobScheduler;
import io.lakebaseops.framework.JobScheduler.JobRun;
import io.lakebaseops.framework.JobScheduler.JobRunState;
import io.lakebaseops.framework.OutputJson;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;

/// `jobs`: what runs by the clock, and run it now.
@Command(
        name = "jobs",
        description = "List and run the scheduled jobs",
        mixinStandardHelpOptions = true)
final class JobsCommand {
    private final Services services;

    @SuppressWarnings("NullAway.Init") // filled by picocli
    @Spec
    private CommandSpec spec;

    JobsCommand(Services services) {
        this.services = services;
    }

    @Command(
            name = "list",
            description = "Jobs and their last run",
            mixinStandardHelpOptions = true)
    int list(@Option(names = "--json") boolean json) {
        var scheduler = services.jobs();
        var array = JsonNodeFactory.instance.arrayNode();
        var rows = new ArrayList<List<String>>();
        for (var status : scheduler.jobs()) {
            var job = status.definition();
            var last = scheduler.runs(job.name(), 1).stream().findFirst().orElse(null);
            var node = array.addObject().put("name", job.name()).put("cron", job.cron());
            node.put("paused", status.paused());
            node.put("timeout_seconds", job.timeout().toSeconds());
            job.tools().forEach(node.putArray("tools")::add);
            node.set("last", last == null ? null : run(last));
            node.put("next", status.next() == null ? null : status.next().toString());
            rows.add(
                    List.of(
                            job.name(),
                            job.cron(),
                            status.paused() ? "paused" : "next " + status.next(),
                            last == null
                                    ? "never ran"
                                    : ReportText.word(last.state()) + " " + last.startedAt()));
        }
        if (json) {
            OutputWriter.json(out(), array);
        } else {
            OutputWriter.table(out(), rows);
        }
        return ExitCode.OK;
    }

    @Command(name = "run", description = "Run now and wait", mixinStandardHelpOptions = true)
    int run(
            @Parameters(paramLabel = "NAME", arity = "0..1") @Nullable String name,
            @Option(names = "--all", description = "Every job") boolean all,
            @Option(names = "--json") boolean json) {
        if ((name == null) != all) {
            throw new TargetOptions.Misuse("Name one job, or say --all");
        }
        var scheduler = services.jobs();
        known(scheduler, name);
        var opened = services.openAll();
        opened.troubles().forEach(spec.commandLine().getErr()::println);
        if (opened.targets().isEmpty()) {
            throw new OpsException(
                    OpsException.Kind.UNSUPPORTED,
                    "Run jobs",
                    "there is no server to run them on",
                    "add a connection profile, or start Local Lakebase with `local up`");
        }
        var ids = name == null ? scheduler.runAll() : List.of(scheduler.runNow(name));
        var array = JsonNodeFactory.instance.arrayNode();
        var states = EnumSet.noneOf(JobRunState.class);
        for (var id : ids) {
            var ended = scheduler.await(id);
            states.add(ended.state());
            array.add(run(ended));
            if (!json) {
                out().println(ended.job() + ": " + ReportText.word(ended.state()));
                ended.log().forEach(line -> out().println("  " + line));
            }
        }
        if (json) {
            OutputWriter.json(out(), all ? array : array.get(0));
        }
        if (states.contains(JobRunState.FAILED) || states.contains(JobRunState.CANCELLED)) {
            return ExitCode.FAILED;
        }
        return states.contains(JobRunState.OK) ? ExitCode.OK : ExitCode.UNAVAILABLE;
    }

    private static void known(JobScheduler scheduler, @Nullable String name) {
        var names = scheduler.jobs().stream().map(j -> j.definition().name()).toList();
        if (name != null && !names.contains(name)) {
            throw new OpsException(
                    OpsException.Kind.NOT_FOUND,
                    "Job " + name,
                    "there is no job of this name",
                    "`jobs list` lists those there are");
        }
    }

    private static ObjectNode run(JobRun run) {
        var json =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("id", run.id().toString())
                        .put("job", run.job())
                        .put("trigger", run.trigger());
        json.set("state", OutputJson.tree(run.state()));
        json.put("started_at", run.startedAt().toString());
        json.put("ended_at", run.endedAt() == null ? null : run.endedAt().toString());
        run.log().forEach(json.putArray("log")::add);
        return json;
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}

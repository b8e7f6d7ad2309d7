package io.lakebaseops.console;

import com.fasterxml.jackson.databind.JsonNode;

import io.lakebaseops.domain.Actor;
import io.lakebaseops.domain.Doc;
import io.lakebaseops.domain.Source;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.framework.AgentFramework;
import io.lakebaseops.framework.Cadence;
import io.lakebaseops.framework.OpsEvent;
import io.lakebaseops.framework.Outcome;
import io.lakebaseops.framework.ReadTool;
import io.lakebaseops.framework.ToolCatalog;
import io.lakebaseops.framework.ToolContext;
import io.lakebaseops.framework.ToolDescriptor;
import io.lakebaseops.framework.ToolKind;
import io.lakebaseops.framework.ToolReport;
import io.lakebaseops.framework.work.Work;

import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;

/// A catalog of invented answers; remembers what was asked.
public final class FakeTools implements AgentFramework {
    /// How closely to look.
    public enum Mode {
        FAST,
        EXACT
    }

    public record Input(
            @Doc(value = "Minutes a session may be idle", defaultValue = "30") int maxAge,
            @Doc("Only this table, schema.name") @Nullable String table,
            @Doc(value = "How closely to look", defaultValue = "\"fast\"") Mode mode,
            @Doc(value = "Only say what would be done", defaultValue = "true") boolean dryRun) {}

    public record Output(int n) {}

    public final List<ToolReport> reports = new CopyOnWriteArrayList<>();
    public volatile Consumer<String> onRun = _ -> {};
    public final List<String> asked = new CopyOnWriteArrayList<>();

    /// What tools answer instead of an invented judgement.
    public final Map<String, Function<JsonNode, Record>> answers = new ConcurrentHashMap<>();
    /// Instead of the invented ones.
    public volatile @Nullable ToolCatalog own;

    /// The plans tools file.
    public final Map<String, List<FiledPlan>> plans = new ConcurrentHashMap<>();

    private final Clock clock;
    private final FakeBus bus;
    private final ToolCatalog catalog;

    FakeTools(Clock clock, FakeBus bus) {
        this.clock = clock;
        this.bus = bus;
        var list = new ArrayList<Fake>();
        list.add(tool("create_ops_catalog", "provisioning", "project", ToolKind.CHANGE, null));
        list.add(tool("create_branch", "provisioning", "branching", ToolKind.CHANGE, null));
        list.add(
                tool(
                        "monitor_branch_count",
                        "provisioning",
                        "branching",
                        ToolKind.READ,
                        "0 */6 * * *"));
        list.add(
                tool(
                        "persist_pg_stat_statements",
                        "performance",
                        "metrics",
                        ToolKind.HISTORY,
                        "*/5 * * * *"));
        list.add(
                tool(
                        "detect_duplicate_indexes",
                        "performance",
                        "indexes",
                        ToolKind.READ,
                        "0 * * * *"));
        list.add(
                tool(
                        "detect_missing_fk_indexes",
                        "performance",
                        "indexes",
                        ToolKind.READ,
                        "0 * * * *"));
        list.add(
                tool(
                        "identify_tables_needing_vacuum",
                        "performance",
                        "maintenance",
                        ToolKind.READ,
                        "0 2 * * *"));
        list.add(
                tool(
                        "schedule_vacuum_analyze",
                        "performance",
                        "maintenance",
                        ToolKind.CHANGE,
                        "0 2 * * *"));
        list.add(
                tool(
                        "monitor_system_health",
                        "health",
                        "monitoring",
                        ToolKind.HISTORY,
                        "*/5 * * * *"));
        list.add(
                tool(
                        "evaluate_alert_thresholds",
                        "health",
                        "monitoring",
                        ToolKind.READ,
                        "*/5 * * * *"));
        list.add(tool("execute_low_risk_sop", "health", "monitoring", ToolKind.CHANGE, null));
        list.add(tool("monitor_connections", "health", "connections", ToolKind.READ, "* * * * *"));
        list.add(
                tool("terminate_idle_connections", "health", "connections", ToolKind.CHANGE, null));
        catalog = new ToolCatalog(list);
    }

    record Fake(ToolDescriptor descriptor) implements ReadTool<Input, Output> {
        @Override
        public Class<Input> inputType() {
            return Input.class;
        }

        @Override
        public Outcome<Output> run(Input input, ToolContext context) {
            throw new UnsupportedOperationException();
        }
    }

    static Fake tool(
            String name, String agent, String module, ToolKind kind, @Nullable String schedule) {
        return new Fake(
                new ToolDescriptor(
                        name,
                        agent,
                        module,
                        kind,
                        "What "
                                + name.replace('_', ' ')
                                + " does, in a line a person or a model reads.",
                        "B." + module,
                        ToolDescriptor.Scope.BRANCH,
                        Duration.ofMinutes(5),
                        schedule == null ? new Cadence.OnRequest() : new Cadence.Cron(schedule),
                        List.of()));
    }

    @Override
    public ToolCatalog catalog() {
        var its = own;
        return its == null ? catalog : its;
    }

    @Override
    public Work<ToolReport> start(String tool, JsonNode input, TargetId target, Actor actor) {
        asked.add(tool + " " + input + " on " + target);
        onRun.accept(tool);
        var report =
                report(
                        tool,
                        ToolReport.Status.OK,
                        clock.instant(),
                        Duration.ofMillis(312),
                        answers.getOrDefault(tool, _ -> new Judged(10, "shop.inventory", 0.142))
                                .apply(input));
        report = with(plans.getOrDefault(tool, List.of()), report);
        reports.addFirst(report);
        bus.publish(new OpsEvent.RunEnded(target, clock.instant(), report.runId(), tool, "OK"));
        return new FakeWork<>(tool, 1, "done", true, report);
    }

    @Override
    public Work<ToolReport> mend(String tool, String fingerprint, TargetId target, Actor actor) {
        asked.add(tool + " mends " + fingerprint + " on " + target);
        return new FakeWork<>(
                tool,
                1,
                "done",
                true,
                report(tool, ToolReport.Status.OK, clock.instant(), Duration.ofMillis(312), null));
    }

    private static ToolReport with(List<FiledPlan> plans, ToolReport r) {
        return new ToolReport(
                r.runId(),
                r.tool(),
                r.target(),
                r.actor(),
                r.status(),
                r.source(),
                r.findings(),
                r.data(),
                plans,
                r.caveats(),
                r.error(),
                r.startedAt(),
                r.duration());
    }

    record Judged(int tables, String worst, double ratio) {}

    static ToolReport report(
            String tool,
            ToolReport.Status status,
            Instant at,
            Duration took,
            @Nullable Record data) {
        return new ToolReport(
                UUID.nameUUIDFromBytes(
                        (tool + at).getBytes(java.nio.charset.StandardCharsets.UTF_8)),
                tool,
                FakeShop.PRODUCTION,
                Actor.agent("scheduler"),
                status,
                status == ToolReport.Status.OK ? Source.LIVE : Source.UNAVAILABLE,
                List.of(),
                data,
                List.of(),
                List.of(),
                status == ToolReport.Status.OK
                        ? null
                        : "The statistics view is not readable: pg_monitor is missing. Grant it.",
                at,
                took);
    }

    @Override
    public List<ToolReport> recent(int limit) {
        return reports.stream().limit(limit).toList();
    }
}

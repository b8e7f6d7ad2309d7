package io.lakebaseops.agents.performance;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import io.lakebaseops.agents.GateRig;
import io.lakebaseops.agents.performance.indexes.DetectDuplicateIndexes;
import io.lakebaseops.agents.performance.indexes.DetectMissingFkIndexes;
import io.lakebaseops.agents.performance.indexes.RunFullIndexAnalysis;
import io.lakebaseops.agents.performance.maintenance.IdentifyTablesNeedingVacuum;
import io.lakebaseops.console.FakeLakehouse;
import io.lakebaseops.domain.Actor;
import io.lakebaseops.domain.plan.ChangePlan;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.domain.plan.PlanSubmitter;
import io.lakebaseops.framework.OrderedEventBus;
import io.lakebaseops.framework.Tool;
import io.lakebaseops.framework.ToolCatalog;
import io.lakebaseops.framework.ToolReport;
import io.lakebaseops.framework.ToolRunner;
import io.lakebaseops.framework.work.TaskExecutor;
import io.lakebaseops.state.FindingStore;
import io.lakebaseops.state.Findings;
import io.lakebaseops.state.IdleIndexStore;
import io.lakebaseops.state.IndexSummaryStore;
import io.lakebaseops.testing.Pg17;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/// What index and vacuum advice costs on very many tables, and the lists that show it afterwards.
/// Run by hand: `main [tables]`.
public final class ManyTablesBench {
    private ManyTablesBench() {}

    public static void main(String[] args) {
        int tables = args.length > 0 ? Integer.parseInt(args[0]) : 10_000;
        var server =
                Pg17.started(
                        List.of(
                                "max_locks_per_transaction=2000",
                                "fsync=off",
                                "shared_preload_libraries=pg_stat_statements"));
        try {
            var database = server.database("many");
            long start = System.nanoTime();
            ManyTables.fill(database, tables);
            System.out.printf("%,d tables in %s%n", tables, since(start));
            database.asAdmin("create extension if not exists pg_stat_statements");
            // A new state database each time: all remedies are filed anew; the first pass warms up.
            for (int pass = 1; pass <= 3; pass++) {
                System.out.println("pass " + pass);
                try (var gate = GateRig.of(database);
                        var room = TaskExecutor.open(Clock.systemUTC())) {
                    gate.tools().test().read().close();
                    var all = new ArrayList<Tool<?, ?>>(tools(gate));
                    all.add(new DetectDuplicateIndexes(gate.tools().targets(), gate.tools().sql()));
                    all.add(new DetectMissingFkIndexes(gate.tools().targets(), gate.tools().sql()));
                    for (var tool : all) {
                        measure(database, gate, room, tool);
                        measure(database, gate, room, tool);
                    }
                    lists(gate);
                }
            }
        } finally {
            server.stop();
        }
    }

    private static void measure(
            Pg17.Database database, GateRig gate, TaskExecutor room, Tool<?, ?> tool) {
        database.asAdmin("select pg_stat_statements_reset()");
        var filing = new Filing(gate.desk());
        long begin = System.nanoTime();
        var report = run(gate, filing, room, tool);
        System.out.printf(
                "%s: %s whole, the gate %,d ms, the server %s ms; %,d findings, %,d plans, %s %s%n",
                report.tool(),
                since(begin),
                filing.nanos.get() / 1_000_000,
                database.scalar(
                        "select round(sum(total_exec_time)) from pg_stat_statements"
                                + " where query like '/* lakebaseops%'"),
                report.findings().size(),
                report.plans().size(),
                report.status(),
                report.caveats());
    }

    /// Says how long the gate took.
    private record Filing(PlanSubmitter gate, AtomicLong nanos) implements PlanSubmitter {
        Filing(PlanSubmitter gate) {
            this(gate, new AtomicLong());
        }

        @Override
        public FiledPlan file(ChangePlan plan) {
            return fileAll(List.of(plan)).getFirst();
        }

        @Override
        public List<FiledPlan> fileAll(List<ChangePlan> plans) {
            long begin = System.nanoTime();
            var filed = gate.fileAll(plans);
            nanos.addAndGet(System.nanoTime() - begin);
            return filed;
        }
    }

    private static void lists(GateRig gate) {
        var store = new FindingStore(gate.state());
        var target = gate.tools().test().target();
        for (int round = 1; round <= 3; round++) {
            long begin = System.nanoTime();
            int groups = store.groups(target).size();
            var grouped = since(begin);
            begin = System.nanoTime();
            int page = store.page(Findings.Filter.of(target), 0, 200).size();
            System.out.printf(
                    "list: %d groups in %s, the first %d findings in %s%n",
                    groups, grouped, page, since(begin));
        }
    }

    static List<Tool<?, ?>> tools(GateRig gate) {
        var targets = gate.tools().targets();
        var sql = gate.tools().sql();
        return List.of(
                new RunFullIndexAnalysis(
                        targets,
                        sql,
                        new IdleIndexStore(gate.state()),
                        new IndexSummaryStore(gate.state()),
                        new FakeLakehouse()),
                new IdentifyTablesNeedingVacuum(targets, sql));
    }

    /// As a job runs it: with the real findings, the real gate, and an agent who asks.
    static ToolReport run(GateRig gate, TaskExecutor room, Tool<?, ?> tool) {
        return run(gate, gate.desk(), room, tool);
    }

    private static ToolReport run(
            GateRig gate, PlanSubmitter desk, TaskExecutor room, Tool<?, ?> tool) {
        try (var bus = new OrderedEventBus(room)) {
            var runner =
                    new ToolRunner(
                            new ToolCatalog(List.of(tool)),
                            room,
                            Clock.systemUTC(),
                            new FindingStore(gate.state()),
                            desk,
                            List.of(),
                            bus,
                            _ -> {});
            return runner.run(
                    tool.descriptor().name(),
                    JsonNodeFactory.instance.objectNode(),
                    gate.tools().test().target(),
                    Actor.agent("performance"));
        }
    }

    private static String since(long start) {
        return "%,d ms".formatted((System.nanoTime() - start) / 1_000_000);
    }
}

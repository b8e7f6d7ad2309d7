package io.lakebaseops.agents.performance;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import io.lakebaseops.agents.GateRig;
import io.lakebaseops.agents.ToolRig;
import io.lakebaseops.agents.performance.indexes.DetectDuplicateIndexes;
import io.lakebaseops.agents.performance.indexes.DetectMissingFkIndexes;
import io.lakebaseops.agents.performance.indexes.RunFullIndexAnalysis;
import io.lakebaseops.agents.performance.maintenance.IdentifyTablesNeedingVacuum;
import io.lakebaseops.change.approval.PlanListener;
import io.lakebaseops.change.approval.StoredPlanQueue;
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
import io.lakebaseops.testing.StateDatabases;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/// What index and vacuum advice costs on very many tables, and the lists that show it afterwards.
/// Run by hand: `main [tables] [passes]`; the last pass counts, since the first ones warm up.
public final class ManyTablesBench {
    private static final int PASSES = 8;

    private ManyTablesBench() {}

    public static void main(String[] args) {
        int tables = args.length > 0 ? Integer.parseInt(args[0]) : 10_000;
        int passes = args.length > 1 ? Integer.parseInt(args[1]) : PASSES;
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
            for (int pass = 1; pass <= passes; pass++) {
                System.out.println("pass " + pass);
                // A new state database for each: all remedies are filed.
                for (var which : List.of(0, 1, 2, 3)) {
                    pass(database, which);
                }
            }
        } finally {
            server.stop();
        }
    }

    private static void pass(Pg17.Database database, int which) {
        var state = StateDatabases.fresh("bench_state");
        try (var gate =
                        GateRig.on(
                                state.url(),
                                ToolRig.of(database),
                                PlanListener.NOBODY,
                                _ -> Optional.empty());
                var room = TaskExecutor.open(Clock.systemUTC())) {
            gate.tools().test().read().close();
            var all = new ArrayList<Tool<?, ?>>(tools(gate));
            all.add(new DetectDuplicateIndexes(gate.tools().targets(), gate.tools().sql()));
            all.add(new DetectMissingFkIndexes(gate.tools().targets(), gate.tools().sql()));
            measure(database, state, gate, room, all.get(which));
            if (all.get(which) instanceof RunFullIndexAnalysis) {
                lists(gate);
            }
        }
    }

    private static void measure(
            Pg17.Database database,
            Pg17.Database state,
            GateRig gate,
            TaskExecutor room,
            Tool<?, ?> tool) {
        database.asAdmin("select pg_stat_statements_reset()");
        var filing = new Filing(gate.desk());
        var self = ProcessHandle.current();
        var console = cpu(Stream.of(self));
        var servers = cpu(self.descendants());
        long begin = System.nanoTime();
        var report = run(gate, filing, room, tool);
        var whole = since(begin);
        System.out.printf(
                "%s: %s whole (processor: console %,d ms, servers %,d ms), the gate %,d ms, the"
                        + " server %s ms, its longest statement %s ms, that of the state database"
                        + " %s ms; %,d findings, %,d plans, %s %s%n",
                report.tool(),
                whole,
                cpu(Stream.of(self)) - console,
                cpu(self.descendants()) - servers,
                filing.nanos.get() / 1_000_000,
                database.scalar("select round(sum(total_exec_time))" + OURS),
                database.scalar("select round(max(max_exec_time))" + OURS),
                state.scalar(
                        "select round(max(max_exec_time))"
                                + OURS
                                + " and dbid = (select oid from pg_database where datname ="
                                + " current_database())"),
                report.findings().size(),
                report.plans().size(),
                report.status(),
                report.caveats());
    }

    private static final String OURS =
            " from pg_stat_statements where query like '/* lakebaseops%'";

    /// Milliseconds; unlike the clock they do not count waiting for a busy machine.
    private static long cpu(Stream<ProcessHandle> processes) {
        return processes
                .flatMap(p -> p.info().totalCpuDuration().stream())
                .mapToLong(Duration::toMillis)
                .sum();
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
            begin = System.nanoTime();
            int entries = new StoredPlanQueue(gate.state()).waiting(target, Set.of(), 50).size();
            System.out.printf("queue: its first %d entries in %s%n", entries, since(begin));
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

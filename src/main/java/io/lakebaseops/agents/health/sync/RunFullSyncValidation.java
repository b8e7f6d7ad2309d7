package io.lakebaseops.agents.health.sync;

import io.lakebaseops.agents.SuspendGuard;
import io.lakebaseops.domain.Doc;
import io.lakebaseops.domain.Finding;
import io.lakebaseops.domain.Source;
import io.lakebaseops.domain.plan.ChangePlan;
import io.lakebaseops.framework.EventBus;
import io.lakebaseops.framework.Outcome;
import io.lakebaseops.framework.ReadTool;
import io.lakebaseops.framework.StandardJob;
import io.lakebaseops.framework.ToolContext;
import io.lakebaseops.framework.ToolDescriptor;
import io.lakebaseops.postgres.Targets;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Compares every pair of a server, one after the other, and keeps what was found.
public final class RunFullSyncValidation
        implements ReadTool<RunFullSyncValidation.Input, RunFullSyncValidation.Output> {
    private final Targets targets;
    private final PairValidator validator;
    private final RepairPlans repairs;
    private final EventBus events;

    public RunFullSyncValidation(
            Targets targets, PairValidator validator, RepairPlans repairs, EventBus events) {
        this.targets = targets;
        this.validator = validator;
        this.repairs = repairs;
        this.events = events;
    }

    public record Input(
            @Doc("Tables of PostgreSQL, schema.table; by default every watched pair")
                    @Nullable List<String> pairs,
            @Doc(
                            value = "Also pairs found by their names, which nobody decided about",
                            defaultValue = "false")
                    boolean discovered) {}

    /// @param found pairs that nobody decided about
    public record Output(
            List<Pair> pairs, int inSync, int drift, int stale, int failed, List<String> found) {}

    public record Pair(
            String source,
            String target,
            String status,
            @Nullable Long sourceRows,
            @Nullable Long targetRows,
            @Nullable Long differing,
            @Nullable Double lagSeconds,
            @Nullable String error) {}

    @Override
    public ToolDescriptor descriptor() {
        return ToolDescriptor.of(
                        RunFullSyncValidation.class,
                        "Every table that is synced to Delta: rows, freshness and keys that differ",
                        "C.sync")
                .appendingHistory()
                .in(StandardJob.SYNC_VALIDATOR);
    }

    @Override
    public Outcome<Output> run(Input input, ToolContext context) {
        return SuspendGuard.<Output>unlessAsked(targets, context)
                .orElseGet(() -> validated(input, context));
    }

    private Outcome<Output> validated(Input input, ToolContext context) {
        var wanted = input.pairs();
        var pairs = new ArrayList<>(validator.pairs().watched(context.target()));
        var found = validator.pairs().found(context.target(), context.deadline());
        if (input.discovered()) {
            for (var one : found) {
                validator.pairs().decide(one.pair(), true, context.actor().name());
            }
            pairs.clear();
            pairs.addAll(validator.pairs().watched(context.target()));
        }
        pairs.removeIf(
                p -> wanted != null && !wanted.isEmpty() && !wanted.contains(p.pair().source()));
        var done = new ArrayList<Pair>();
        var findings = new ArrayList<Finding>();
        var caveats = new ArrayList<String>();
        for (int i = 0; i < pairs.size(); i++) {
            var pair = pairs.get(i);
            context.deadline().check("Comparing " + pair.pair().source());
            context.progress().at((double) i / pairs.size(), pair.pair().source());
            var result = validator.validate(pair, context);
            done.add(pair(pair, result));
            findings.addAll(SyncFindings.of(pair, result, context));
            SyncFindings.tell(pair, result, events, context);
            if (result.status() == PairResult.Status.FAILED) {
                caveats.add(
                        "%s: %s; %s"
                                .formatted(pair.pair().source(), result.error(), result.remedy()));
            }
        }
        boolean all = caveats.isEmpty() && (wanted == null || wanted.isEmpty());
        return new Outcome.Found<>(
                new Output(
                        done,
                        count(done, PairResult.Status.IN_SYNC),
                        count(done, PairResult.Status.DRIFT),
                        count(done, PairResult.Status.STALE),
                        count(done, PairResult.Status.FAILED),
                        input.discovered()
                                ? List.of()
                                : found.stream().map(f -> f.pair().source()).toList()),
                Source.LIVE,
                findings,
                all ? List.of(SyncFindings.DRIFT, SyncFindings.STALE) : List.of(),
                caveats);
    }

    private static int count(List<Pair> pairs, PairResult.Status status) {
        return (int) pairs.stream().filter(p -> p.status().equals(label(status))).count();
    }

    private static String label(PairResult.Status status) {
        return status.name().toLowerCase(Locale.ROOT);
    }

    private static Pair pair(PairList.Known pair, PairResult result) {
        var check = result.check();
        return new Pair(
                pair.pair().source(),
                pair.pair().mirror().toString(),
                label(result.status()),
                check == null ? null : (Long) check.sourceRows(),
                check == null ? null : (Long) check.deltaRows(),
                check == null ? null : (Long) check.differing(),
                result.lagSeconds(),
                result.error());
    }

    @Override
    public Remedies remedies(String database, List<Finding> findings, ToolContext context) {
        var plans = new ArrayList<ChangePlan>();
        var skipped = new ArrayList<String>();
        for (var finding : findings) {
            if (finding.remedy() instanceof RepairRemedy remedy) {
                switch (repairs.plan(remedy, finding, context)) {
                    case RepairPlans.Made(var plan) -> plans.add(plan);
                    case RepairPlans.Refused(var why) -> skipped.add(why);
                }
            }
        }
        return new Remedies(plans, skipped);
    }
}

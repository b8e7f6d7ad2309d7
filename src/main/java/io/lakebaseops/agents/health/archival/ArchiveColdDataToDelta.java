package io.lakebaseops.agents.health.archival;

import io.lakebaseops.agents.PerDatabase;
import io.lakebaseops.agents.SuspendGuard;
import io.lakebaseops.domain.Doc;
import io.lakebaseops.domain.Finding;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.Source;
import io.lakebaseops.domain.Subject;
import io.lakebaseops.domain.plan.ChangePlan;
import io.lakebaseops.framework.ChangeTool;
import io.lakebaseops.framework.Outcome;
import io.lakebaseops.framework.StandardJob;
import io.lakebaseops.framework.ToolContext;
import io.lakebaseops.framework.ToolDescriptor;
import io.lakebaseops.postgres.ReadSession;
import io.lakebaseops.postgres.SqlLibrary;
import io.lakebaseops.postgres.Targets;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Plans the move of a table's old rows to Delta: written, read back and verified before the first
/// is deleted. Always high risk; what moves rows is the gate, not this tool.
public final class ArchiveColdDataToDelta
        implements ChangeTool<ArchiveColdDataToDelta.Input, ArchiveColdDataToDelta.Output> {
    public static final long MIN_ROWS = 100_000;

    private final Targets targets;
    private final SqlLibrary sql;

    public ArchiveColdDataToDelta(Targets targets, SqlLibrary sql) {
        this.targets = targets;
        this.sql = sql;
    }

    /// @param table null = those found
    public record Input(
            @Doc("Table whose rows move, as schema.table; left out: the one that frees most")
                    @Nullable String table,
            @Doc(value = "Rows older than this many days move", defaultValue = "90") int days,
            @Doc("Database of the table; left out: all") @Nullable String database) {
        public Input {
            if (days < 1) {
                throw new OpsException(
                        OpsException.Kind.INVALID_INPUT,
                        "Planning an archival",
                        "days is " + days,
                        "give 1 or more");
            }
        }
    }

    /// @param candidates that were looked at, those with obstacles too
    public record Output(Instant before, List<ColdCandidate> candidates) {
        public Output {
            candidates = List.copyOf(candidates);
        }
    }

    @Override
    public ToolDescriptor descriptor() {
        return ToolDescriptor.of(
                        ArchiveColdDataToDelta.class,
                        "Plans the move of a table's old rows or whole old partitions to a Delta table, verified before anything is deleted",
                        "C.archival")
                .within(Duration.ofMinutes(30))
                .in(StandardJob.COLD_ARCHIVER);
    }

    @Override
    public Proposal<Output> propose(Input input, ToolContext context) {
        var asleep = SuspendGuard.<Output>unlessAsked(targets, context);
        if (asleep.isPresent()) {
            return new Proposal<>(asleep.get(), List.of());
        }
        var before = context.clock().instant().minus(Duration.ofDays(input.days()));
        var plans = new ArrayList<ChangePlan>();
        var look =
                PerDatabase.look(
                        targets, context, session -> plan(session, input, before, context, plans));
        var candidates = look.each(c -> c);
        var caveats = new ArrayList<>(look.caveats());
        for (var c : candidates) {
            if (!c.ready()) {
                caveats.add(
                        "%s is not planned: %s"
                                .formatted(c.name(), String.join("; ", c.obstacles())));
            }
        }
        if (candidates.isEmpty() && input.table() != null) {
            caveats.add("there is no table %s with a time column".formatted(input.table()));
        }
        return new Proposal<>(
                new Outcome.Found<>(
                        new Output(before, candidates), Source.LIVE, List.of(), List.of(), caveats),
                plans);
    }

    private List<ColdCandidate> plan(
            ReadSession session,
            Input input,
            Instant before,
            ToolContext context,
            List<ChangePlan> plans) {
        if (input.database() != null && !input.database().equals(session.database())) {
            return List.of();
        }
        var cold = new ColdCandidates(session, sql);
        var table = input.table();
        var found =
                table == null
                        ? cold.find(before, MIN_ROWS).candidates()
                        : cold.of(schema(table), name(table), before).stream().toList();
        var maker = new ArchivalPlans(sql, context.clock());
        found.stream()
                .filter(c -> c.ready() && c.coldRows() > 0)
                .limit(1)
                .forEach(
                        c ->
                                plans.add(
                                        maker.archive(
                                                session,
                                                context.target(),
                                                c,
                                                before,
                                                input.days(),
                                                context.actor(),
                                                table == null ? finding(context, c) : null)));
        return found;
    }

    private static String finding(ToolContext context, ColdCandidate c) {
        return Finding.fingerprint(
                context.target(),
                IdentifyColdData.KIND,
                Subject.table(c.database(), c.schema(), c.table()));
    }

    private static String schema(String table) {
        int dot = table.indexOf('.');
        return dot < 0 ? "public" : table.substring(0, dot);
    }

    private static String name(String table) {
        return table.substring(table.indexOf('.') + 1);
    }
}

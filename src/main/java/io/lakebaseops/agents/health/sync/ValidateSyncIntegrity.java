package io.lakebaseops.agents.health.sync;

import io.lakebaseops.agents.SuspendGuard;
import io.lakebaseops.domain.Doc;
import io.lakebaseops.domain.Source;
import io.lakebaseops.framework.EventBus;
import io.lakebaseops.framework.Outcome;
import io.lakebaseops.framework.ReadTool;
import io.lakebaseops.framework.ToolContext;
import io.lakebaseops.framework.ToolDescriptor;
import io.lakebaseops.postgres.Targets;
import io.lakebaseops.reconcile.DifferingKey;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Compares a table with its copy in Delta down to the keys that differ, each with its class.
public final class ValidateSyncIntegrity
        implements ReadTool<ValidateSyncIntegrity.Input, ValidateSyncIntegrity.Output> {
    private static final int SHOWN = 200;

    private final Targets targets;
    private final PairValidator validator;
    private final EventBus events;

    public ValidateSyncIntegrity(Targets targets, PairValidator validator, EventBus events) {
        this.targets = targets;
        this.validator = validator;
        this.events = events;
    }

    public record Input(
            @Doc("Table of PostgreSQL, schema.table") String source,
            @Doc("Its copy in Delta, schema.table") String target) {}

    /// @param keys the first of them
    /// @param late keys whose change the pipeline has not had time to bring
    /// @param notCompared columns without a certain form, and limits of the pipeline
    public record Output(
            boolean equal,
            long sourceRows,
            long targetRows,
            long differing,
            Map<String, Long> byClass,
            List<Key> keys,
            int late,
            long rowsReadTwice,
            double rowsPerSecond,
            long deltaVersion,
            List<String> notCompared) {}

    /// @param source the differing columns in PostgreSQL; null when the row is not there
    public record Key(
            List<String> key,
            String kind,
            List<String> columns,
            @Nullable String source,
            @Nullable String target) {}

    @Override
    public ToolDescriptor descriptor() {
        return ToolDescriptor.of(
                        ValidateSyncIntegrity.class,
                        "Keys whose rows differ between a table and its copy in Delta, with what is"
                                + " wrong with each",
                        "C.sync")
                .appendingHistory();
    }

    @Override
    public Outcome<Output> run(Input input, ToolContext context) {
        return SuspendGuard.<Output>unlessAsked(targets, context)
                .orElseGet(() -> validated(input, context));
    }

    private Outcome<Output> validated(Input input, ToolContext context) {
        var pair =
                validator
                        .pairs()
                        .named(
                                context.target(),
                                input.source(),
                                input.target(),
                                context.deadline());
        var result = validator.validate(pair, context);
        var check = result.check();
        if (check == null) {
            return Outcome.unavailable(
                    String.valueOf(result.error()), String.valueOf(result.remedy()));
        }
        var findings = SyncFindings.of(pair, result, context);
        SyncFindings.tell(pair, result, events, context);
        var output =
                new Output(
                        check.equal(),
                        check.sourceRows(),
                        check.deltaRows(),
                        check.differing(),
                        check.keys().stream()
                                .collect(
                                        Collectors.groupingBy(
                                                k -> k.kind().label(),
                                                TreeMap::new,
                                                Collectors.counting())),
                        check.keys().stream()
                                .limit(SHOWN)
                                .map(k -> key(k, check.columns()))
                                .toList(),
                        check.late(),
                        check.rowsReread(),
                        check.sourceRows() / Math.max(1e-3, check.took().toMillis() / 1e3),
                        check.version(),
                        check.notes());
        return new Outcome.Found<>(output, Source.LIVE, findings, List.of(), check.notes());
    }

    private static Key key(DifferingKey k, List<String> columns) {
        return new Key(
                k.key(),
                k.kind().label(),
                k.columns(),
                values(k.source(), k.columns(), columns),
                values(k.delta(), k.columns(), columns));
    }

    private static @Nullable String values(
            @Nullable List<@Nullable String> row, List<String> differing, List<String> columns) {
        if (row == null) {
            return null;
        }
        var wanted = differing.isEmpty() ? columns : differing;
        return wanted.stream()
                .map(c -> c + "=" + row.get(columns.indexOf(c)))
                .collect(Collectors.joining(", "));
    }
}

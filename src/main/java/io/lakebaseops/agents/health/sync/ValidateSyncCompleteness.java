package io.lakebaseops.agents.health.sync;

import io.lakebaseops.agents.SuspendGuard;
import io.lakebaseops.domain.Doc;
import io.lakebaseops.framework.Outcome;
import io.lakebaseops.framework.ReadTool;
import io.lakebaseops.framework.ToolContext;
import io.lakebaseops.framework.ToolDescriptor;
import io.lakebaseops.postgres.Targets;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/// Counts the rows of both sides at one snapshot and one Delta version, and tells how far the copy
/// is behind.
public final class ValidateSyncCompleteness
        implements ReadTool<ValidateSyncCompleteness.Input, ValidateSyncCompleteness.Output> {
    private final Targets targets;
    private final PairValidator validator;

    public ValidateSyncCompleteness(Targets targets, PairValidator validator) {
        this.targets = targets;
        this.validator = validator;
    }

    public record Input(
            @Doc("Table of PostgreSQL, schema.table") String source,
            @Doc("Its copy in Delta, schema.table") String target,
            @Doc("Column of the last change; by default one of the usual names")
                    @Nullable String tsColumn) {}

    /// @param lagSeconds of the newest changes; without a column for them the age of the version
    public record Output(
            long sourceRows,
            long targetRows,
            long drift,
            @Nullable String tsColumn,
            @Nullable Instant sourceLatest,
            @Nullable Instant targetLatest,
            double lagSeconds,
            double limitSeconds,
            boolean fresh,
            long deltaVersion,
            String snapshotLsn) {}

    @Override
    public ToolDescriptor descriptor() {
        return ToolDescriptor.of(
                ValidateSyncCompleteness.class,
                "Rows of a table and of its copy in Delta, and how far the copy is behind",
                "C.sync");
    }

    @Override
    public Outcome<Output> run(Input input, ToolContext context) {
        return SuspendGuard.<Output>unlessAsked(targets, context)
                .orElseGet(() -> Outcome.live(output(input, context)));
    }

    private Output output(Input input, ToolContext context) {
        var pair =
                validator
                        .pairs()
                        .named(
                                context.target(),
                                input.source(),
                                input.target(),
                                context.deadline());
        var count = validator.count(pair, input.tsColumn(), context);
        double lag = count.lag().toMillis() / 1e3;
        double limit = pair.limit().toSeconds();
        return new Output(
                count.sourceRows(),
                count.deltaRows(),
                count.sourceRows() - count.deltaRows(),
                count.moment(),
                count.sourceLatest(),
                count.deltaLatest(),
                lag,
                limit,
                lag <= limit,
                count.version(),
                count.point().lsn());
    }
}

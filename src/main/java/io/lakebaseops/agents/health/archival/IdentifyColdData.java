package io.lakebaseops.agents.health.archival;

import io.lakebaseops.agents.PerDatabase;
import io.lakebaseops.agents.SuspendGuard;
import io.lakebaseops.domain.Confidence;
import io.lakebaseops.domain.Doc;
import io.lakebaseops.domain.Evidence;
import io.lakebaseops.domain.Finding;
import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.Rows;
import io.lakebaseops.domain.Severity;
import io.lakebaseops.domain.Source;
import io.lakebaseops.domain.Subject;
import io.lakebaseops.framework.Outcome;
import io.lakebaseops.framework.ReadTool;
import io.lakebaseops.framework.StandardJob;
import io.lakebaseops.framework.ToolContext;
import io.lakebaseops.framework.ToolDescriptor;
import io.lakebaseops.postgres.SqlLibrary;
import io.lakebaseops.postgres.Targets;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Finds tables with many rows that nobody has written for a long time, counts them, and says what
/// moving them to Delta would free and what stands against it.
public final class IdentifyColdData
        implements ReadTool<IdentifyColdData.Input, IdentifyColdData.Output> {
    public static final String KIND = "cold_data";

    private final Targets targets;
    private final SqlLibrary sql;

    private final ColdLooks looks;

    public IdentifyColdData(Targets targets, SqlLibrary sql, ColdLooks looks) {
        this.targets = targets;
        this.sql = sql;
        this.looks = looks;
    }

    public record Input(
            @Doc(value = "Rows older than this many days are cold", defaultValue = "90") int days,
            @Doc(value = "Tables with fewer cold rows are left out", defaultValue = "100000")
                    long minRows) {
        public Input {
            if (days < 1 || minRows < 1) {
                throw new OpsException(
                        OpsException.Kind.INVALID_INPUT,
                        "Looking for cold data",
                        "days is %d and min_rows is %d".formatted(days, minRows),
                        "give 1 or more");
            }
        }
    }

    /// @param before rows of an earlier time are cold
    /// @param freedBytes of those that are ready
    /// @param leftOut large tables that are no candidates, with the reason
    public record Output(
            Instant before,
            long coldRows,
            long freedBytes,
            List<ColdCandidate> candidates,
            List<String> leftOut) {
        public Output {
            candidates = List.copyOf(candidates);
            leftOut = List.copyOf(leftOut);
        }
    }

    @Override
    public ToolDescriptor descriptor() {
        return ToolDescriptor.of(
                        IdentifyColdData.class,
                        "Finds tables with many old rows, counts them by age, and says what moving them to Delta would free",
                        "C.archival")
                .within(Duration.ofMinutes(30))
                .in(StandardJob.COLD_ARCHIVER);
    }

    @Override
    public Outcome<Output> run(Input input, ToolContext context) {
        var before = context.clock().instant().minus(Duration.ofDays(input.days()));
        return SuspendGuard.<Output>unlessAsked(targets, context)
                .orElseGet(() -> look(input, before, context));
    }

    private Outcome<Output> look(Input input, Instant before, ToolContext context) {
        var look =
                PerDatabase.look(
                        targets,
                        context,
                        session -> new ColdCandidates(session, sql).find(before, input.minRows()));
        var candidates = look.each(ColdCandidates.Found::candidates);
        var ready = candidates.stream().filter(ColdCandidate::ready).toList();
        var output =
                new Output(
                        before,
                        ready.stream().mapToLong(ColdCandidate::coldRows).sum(),
                        ready.stream().mapToLong(ColdCandidate::freedBytes).sum(),
                        candidates,
                        look.each(ColdCandidates.Found::leftOut));
        looks.keep(
                context.target(),
                new ColdLooks.Look(context.clock().instant(), input.days(), output));
        var findings = new ArrayList<Finding>();
        for (var c : candidates) {
            findings.add(finding(c, input.days(), context));
        }
        return new Outcome.Found<>(
                output, Source.LIVE, findings, look.covers(KIND), look.caveats());
    }

    private static Finding finding(ColdCandidate c, int days, ToolContext context) {
        var now = context.clock().instant();
        var what =
                "%s of %s rows of %s are older than %d days by %s; moving them to Delta would free %s"
                        .formatted(
                                Format.grouped(c.coldRows()),
                                Format.grouped(c.rows()),
                                c.name(),
                                days,
                                c.timeColumn(),
                                Format.size(c.freedBytes()));
        return Finding.of(
                context.target(),
                KIND,
                Severity.INFO,
                Subject.table(c.database(), c.schema(), c.table()),
                c.ready() ? what : what + "; not as it is: " + String.join("; ", c.obstacles()),
                new Confidence(
                        c.ready() ? 0.8 : 0.4,
                        "age says that rows are no longer written, not that nobody reads them"),
                null,
                null,
                List.of(
                        new Evidence(
                                ColdSql.COLD_ROWS.path(),
                                Map.of(),
                                new Rows(
                                        List.of(
                                                Map.of(
                                                        "rows", c.rows(),
                                                        "cold_rows", c.coldRows(),
                                                        "partitions", c.partitions()))),
                                now)),
                now);
    }
}

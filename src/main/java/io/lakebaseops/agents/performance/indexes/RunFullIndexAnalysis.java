package io.lakebaseops.agents.performance.indexes;

import io.lakebaseops.agents.performance.indexes.IndexAnalysis.OfDatabase;
import io.lakebaseops.domain.Doc;
import io.lakebaseops.domain.Finding;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.framework.EventTrigger;
import io.lakebaseops.framework.OpsEvent;
import io.lakebaseops.framework.Outcome;
import io.lakebaseops.framework.ReadTool;
import io.lakebaseops.framework.StandardJob;
import io.lakebaseops.framework.ToolContext;
import io.lakebaseops.framework.ToolDescriptor;
import io.lakebaseops.lakehouse.Lakehouse;
import io.lakebaseops.postgres.ReadSession;
import io.lakebaseops.postgres.SqlLibrary;
import io.lakebaseops.postgres.Targets;
import io.lakebaseops.state.IdleIndexes;
import io.lakebaseops.state.IndexSet;
import io.lakebaseops.state.IndexSummaries;
import io.lakebaseops.state.IndexSummary;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/// All index checks over one read of the catalog, each object told once, with a score by bytes and
/// time. A check that fails does not cost the others their findings.
public final class RunFullIndexAnalysis
        implements ReadTool<RunFullIndexAnalysis.Input, RunFullIndexAnalysis.Output> {
    public static final String INVALID_KIND = "invalid_index";

    private final Targets targets;
    private final SqlLibrary sql;
    private final IndexAnalysis analysis;
    private final IndexSummaries summaries;
    private final @Nullable IndexTwin twin;

    /// Without asking the planner of a twin.
    public RunFullIndexAnalysis(
            Targets targets,
            SqlLibrary sql,
            IdleIndexes notes,
            IndexSummaries summaries,
            Lakehouse lakehouse) {
        this(targets, sql, notes, summaries, lakehouse, null);
    }

    public RunFullIndexAnalysis(
            Targets targets,
            SqlLibrary sql,
            IdleIndexes notes,
            IndexSummaries summaries,
            Lakehouse lakehouse,
            @Nullable IndexTwin twin) {
        this.twin = twin;
        this.summaries = summaries;
        this.targets = targets;
        this.sql = sql;
        this.analysis = new IndexAnalysis(targets, sql, notes, lakehouse);
    }

    public record Input(
            @Doc(value = "Days without a scan before an index counts as unused", defaultValue = "7")
                    int days,
            @Doc(
                            value = "Actual over expected size from which an index is bloated",
                            defaultValue = "2.0")
                    double ratio,
            @Doc(
                            value =
                                    "How many of the statements that take the most time are planned",
                            defaultValue = "50")
                    int top,
            @Doc(
                            value =
                                    "Also search the best set of indexes of each database in the planner"
                                            + " twin: which to build and which to drop together, by the cost"
                                            + " of the known statements, writes and storage; takes up to"
                                            + " minutes",
                            defaultValue = "false")
                    boolean indexSet,
            @Doc(
                            value =
                                    "Days that statements must have been counted, and an index without"
                                            + " a scan watched, before one outside the best set may be"
                                            + " dropped",
                            defaultValue = "7")
                    int watchedDays) {
        public Input {
            if (watchedDays < 0) {
                throw new OpsException(
                        OpsException.Kind.INVALID_INPUT,
                        "Analysing indexes",
                        "watched_days is " + watchedDays,
                        "give 0 or more");
            }
        }

        /// Without searching the best set.
        public Input(int days, double ratio, int top) {
            this(days, ratio, top, false, 7);
        }
    }

    /// @param indexBytes of all indexes
    /// @param wastedBytes not needed, bloated or invalid, each counted once
    /// @param sets the best set of indexes of each database, where it was asked for
    /// @param score 0 to 100: what is not wasted of the bytes, times what is not wasted of the time
    public record Output(
            int databases,
            int indexes,
            long indexBytes,
            long wastedBytes,
            double savedMsPerHour,
            double score,
            DetectUnusedIndexes.Output unused,
            DetectDuplicateIndexes.Output duplicates,
            DetectBloatedIndexes.Output bloated,
            DetectMissingIndexes.Output missing,
            DetectMissingFkIndexes.Output foreignKeys,
            List<Invalid> invalid,
            List<IndexSet> sets) {
        public Output {
            invalid = List.copyOf(invalid);
            sets = List.copyOf(sets);
        }
    }

    /// @param drop it is of no use; otherwise it is built anew
    public record Invalid(
            String database,
            String schema,
            String table,
            String index,
            long bytes,
            boolean drop,
            String why) {}

    @Override
    public ToolDescriptor descriptor() {
        return ToolDescriptor.of(
                        RunFullIndexAnalysis.class,
                        "Runs all index checks over one read of the catalog and scores the whole",
                        "B.indexes")
                .in(StandardJob.INDEX_ANALYZER)
                .on(EventTrigger.on(OpsEvent.SchemaMigrated.class))
                .on(EventTrigger.on(OpsEvent.IndexesChanged.class));
    }

    @Override
    public Outcome<Output> run(Input input, ToolContext context) {
        return IndexCheck.run(
                targets,
                context,
                (catalog, session) ->
                        searched(
                                analysis.of(catalog, session, input, context),
                                input,
                                catalog,
                                session,
                                context),
                all -> {
                    var output = output(all);
                    summaries.put(context.target(), summary(output, all, context));
                    return output;
                },
                IndexAnalysis.KINDS);
    }

    private OfDatabase searched(
            OfDatabase found,
            Input input,
            IndexCatalog catalog,
            ReadSession session,
            ToolContext context) {
        if (twin == null) {
            return input.indexSet()
                    ? found.with(null, List.of("there is no planner twin here to search a set in"))
                    : found;
        }
        twin.check(catalog, context);
        if (!input.indexSet()) {
            return found;
        }
        var answer =
                twin.searched(
                        catalog,
                        session,
                        new IndexTwin.Watch(
                                found.unused().results().stream()
                                        .collect(
                                                Collectors.toMap(
                                                        u -> u.schema() + "." + u.index(),
                                                        DetectUnusedIndexes.Unused::since)),
                                Duration.ofDays(input.watchedDays())),
                        context);
        return found.with(
                answer.list().isEmpty() ? null : answer.list().getFirst(), answer.caveats());
    }

    private static IndexSummary summary(Output output, List<OfDatabase> all, ToolContext context) {
        var waiting = output.unused().waiting();
        return new IndexSummary(
                context.clock().instant(),
                output.databases(),
                output.indexes(),
                output.indexBytes(),
                output.missing().workMsPerHour(),
                waiting.size(),
                waiting.stream()
                        .map(DetectUnusedIndexes.Unused::judgedFrom)
                        .filter(Objects::nonNull)
                        .max(Comparator.naturalOrder())
                        .orElse(null),
                all.stream()
                        .map(OfDatabase::countedSince)
                        .filter(Objects::nonNull)
                        .max(Comparator.naturalOrder())
                        .orElse(null),
                all.stream().flatMap(d -> d.failed().stream()).distinct().toList(),
                all.stream().flatMap(d -> d.caveats().stream()).toList());
    }

    @Override
    public Remedies remedies(String database, List<Finding> findings, ToolContext context) {
        return IndexPlans.of(targets, sql, database, findings, context);
    }

    private static Output output(List<OfDatabase> all) {
        var missing =
                DetectMissingIndexes.output(
                        all.stream().map(OfDatabase::missing).toList(), List.of());
        double saved =
                missing.missing().stream()
                        .mapToDouble(DetectMissingIndexes.Suggested::savedMsPerHour)
                        .sum();
        long bytes = all.stream().mapToLong(OfDatabase::indexBytes).sum();
        long wasted = all.stream().mapToLong(OfDatabase::wastedBytes).sum();
        return new Output(
                all.size(),
                all.stream().mapToInt(OfDatabase::indexes).sum(),
                bytes,
                wasted,
                saved,
                score(bytes, wasted, missing.workMsPerHour(), saved),
                DetectUnusedIndexes.output(
                        all.stream().map(OfDatabase::unused).toList(), List.of()),
                DetectDuplicateIndexes.output(
                        all.stream().map(OfDatabase::duplicates).toList(), List.of()),
                DetectBloatedIndexes.output(all.stream().map(OfDatabase::bloated).toList()),
                missing,
                DetectMissingFkIndexes.output(all.stream().map(OfDatabase::foreignKeys).toList()),
                all.stream().flatMap(d -> d.invalid().results().stream()).toList(),
                all.stream().map(OfDatabase::set).filter(Objects::nonNull).toList());
    }

    static double score(long bytes, long wasted, double work, double saved) {
        double space = bytes == 0 ? 1 : 1 - Math.min(1, (double) wasted / bytes);
        double time = work == 0 ? 1 : 1 - Math.min(1, saved / work);
        return Math.round(1000 * space * time) / 10.0;
    }
}

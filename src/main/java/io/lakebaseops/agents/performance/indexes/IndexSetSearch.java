package io.lakebaseops.agents.performance.indexes;

import io.lakebaseops.agents.performance.indexes.IndexSelection.Choice;
import io.lakebaseops.agents.performance.indexes.KnownStatements.Known;
import io.lakebaseops.agents.performance.indexes.WeighedTable.Member;
import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.Format;
import io.lakebaseops.explain.PlanNode;
import io.lakebaseops.sqltext.SqlMask;
import io.lakebaseops.state.DropCertificate;
import io.lakebaseops.state.IndexSet;
import io.lakebaseops.state.IndexSet.Work;
import io.lakebaseops.twin.IndexTrials;
import io.lakebaseops.twin.NewIndex;
import io.lakebaseops.twin.Planned;
import io.lakebaseops.twin.TwinDatabase;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Searches the best set of indexes of a database: each table is weighed in the twin, its best set
/// is searched, and all known statements are planned once more with the sets of all tables. An
/// index that they then miss by more than its writing costs is put back.
final class IndexSetSearch {
    private static final int MOST_TABLES = 20;
    private static final int MOST_NODES = 400_000;
    private static final int ROUNDS = 3;

    /// A statement that must be that much cheaper or dearer to count as changed.
    private static final double NOTICEABLE = 0.02;

    private final IndexCatalog catalog;
    private final TwinDatabase twin;
    private final Collection<ColumnStatistics> columns;
    private final Deadline deadline;
    private final KnownStatements known;
    private final List<String> caveats = new ArrayList<>();

    IndexSetSearch(
            IndexCatalog catalog,
            TwinDatabase twin,
            Collection<ColumnStatistics> columns,
            List<String> limits,
            Deadline deadline) {
        caveats.addAll(limits);
        this.catalog = catalog;
        this.twin = twin;
        this.columns = columns;
        this.deadline = deadline;
        known = new KnownStatements(twin, deadline);
    }

    /// @param texts the statements by what is to be planned
    /// @param certify indexes to drop
    IndexSet of(
            Map<String, WorkStatement> texts,
            Function<List<IndexShape>, List<DropCertificate>> certify,
            Instant now) {
        known.read(texts, catalog.counting().at());
        if (!known.refused().isEmpty()) {
            caveats.add(
                    "%s could not be planned and took no part, for instance: %s"
                            .formatted(
                                    Format.count(known.refused().size(), "statement"),
                                    known.refused().getFirst()));
        }
        var tables = known.byTable(catalog, MOST_TABLES);
        var weighed = new ArrayList<WeighedTable>();
        tables.forEach((family, statements) -> weighed.add(weigh(family, statements, Map.of())));
        var choices = new ArrayList<Choice>();
        weighed.forEach(t -> choices.add(best(t)));
        Map<Known, Planned> after = Map.of();
        for (int round = 0; round < ROUNDS; round++) {
            after = planned(weighed, choices);
            var missed = missed(weighed, choices, after);
            if (missed.isEmpty()) {
                break;
            }
            for (int t = 0; t < weighed.size(); t++) {
                var keep = missed.get(weighed.get(t));
                if (keep != null) {
                    var family = weighed.get(t).family();
                    var all = new HashMap<>(keep);
                    weighed.get(t)
                            .required()
                            .forEach((i, why) -> all.put(i.row().indexName(), why));
                    weighed.set(t, weigh(family, weighed.get(t).statements(), all));
                    choices.set(t, best(weighed.get(t)));
                }
            }
        }
        return told(weighed, choices, after, certify, now);
    }

    private WeighedTable weigh(
            TableFamily family, List<Known> statements, Map<String, String> keep) {
        return new TableWeighing(catalog, twin, known, family, statements, columns).weigh(keep);
    }

    private static Choice best(WeighedTable table) {
        return IndexSelection.best(table.problem(), Long.MAX_VALUE, MOST_NODES);
    }

    /// All statements with the sets of all tables.
    private Map<Known, Planned> planned(List<WeighedTable> tables, List<Choice> choices) {
        return twin.trying(
                built(tables, choices),
                trials -> {
                    hideDropped(tables, choices, trials);
                    var plans = new LinkedHashMap<Known, Planned>();
                    known.all().forEach(k -> plans.put(k, known.plan(k.text())));
                    return plans;
                });
    }

    private static List<NewIndex> built(List<WeighedTable> tables, List<Choice> choices) {
        var built = new ArrayList<NewIndex>();
        for (int t = 0; t < tables.size(); t++) {
            var table = tables.get(t);
            choices.get(t).options().stream()
                    .map(table.members()::get)
                    .filter(m -> m.existing() == null)
                    .map(table::built)
                    .forEach(built::add);
        }
        return built;
    }

    private static void hideDropped(
            List<WeighedTable> tables, List<Choice> choices, IndexTrials trials) {
        for (int t = 0; t < tables.size(); t++) {
            var dropped = tables.get(t).changed(choices.get(t), false);
            if (!dropped.isEmpty()) {
                var top = tables.get(t).family().top();
                trials.show(top.schemaName(), top.tableName(), dropped, List.of());
            }
        }
    }

    /// Dropped indexes that known statements miss by more time than their writing takes: alone it
    /// was not worth much, or they took it beside another.
    private static Map<WeighedTable, Map<String, String>> missed(
            List<WeighedTable> tables, List<Choice> choices, Map<Known, Planned> after) {
        var missed = new HashMap<WeighedTable, Map<String, String>>();
        for (int t = 0; t < tables.size(); t++) {
            var table = tables.get(t);
            var dropped = table.changed(choices.get(t), false);
            var keep = new HashMap<String, String>();
            for (var member : table.members()) {
                if (dropped.contains(member.name())
                        && lost(member.name(), table, after) > member.write()) {
                    keep.put(member.name(), "known statements would get slower without it");
                }
            }
            if (!keep.isEmpty()) {
                missed.put(table, keep);
            }
        }
        return missed;
    }

    /// Time an hour that the statements lose which take this index now.
    private static double lost(String index, WeighedTable table, Map<Known, Planned> after) {
        double lost = 0;
        for (var known : table.statements()) {
            var plan = after.get(known);
            if (plan != null && plan.made() && known.now().uses(index)) {
                double more = known.timeOf(plan.cost()) - known.msPerHour();
                lost += more > known.msPerHour() * NOTICEABLE ? more : 0;
            }
        }
        return lost;
    }

    private IndexSet told(
            List<WeighedTable> weighed,
            List<Choice> choices,
            Map<Known, Planned> after,
            Function<List<IndexShape>, List<DropCertificate>> certify,
            Instant now) {
        boolean proven = choices.stream().allMatch(Choice::proven);
        if (!proven) {
            caveats.add("a search was cut short: a better set may exist");
        }
        double read = known.msPerHour();
        double left =
                known.all().stream()
                        .mapToDouble(
                                k -> {
                                    var plan = after.get(k);
                                    return plan != null && plan.made()
                                            ? k.timeOf(plan.cost())
                                            : k.msPerHour();
                                })
                        .sum();
        var tables = certified(weighed, choices, certify);
        long bytesNow = 0;
        long bytes = 0;
        double writesNow = 0;
        double writes = 0;
        for (int t = 0; t < weighed.size(); t++) {
            var table = weighed.get(t);
            var today = table.problem().choice(table.today(), true);
            bytesNow += table.requiredBytes() + today.bytes();
            writesNow += table.requiredWrites() + today.write();
            bytes += table.requiredBytes() + choices.get(t).bytes();
            writes += table.requiredWrites() + choices.get(t).write();
        }
        return new IndexSet(
                catalog.database(),
                tables,
                curve(weighed, read),
                new Work(bytesNow, read, writesNow),
                new Work(bytes, left, writes),
                known.all().size(),
                known.plans(),
                proven,
                changes(after),
                StatisticsIdeas.of(catalog, known.all()),
                caveats,
                DropCertificate.ORIGIN,
                now);
    }

    private static List<IndexSet.OfTable> certified(
            List<WeighedTable> weighed,
            List<Choice> choices,
            Function<List<IndexShape>, List<DropCertificate>> certify) {
        var dropped = new ArrayList<IndexShape>();
        for (int t = 0; t < weighed.size(); t++) {
            var names = weighed.get(t).changed(choices.get(t), false);
            weighed.get(t).members().stream()
                    .filter(m -> names.contains(m.name()))
                    .map(Member::existing)
                    .filter(Objects::nonNull)
                    .forEach(dropped::add);
        }
        var certificates =
                (dropped.isEmpty() ? List.<DropCertificate>of() : certify.apply(dropped))
                        .stream()
                                .collect(
                                        Collectors.toMap(
                                                c -> c.schema() + "." + c.index(), c -> c));
        var tables = new ArrayList<IndexSet.OfTable>();
        for (int t = 0; t < weighed.size(); t++) {
            var told = weighed.get(t).told(choices.get(t));
            tables.add(
                    new IndexSet.OfTable(
                            told.schema(),
                            told.table(),
                            told.members().stream()
                                    .map(
                                            m ->
                                                    with(
                                                            m,
                                                            certificates.get(
                                                                    told.schema()
                                                                            + "."
                                                                            + m.index())))
                                    .toList()));
        }
        return tables;
    }

    private static IndexSet.Member with(IndexSet.Member m, @Nullable DropCertificate certificate) {
        return new IndexSet.Member(
                m.index(),
                m.definition(),
                m.keys(),
                m.role(),
                m.bytes(),
                m.writeMsPerHour(),
                m.uses(),
                m.why(),
                certificate);
    }

    /// A table's savings are taken from the time of all statements: one that reads two tables has
    /// savings in both, so that the curve may promise a little more than the sets keep.
    private List<IndexSet.Point> curve(List<WeighedTable> weighed, double read) {
        var perTable = new ArrayList<List<Choice>>();
        for (var table : weighed) {
            deadline.check(KnownStatements.WHAT);
            perTable.add(BudgetCurve.of(table.problem(), MOST_NODES / 10));
        }
        long bytes = weighed.stream().mapToLong(WeighedTable::requiredBytes).sum();
        double writes = weighed.stream().mapToDouble(WeighedTable::requiredWrites).sum();
        double now =
                weighed.stream()
                        .flatMap(t -> t.statements().stream())
                        .mapToDouble(Known::msPerHour)
                        .sum();
        return BudgetCurve.together(perTable).stream()
                .map(
                        p -> {
                            var build = new ArrayList<String>();
                            var drop = new ArrayList<String>();
                            for (int t = 0; t < weighed.size(); t++) {
                                build.addAll(weighed.get(t).changed(p.choices().get(t), true));
                                drop.addAll(weighed.get(t).changed(p.choices().get(t), false));
                            }
                            return new IndexSet.Point(
                                    new Work(
                                            bytes + p.bytes(),
                                            Math.max(0, read - now + p.read()),
                                            writes + p.write()),
                                    build,
                                    drop);
                        })
                .toList();
    }

    private static List<IndexSet.Statement> changes(Map<Known, Planned> after) {
        var changes = new ArrayList<IndexSet.Statement>();
        after.forEach(
                (k, plan) -> {
                    double before = k.now().cost();
                    if (plan.made() && Math.abs(plan.cost() - before) > before * NOTICEABLE) {
                        changes.add(
                                new IndexSet.Statement(
                                        k.statement().queryid(),
                                        SqlMask.mask(k.text()),
                                        k.msPerHour(),
                                        before,
                                        plan.cost(),
                                        indexes(plan)));
                    }
                });
        changes.sort(
                java.util.Comparator.comparingDouble(
                                (IndexSet.Statement s) ->
                                        s.msPerHour()
                                                * Math.abs(s.after() - s.before())
                                                / s.before())
                        .reversed());
        return changes.stream().limit(100).toList();
    }

    private static List<String> indexes(Planned plan) {
        Set<String> names =
                Objects.requireNonNull(plan.plan())
                        .root()
                        .all()
                        .map((PlanNode n) -> n.text("Index Name"))
                        .filter(Objects::nonNull)
                        .collect(Collectors.toCollection(TreeSet::new));
        return List.copyOf(names);
    }
}

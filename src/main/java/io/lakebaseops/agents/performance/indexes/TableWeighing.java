package io.lakebaseops.agents.performance.indexes;

import io.lakebaseops.agents.performance.indexes.IndexSelection.Option;
import io.lakebaseops.agents.performance.indexes.IndexSelection.Problem;
import io.lakebaseops.agents.performance.indexes.KnownStatements.Known;
import io.lakebaseops.agents.performance.indexes.WeighedTable.Member;
import io.lakebaseops.explain.PlanNode;
import io.lakebaseops.twin.IndexTrials;
import io.lakebaseops.twin.TwinDatabase;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/// Weighs the indexes of one table in the planner twin: every statement on it is planned once with
/// each index as the only one, so that the number of plans grows with indexes and not with sets of
/// them.
final class TableWeighing {
    /// Candidates that are planned, and those of them that the search decides about.
    private static final int MOST_TRIED = 48;

    private static final int MOST_WEIGHED = 24;

    /// A candidate must save this share of some statement.
    private static final double LEAST_SAVED = 0.01;

    /// An index to be built must save this share of the time of its table's statements.
    private static final double LEAST_SHARE = 0.02;

    private static final long PAGE = 8192;

    private final IndexCatalog catalog;
    private final TwinDatabase twin;
    private final KnownStatements known;
    private final TableFamily family;
    private final List<Known> statements;
    private final Map<String, ColumnStatistics> columns;
    private final Map<IndexShape, String> required = new LinkedHashMap<>();
    private final List<IndexShape> movable = new ArrayList<>();

    TableWeighing(
            IndexCatalog catalog,
            TwinDatabase twin,
            KnownStatements known,
            TableFamily family,
            List<Known> statements,
            Collection<ColumnStatistics> columns) {
        this.catalog = catalog;
        this.twin = twin;
        this.known = known;
        this.family = family;
        this.statements = statements;
        this.columns =
                columns.stream()
                        .filter(c -> c.tableOid() == family.top().tableOid())
                        .collect(
                                Collectors.toMap(
                                        ColumnStatistics::columnName, c -> c, (a, _) -> a));
    }

    /// @param keep existing indexes that stay whatever the search says, with the reason
    WeighedTable weigh(Map<String, String> keep) {
        var top = family.top();
        for (var index : catalog.byTable().getOrDefault(top.tableOid(), List.of())) {
            var why = keep.getOrDefault(index.row().indexName(), required(index));
            if (why != null) {
                required.put(index, why);
            } else {
                movable.add(index);
            }
        }
        var there = movable.stream().map(i -> i.row().indexName()).toList();
        var uses = new ArrayList<TableUse>();
        var plain =
                twin.trying(
                        List.of(),
                        trials -> {
                            trials.show(top.schemaName(), top.tableName(), there, List.of());
                            return plain(uses);
                        });
        var members = new ArrayList<Member>();
        for (var index : movable) {
            members.add(
                    new Member(
                            index.row().indexName(),
                            index,
                            null,
                            index.row().indexBytes(),
                            WeighedTable.writeMs(
                                    family.entriesPerHour(),
                                    index.row().indexBytes(),
                                    family.rows())));
        }
        members.addAll(candidates(uses));
        var weighed = new WeighedTable(family, statements, required, members, nothing(plain));
        var fresh = members.stream().filter(m -> m.existing() == null).map(weighed::built).toList();
        var reads = twin.trying(fresh, trials -> reads(members, weighed, there, trials, plain));
        return chosen(members, reads, plain);
    }

    private static Problem nothing(double[] plain) {
        return new Problem(plain, List.of(), 0);
    }

    private @Nullable String required(IndexShape index) {
        var row = index.row();
        if (row.constraintName() != null || row.isUnique() || row.isExclusion()) {
            return "it enforces a constraint";
        }
        if (row.isReplicaIdentity() || row.servesForeignKey() || row.isAttached()) {
            return "replication, a foreign key or a partitioned index relies on it";
        }
        if (serves(index)) {
            return "a foreign key finds its rows by it";
        }
        if (!index.btree() || !row.isUsable()) {
            return "only valid B-trees are weighed";
        }
        if (!row.mayChange()) {
            return "this login may not change it";
        }
        return row.scans() > 0 && !used(index)
                ? "it is scanned, and no plan of a known statement explains that"
                : null;
    }

    private boolean serves(IndexShape index) {
        return catalog.foreignKeys().stream()
                .filter(k -> k.tableOid() == index.row().tableOid())
                .map(ForeignKey::columns)
                .anyMatch(
                        columns ->
                                index.keys().size() >= columns.size()
                                        && new HashSet<>(columns)
                                                .equals(
                                                        index
                                                                .keys()
                                                                .subList(0, columns.size())
                                                                .stream()
                                                                .map(IndexShape.Key::column)
                                                                .collect(Collectors.toSet())));
    }

    private boolean used(IndexShape index) {
        return index.row().isPartitioned()
                || statements.stream()
                        .flatMap(k -> k.root().all())
                        .anyMatch(n -> index.row().indexName().equals(n.text("Index Name")));
    }

    private double[] plain(List<TableUse> uses) {
        var names = family.names();
        var times = new double[statements.size()];
        for (int s = 0; s < times.length; s++) {
            var one = statements.get(s);
            var planned = known.plan(one.text());
            times[s] = one.timeOf(planned.made() ? planned.cost() : one.now().cost());
            if (planned.made()) {
                PlanNode root = Objects.requireNonNull(planned.plan()).root();
                uses.addAll(TableUse.of(root, names));
            }
        }
        return times;
    }

    private List<Member> candidates(List<TableUse> uses) {
        var top = family.top();
        var taken =
                catalog.byTable().getOrDefault(top.tableOid(), List.of()).stream()
                        .filter(i -> i.row().isUsable())
                        .map(TableWeighing::same)
                        .collect(Collectors.toSet());
        var found =
                IndexCandidate.of(
                        uses,
                        top.columns(),
                        c -> {
                            var seen = columns.get(c);
                            return seen == null ? family.rows() : seen.rowsPerValue(family.rows());
                        });
        return found.stream()
                .filter(c -> !taken.contains(c))
                // On a partitioned table only plain ones are built part by part.
                .filter(c -> c.plain() || !top.isPartitioned())
                .limit(MOST_TRIED)
                .map(this::member)
                .toList();
    }

    /// An index that is there, as a candidate would be told.
    private static IndexCandidate same(IndexShape index) {
        return new IndexCandidate(
                index.keys().stream()
                        .map(k -> k.words() + (k.option() == 3 ? " DESC" : ""))
                        .toList(),
                index.keys().stream().anyMatch(k -> k.column() == null),
                index.included().stream().sorted().toList(),
                index.predicate());
    }

    private Member member(IndexCandidate candidate) {
        var top = family.top();
        double share = 1;
        if (candidate.predicate() != null) {
            double rows =
                    twin.rows(
                            "SELECT FROM %s WHERE %s"
                                    .formatted(
                                            io.lakebaseops.domain.Ident.of(
                                                            top.schemaName(), top.tableName())
                                                    .sql(),
                                            candidate.predicate()));
            share = Math.clamp(rows / Math.max(1, family.rows()), 0, 1);
        }
        double rows = family.rows() * share;
        double pages =
                new BtreeSize(candidate.stored(columns), rows, 90, candidate.included().isEmpty())
                        .pages(1, 1);
        long bytes = (long) pages * PAGE;
        double hot =
                family.hotUpdates(
                        candidate.written(),
                        known.all().stream().map(Known::statement).toList(),
                        catalog.counting().at());
        // An update that is not HOT any more is written into every index.
        double entries = family.entriesPerHour() * share + hot * (1 + required.size());
        return new Member(
                candidate.name(top.tableName()),
                null,
                candidate,
                bytes,
                WeighedTable.writeMs(entries, bytes, rows));
    }

    private Map<Member, double[]> reads(
            List<Member> members,
            WeighedTable weighed,
            List<String> there,
            IndexTrials trials,
            double[] plain) {
        var top = family.top();
        var switched = new HashSet<>(there);
        members.stream().map(Member::name).forEach(switched::add);
        var reads = new LinkedHashMap<Member, double[]>();
        for (var member : members) {
            if (trials.refused().containsKey(member.name())) {
                continue;
            }
            trials.show(top.schemaName(), top.tableName(), switched, Set.of(member.name()));
            var times = new double[plain.length];
            for (int s = 0; s < times.length; s++) {
                var one = weighed.statements().get(s);
                var planned = known.plan(one.text());
                times[s] = planned.made() ? one.timeOf(planned.cost()) : plain[s];
            }
            reads.put(member, times);
        }
        return reads;
    }

    /// What is there takes part in any case; of what is not, that which saves most.
    private WeighedTable chosen(List<Member> members, Map<Member, double[]> reads, double[] plain) {
        var kept = new ArrayList<Member>();
        members.stream()
                .filter(m -> m.existing() != null)
                .filter(reads::containsKey)
                .forEach(kept::add);
        members.stream()
                .filter(m -> m.existing() == null && reads.containsKey(m))
                .filter(m -> helps(Objects.requireNonNull(reads.get(m)), plain))
                .sorted(
                        Comparator.comparingDouble(
                                m ->
                                        IndexSelection.WRITE_WEIGHT * m.write()
                                                + sum(Objects.requireNonNull(reads.get(m)))))
                .limit(MOST_WEIGHED)
                .forEach(kept::add);
        var options = new ArrayList<Option>();
        kept.forEach(m -> options.add(m.option(Objects.requireNonNull(reads.get(m)))));
        return new WeighedTable(
                family,
                statements,
                required,
                kept,
                new Problem(plain, options, LEAST_SHARE * now()));
    }

    private double now() {
        return statements.stream().mapToDouble(Known::msPerHour).sum();
    }

    private static boolean helps(double[] reads, double[] plain) {
        for (int s = 0; s < reads.length; s++) {
            if (reads[s] < plain[s] * (1 - LEAST_SAVED)) {
                return true;
            }
        }
        return false;
    }

    private static double sum(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum;
    }
}

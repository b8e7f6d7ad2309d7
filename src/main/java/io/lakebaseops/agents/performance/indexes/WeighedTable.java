package io.lakebaseops.agents.performance.indexes;

import io.lakebaseops.agents.performance.indexes.IndexSelection.Choice;
import io.lakebaseops.agents.performance.indexes.IndexSelection.Option;
import io.lakebaseops.agents.performance.indexes.IndexSelection.Problem;
import io.lakebaseops.agents.performance.indexes.KnownStatements.Known;
import io.lakebaseops.domain.Ident;
import io.lakebaseops.sqltext.SqlMask;
import io.lakebaseops.state.IndexSet;
import io.lakebaseops.twin.NewIndex;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// One table with every index that it has or could have, what each costs to write and store, and
/// what the statements cost with each of them as the only one.
///
/// @param required indexes that stay in any case, with the reason
/// @param members what may be chosen, in the order of the problem's options
record WeighedTable(
        TableFamily family,
        List<Known> statements,
        Map<IndexShape, String> required,
        List<Member> members,
        Problem problem) {
    /// Of writing an index with keys of usual width; wider entries cost more in WAL and splits.
    private static final double USUAL_ENTRY = 24;

    WeighedTable {
        statements = List.copyOf(statements);
        members = List.copyOf(members);
    }

    /// @param existing null for one that could be built
    /// @param candidate null for one that is there
    record Member(
            String name,
            @Nullable IndexShape existing,
            @Nullable IndexCandidate candidate,
            long bytes,
            double write) {
        Option option(double[] reads) {
            return new Option(reads, write, bytes, existing == null);
        }
    }

    /// Time an hour that entries of this size cost.
    static double writeMs(double entriesPerHour, double bytes, double rows) {
        double width = rows <= 0 ? USUAL_ENTRY : Math.clamp(bytes / rows, 8, 400);
        return entriesPerHour * MissingIndexCheck.WRITE_MS * (0.5 + 0.5 * width / USUAL_ENTRY);
    }

    Ident table() {
        return Ident.of(family.top().schemaName(), family.top().tableName());
    }

    NewIndex built(Member member) {
        var candidate = java.util.Objects.requireNonNull(member.candidate());
        var top = family.top();
        return new NewIndex(
                top.schemaName(),
                top.tableName(),
                member.name(),
                candidate.definition(top.schemaName(), top.tableName()),
                member.bytes() / 8192.0,
                candidate.predicate());
    }

    /// The indexes that are there, as a choice.
    List<Integer> today() {
        return IntStream.range(0, members.size())
                .filter(i -> members.get(i).existing() != null)
                .boxed()
                .toList();
    }

    long requiredBytes() {
        return required.keySet().stream().mapToLong(i -> i.row().indexBytes()).sum();
    }

    double requiredWrites() {
        return required.keySet().stream().mapToDouble(i -> write(i)).sum();
    }

    private double write(IndexShape index) {
        return writeMs(family.entriesPerHour(), index.row().indexBytes(), family.rows());
    }

    /// Names of those that a choice builds or drops.
    List<String> changed(Choice choice, boolean build) {
        return IntStream.range(0, members.size())
                .filter(i -> (members.get(i).existing() == null) == build)
                .filter(i -> choice.options().contains(i) == build)
                .mapToObj(i -> members.get(i).name())
                .toList();
    }

    IndexSet.OfTable told(Choice choice) {
        var told = new ArrayList<IndexSet.Member>();
        for (int i = 0; i < members.size(); i++) {
            var member = members.get(i);
            boolean chosen = choice.options().contains(i);
            if (chosen || member.existing() != null) {
                told.add(told(member, chosen, chosen ? uses(choice, i) : List.of()));
            }
        }
        told.sort(Comparator.comparing(IndexSet.Member::role));
        required.forEach(
                (index, why) ->
                        told.add(
                                new IndexSet.Member(
                                        index.row().indexName(),
                                        words(index),
                                        List.of(),
                                        IndexSet.Role.REQUIRED,
                                        index.row().indexBytes(),
                                        write(index),
                                        List.of(),
                                        why,
                                        null)));
        return new IndexSet.OfTable(family.top().schemaName(), family.top().tableName(), told);
    }

    private IndexSet.Member told(Member member, boolean chosen, List<IndexSet.Use> uses) {
        var candidate = member.candidate();
        var existing = member.existing();
        var top = family.top();
        return new IndexSet.Member(
                member.name(),
                candidate != null
                        ? candidate.definition(top.schemaName(), top.tableName())
                        : existing == null ? "" : words(existing),
                candidate != null && candidate.plain() ? candidate.keys() : List.of(),
                existing == null
                        ? IndexSet.Role.BUILD
                        : chosen ? IndexSet.Role.KEEP : IndexSet.Role.DROP,
                member.bytes(),
                member.write(),
                uses,
                null,
                null);
    }

    private static String words(IndexShape index) {
        return index.row().method()
                + " "
                + index.keyWords()
                + (index.included().isEmpty()
                        ? ""
                        : " INCLUDE ("
                                + String.join(", ", index.included().stream().sorted().toList())
                                + ")")
                + (index.predicate() == null ? "" : " WHERE " + index.predicate());
    }

    /// What each statement would cost more without this one of the set.
    private List<IndexSet.Use> uses(Choice choice, int index) {
        var uses = new LinkedHashMap<Known, Double>();
        for (int s = 0; s < statements.size(); s++) {
            double with = problem.options().get(index).reads()[s];
            double other = problem.plain()[s];
            for (int i : choice.options()) {
                if (i != index) {
                    other = Math.min(other, problem.options().get(i).reads()[s]);
                }
            }
            if (with < other) {
                uses.put(statements.get(s), other - with);
            }
        }
        return uses.entrySet().stream()
                .sorted(Map.Entry.<Known, Double>comparingByValue().reversed())
                .limit(20)
                .map(
                        e ->
                                new IndexSet.Use(
                                        e.getKey().statement().queryid(),
                                        SqlMask.mask(e.getKey().text()),
                                        e.getValue()))
                .toList();
    }
}

package io.lakebaseops.agents.performance.indexes;

import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.postgres.ExplainText;
import io.lakebaseops.postgres.ReadSession;
import io.lakebaseops.sqltext.SqlMask;
import io.lakebaseops.state.DropCertificate;
import io.lakebaseops.state.DropCertificate.Change;
import io.lakebaseops.state.DropCertificate.Gap;
import io.lakebaseops.twin.Planned;
import io.lakebaseops.twin.TwinDatabase;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The known statements of a database planned in its twin, with an index and without it, each also
/// with values for its parameters. A statement counts as known only where the twin plans it as the
/// watched server does.
final class StatementReplay {
    private static final String WHAT = "Planning the known statements again";

    /// Two planners that know the same differ by less, in cost.
    private static final double AGREE = 0.02;

    private final TwinDatabase twin;
    private final ReadSession session;
    private final StatementScope scope;
    private final Deadline deadline;
    private final Map<String, Planned> plans = new LinkedHashMap<>();
    private final Map<String, Agreement> agreements = new HashMap<>();

    StatementReplay(
            TwinDatabase twin,
            ReadSession session,
            StatementScope scope,
            List<String> statements,
            Deadline deadline) {
        this.twin = twin;
        this.session = session;
        this.scope = scope;
        this.deadline = deadline;
        for (var statement : statements) {
            deadline.check(WHAT);
            plans.computeIfAbsent(statement, twin::plan);
        }
    }

    /// @param gaps statements on the table of which it is not known
    /// @param elsewhere statements without a plan that do not name the table
    /// @param unverified of the concerned, those that the server did not plan for comparison
    record Result(
            int statements,
            int concerned,
            int kept,
            List<Change> changes,
            List<Gap> gaps,
            int elsewhere,
            int unverified) {
        Result {
            changes = List.copyOf(changes);
            gaps = List.copyOf(gaps);
        }

        boolean slower() {
            return changes.stream().anyMatch(Change::slower);
        }
    }

    private record Agreement(boolean compared, @Nullable String difference) {}

    /// @param inner statements that the server itself runs on the table: checks of foreign keys
    Result without(IndexShape index, Map<String, String> inner) {
        var schema = index.row().schemaName();
        var table = index.row().tableName();
        var variants = new LinkedHashMap<Variant, Planned>();
        var gaps = new ArrayList<Gap>();
        int concerned = 0;
        int compared = 0;
        int unverified = 0;
        int elsewhere = 0;
        for (var one : plans.entrySet()) {
            deadline.check(WHAT);
            var planned = one.getValue();
            if (!planned.made()) {
                switch (scope.of(one.getKey(), schema, table)) {
                    case READS -> gaps.add(gap(one.getKey(), String.valueOf(planned.refusal())));
                    case UNKNOWN -> elsewhere++;
                    case APART -> {
                        // It reads other tables, or only adds rows to this one.
                    }
                }
            } else if (reads(planned, schema, table)
                    || scope.of(one.getKey(), schema, table) == StatementScope.Scope.READS) {
                concerned++;
                var agreement = agreement(one.getKey(), planned);
                if (agreement.difference() != null) {
                    gaps.add(gap(one.getKey(), agreement.difference()));
                    continue;
                }
                compared++;
                unverified += agreement.compared() ? 0 : 1;
                add(variants, SqlMask.mask(one.getKey()), one.getKey(), planned, index);
            }
        }
        inner.forEach((words, text) -> add(variants, words, text, twin.plan(text), index));
        var changes = twin.without(schema, index.row().indexName(), () -> changes(variants));
        long touched = changes.stream().map(Change::statement).distinct().count();
        return new Result(
                plans.size() + inner.size(),
                concerned + inner.size(),
                compared + inner.size() - (int) touched,
                changes,
                gaps,
                elsewhere,
                unverified);
    }

    /// @param statement in words, values masked
    /// @param text as it is planned
    private record Variant(String statement, @Nullable String values, String text) {}

    private void add(
            Map<Variant, Planned> to,
            String words,
            String statement,
            Planned generic,
            IndexShape index) {
        if (!generic.made()) {
            return;
        }
        to.put(new Variant(words, null, statement), generic);
        var condition =
                new TwinDatabase.Condition(
                        index.row().schemaName(),
                        index.row().tableName(),
                        FixedConditions.values(index.predicate()));
        twin.withValues(statement, generic, condition)
                .forEach(
                        (values, text) -> {
                            var planned = twin.plan(text);
                            if (planned.made()) {
                                to.put(new Variant(words, values, text), planned);
                            }
                        });
    }

    private List<Change> changes(Map<Variant, Planned> variants) {
        var changes = new ArrayList<Change>();
        variants.forEach(
                (variant, before) -> {
                    deadline.check(WHAT);
                    var after = twin.plan(variant.text());
                    if (!after.made()) {
                        changes.add(change(variant, before, null));
                    } else if (!after.shape().equals(before.shape())
                            || after.cost() > before.cost() * DropCertificate.TOLERATED) {
                        changes.add(change(variant, before, after.cost()));
                    }
                });
        changes.sort(Comparator.comparingDouble(StatementReplay::loss).reversed());
        return changes;
    }

    private static double loss(Change change) {
        return change.after() == null
                ? Double.MAX_VALUE
                : change.after() / Math.max(1e-9, change.before());
    }

    private static Change change(Variant variant, Planned before, @Nullable Double after) {
        return new Change(variant.statement(), variant.values(), before.cost(), after);
    }

    private static Gap gap(String statement, String why) {
        return new Gap(SqlMask.mask(statement), why);
    }

    private static boolean reads(Planned planned, String schema, String table) {
        var plan = planned.plan();
        return plan != null
                && plan.root()
                        .all()
                        .anyMatch(
                                n ->
                                        table.equals(n.text("Relation Name"))
                                                && schema.equals(n.text("Schema")));
    }

    /// Does the watched server plan it the same way?
    private Agreement agreement(String statement, Planned here) {
        var known = agreements.get(statement);
        if (known == null) {
            known = compared(statement, here);
            agreements.put(statement, known);
        }
        return known;
    }

    private Agreement compared(String statement, Planned here) {
        try {
            var there = Planned.read(session.explain(new ExplainText(statement)));
            return new Agreement(true, difference(there, here));
        } catch (OpsException e) {
            deadline.check(WHAT);
            return new Agreement(false, null);
        }
    }

    private static @Nullable String difference(Planned there, Planned here) {
        double off = Math.abs(there.cost() - here.cost()) / Math.max(1, there.cost());
        return there.shape().equals(here.shape()) && off <= AGREE
                ? null
                : "the server plans it otherwise than the twin: cost %.2f there, %.2f here"
                        .formatted(there.cost(), here.cost());
    }
}

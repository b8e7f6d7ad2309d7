package io.lakebaseops.explain;

import io.lakebaseops.domain.Format;
import io.lakebaseops.explain.ConditionTerm.Kind;
import io.lakebaseops.explain.TableFact.IndexFact;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Reads of a whole table that throw most of it away, and why no index was used.
final class ScanRules implements DiagnosisRule {
    private static final double MANY_ROWS = 1000;
    private static final double THROWN_PER_KEPT = 10;

    /// Casts to text cost no index on these.
    private static final Set<String> TEXT_LIKE =
            Set.of("text", "character varying", "character", "name", "citext", "bpchar", "varchar");

    @Override
    public List<PlanProblem> at(PlanNode node, DiagnosisContext context) {
        if (!node.is("Seq Scan", "Sample Scan") || !selective(node, context)) {
            return List.of();
        }
        double share = context.share(node);
        if (share < MATTERS) {
            return List.of();
        }
        var condition = Condition.of(node.text("Filter"));
        var found = new ArrayList<PlanProblem>();
        if (condition.alternatives()) {
            found.add(alternatives(node, context, condition));
        }
        for (var term : condition.terms()) {
            if (!term.inOr()) {
                term(node, context, term).ifPresent(found::add);
            }
        }
        if (found.isEmpty()) {
            found.add(plain(node, context));
        }
        return found;
    }

    private static boolean selective(PlanNode scan, DiagnosisContext context) {
        var actual = scan.actual();
        if (actual != null) {
            double removed = DiagnosisContext.rowsRemoved(scan);
            return removed >= MANY_ROWS && removed >= THROWN_PER_KEPT * actual.allRows();
        }
        var estimate = scan.estimate();
        return estimate != null
                && scan.says("Filter")
                && context.table(scan).isPresent()
                && context.rowsOf(scan) >= MANY_ROWS
                && context.rowsOf(scan) >= THROWN_PER_KEPT * estimate.rows();
    }

    private static String seen(PlanNode scan, DiagnosisContext context) {
        var actual = scan.actual();
        if (actual == null) {
            return "The planner reads all %s rows of %s and expects to keep %s."
                    .formatted(
                            Format.grouped(context.rowsOf(scan)),
                            scan.table(),
                            Format.grouped(scan.estimate() == null ? 0 : scan.estimate().rows()));
        }
        return "%s read %s rows%s and kept %s; %s of the time."
                .formatted(
                        DiagnosisContext.named(scan),
                        Format.grouped(actual.allRows() + DiagnosisContext.rowsRemoved(scan)),
                        actual.loops() > 1
                                ? " in %s runs".formatted(Format.grouped(actual.loops()))
                                : "",
                        Format.grouped(actual.allRows()),
                        DiagnosisContext.percent(context.share(scan)));
    }

    private static Optional<PlanProblem> term(
            PlanNode scan, DiagnosisContext context, ConditionTerm term) {
        if (term.join() || term.kind() == Kind.NULL_TEST) {
            return Optional.empty();
        }
        if (term.function() != null) {
            return function(scan, context, term, term.function());
        }
        if (term.kind() == Kind.PATTERN || term.kind() == Kind.PREFIX) {
            return Optional.of(pattern(scan, context, term));
        }
        return term.cast() == null ? Optional.empty() : cast(scan, context, term, term.cast());
    }

    private static Optional<PlanProblem> function(
            PlanNode scan, DiagnosisContext context, ConditionTerm term, String function) {
        boolean named = function.matches("[a-zA-Z_]\\w*");
        var key = named ? "%s(%s)".formatted(function, term.column()) : null;
        if (term.kind() != Kind.EQUAL && term.kind() != Kind.RANGE) {
            return Optional.empty();
        }
        var problem =
                new PlanProblem(
                        PlanCause.FUNCTION_ON_COLUMN,
                        scan,
                        context.share(scan),
                        "%s The filter compares %s, not the column itself."
                                .formatted(
                                        seen(scan, context),
                                        key == null
                                                ? "the result of \"%s\" on %s"
                                                        .formatted(function, term.column())
                                                : key),
                        "An index on %s holds its values, not what is computed from them, so that"
                                        .formatted(term.column())
                                + " each row must be read and computed.",
                        "Compare the plan after taking the function to the other side of the"
                                + " comparison, or after creating an index on the expression.",
                        "Write the condition on the bare column (for a day: from its first to"
                                + " before its last moment), or index the expression.",
                        "An expression index needs a function that is IMMUTABLE.");
        return Optional.of(
                problem.with(
                        key == null ? null : idea(scan, "btree", List.of("(%s)".formatted(key)))));
    }

    private static Optional<PlanProblem> cast(
            PlanNode scan, DiagnosisContext context, ConditionTerm term, String cast) {
        var column = context.table(scan).map(t -> t.columns().get(term.column())).orElse(null);
        if (TEXT_LIKE.contains(cast) && (column == null || TEXT_LIKE.contains(bare(column)))) {
            return Optional.empty();
        }
        return Optional.of(
                new PlanProblem(
                        PlanCause.INDEX_NOT_USABLE,
                        scan,
                        context.share(scan),
                        "%s Column %s%s is turned into %s for the comparison."
                                .formatted(
                                        seen(scan, context),
                                        term.column(),
                                        column == null ? "" : " (%s)".formatted(column),
                                        cast),
                        "The value it is compared with has another type, so that the column is"
                                + " converted row by row; an index on the column cannot be used.",
                        "Look for the conversion of the column in the Filter line, and explain"
                                + " the statement again with a value of the column's type.",
                        "Let the application send the value with the column's own type, or cast"
                                + " the value instead of the column.",
                        "Where both types are meant, an index on the converted column helps."));
    }

    private static String bare(String type) {
        return type.replaceAll("\\(.*", "").strip();
    }

    private static PlanProblem pattern(
            PlanNode scan, DiagnosisContext context, ConditionTerm term) {
        var column = term.column();
        if (term.kind() == Kind.PREFIX) {
            var unusable =
                    context.table(scan).stream()
                            .flatMap(t -> t.indexes().stream())
                            .filter(i -> i.method().equals("btree") && i.leads(column))
                            .filter(i -> !i.patterns())
                            .findFirst();
            return new PlanProblem(
                            unusable.isPresent()
                                    ? PlanCause.INDEX_NOT_USABLE
                                    : PlanCause.MISSING_INDEX,
                            scan,
                            context.share(scan),
                            "%s The filter asks for the beginning of %s%s."
                                    .formatted(
                                            seen(scan, context),
                                            column,
                                            unusable.map(
                                                            i ->
                                                                    ", and index "
                                                                            + i.name()
                                                                            + " was not used")
                                                    .orElse("")),
                            "A btree serves LIKE 'abc%' only with the collation C or an operator"
                                    + " class for patterns.",
                            "Look at the collation of the column and the operator class of its"
                                    + " index.",
                            "Create an index on %s with text_pattern_ops.".formatted(column),
                            "It serves patterns and =, but not < and > in the order of the"
                                    + " column's collation.")
                    .with(idea(scan, "btree", List.of(column + " text_pattern_ops")));
        }
        return new PlanProblem(
                        PlanCause.LEADING_WILDCARD,
                        scan,
                        context.share(scan),
                        "%s The pattern on %s has no fixed beginning."
                                .formatted(seen(scan, context), column),
                        "A btree finds values by their beginning; without one every row is"
                                + " compared.",
                        "Explain the statement with a pattern that begins with letters.",
                        "Create a GIN index with gin_trgm_ops (extension pg_trgm), or use full"
                                + " text search where words are meant.",
                        "Trigrams need at least three letters in the pattern; such an index is"
                                + " larger and slower to write than a btree.")
                .with(idea(scan, "gin", List.of(column + " gin_trgm_ops")));
    }

    private static PlanProblem alternatives(
            PlanNode scan, DiagnosisContext context, Condition condition) {
        var columns =
                condition.terms().stream()
                        .filter(ConditionTerm::inOr)
                        .map(ConditionTerm::column)
                        .distinct()
                        .toList();
        var unserved = columns.stream().filter(c -> indexOn(scan, context, c).isEmpty()).toList();
        return new PlanProblem(
                PlanCause.OR_CONDITION,
                scan,
                context.share(scan),
                "%s The filter takes rows by %s, whichever fits."
                        .formatted(seen(scan, context), String.join(" or ", columns)),
                "One index cannot serve an OR over several columns; PostgreSQL joins several in a"
                        + " bitmap only if each alternative has its own.",
                "Explain the alternatives one by one.",
                context.table(scan).isEmpty() || !unserved.isEmpty()
                        ? "Give each alternative an index%s, or write it as UNION of statements."
                                .formatted(
                                        context.table(scan).isEmpty()
                                                ? ""
                                                : " (missing: %s)"
                                                        .formatted(String.join(", ", unserved)))
                        : "Every alternative has an index; write it as UNION of statements.",
                "UNION removes rows that are equal, which OR does not.");
    }

    private static PlanProblem plain(PlanNode scan, DiagnosisContext context) {
        var columns = DiagnosisContext.searchColumns(scan, "Filter");
        var existing =
                columns.stream()
                        .flatMap(c -> indexOn(scan, context, c).stream())
                        .findFirst()
                        .orElse(null);
        if (columns.isEmpty() || existing != null) {
            return late(scan, context, existing);
        }
        return new PlanProblem(
                        PlanCause.MISSING_INDEX,
                        scan,
                        context.share(scan),
                        seen(scan, context),
                        "No index leads to the rows with these values of %s, so that the whole"
                                        .formatted(String.join(", ", columns))
                                + " table is read.",
                        "Count how many rows have the value: an index pays when they are few.",
                        "Test an index on (%s).".formatted(String.join(", ", columns)),
                        context.table(scan).isEmpty()
                                ? "The indexes of the table are not known here; look whether one"
                                        + " begins with these columns."
                                : "An index makes every insert and most updates of the table"
                                        + " dearer.")
                .with(idea(scan, "btree", columns));
    }

    private static PlanProblem late(
            PlanNode scan, DiagnosisContext context, @Nullable IndexFact existing) {
        return new PlanProblem(
                PlanCause.LATE_FILTER,
                scan,
                context.share(scan),
                seen(scan, context),
                existing == null
                        ? "The condition is none an index on columns could find rows by."
                        : "Index %s could find the rows; the planner expected reading the table to"
                                        .formatted(existing.name())
                                + " be cheaper.",
                existing == null
                        ? "Read the Filter line: what is compared is an expression, or has no"
                                + " comparison."
                        : "SET enable_seqscan = off and explain again: compare cost and time.",
                existing == null
                        ? "Store what is asked for in a column of its own (it can be generated),"
                                + " or index the expression."
                        : "If the index is much faster in truth, lower random_page_cost towards"
                                + " what the storage gives, and see that the row estimate is"
                                + " right.",
                "Reading a small table whole is right.");
    }

    private static Optional<IndexFact> indexOn(
            PlanNode scan, DiagnosisContext context, String column) {
        return context.table(scan).stream()
                .flatMap(t -> t.indexes().stream())
                .filter(i -> i.leads(column))
                .findFirst();
    }

    static IndexIdea idea(PlanNode scan, String method, List<String> keys) {
        var table = scan.text("Relation Name");
        return new IndexIdea(scan.text("Schema"), table == null ? "?" : table, method, keys);
    }
}

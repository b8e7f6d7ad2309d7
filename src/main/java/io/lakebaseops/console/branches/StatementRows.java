package io.lakebaseops.console.branches;

import io.lakebaseops.console.Texts;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.console.parts.RowItem;
import io.lakebaseops.domain.Format;
import io.lakebaseops.trial.QueryComparison;
import io.lakebaseops.trial.QueryComparison.Verdict;

import org.kordamp.ikonli.feather.Feather;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/// The statements of the workload before and after a migration, the worst first.
final class StatementRows {
    private StatementRows() {}

    static List<RowItem> of(List<QueryComparison> queries) {
        return queries.stream()
                .sorted(Comparator.comparingInt(q -> rank(q.verdict())))
                .map(StatementRows::row)
                .toList();
    }

    private static int rank(Verdict verdict) {
        return switch (verdict) {
            case BROKEN -> 0;
            case SLOWER -> 1;
            case FASTER -> 2;
            case SAME -> 3;
            case SKIPPED -> 4;
        };
    }

    private static RowItem row(QueryComparison q) {
        var role =
                switch (q.verdict()) {
                    case BROKEN, SLOWER -> Role.CRITICAL;
                    case FASTER -> Role.OK;
                    case SAME, SKIPPED -> Role.MUTED;
                };
        var icon =
                switch (q.verdict()) {
                    case BROKEN -> Feather.X_CIRCLE;
                    case SLOWER -> Feather.TRENDING_UP;
                    case FASTER -> Feather.TRENDING_DOWN;
                    case SAME -> Feather.MINUS;
                    case SKIPPED -> Feather.SLASH;
                };
        var item =
                RowItem.of(
                                Long.toString(q.queryId()),
                                icon,
                                role,
                                q.query().strip().replaceAll("\\s+", " "))
                        .note(change(q), role);
        var before = q.beforeMs();
        var after = q.afterMs();
        var skipped = q.skipped();
        return before != null && after != null
                ? item.sub(
                        "%s → %s"
                                .formatted(
                                        Format.seconds(before / 1000),
                                        Format.seconds(after / 1000)))
                : item.sub(skipped == null ? Texts.of("not measured") : skipped);
    }

    private static String change(QueryComparison q) {
        var interval = q.interval();
        return switch (q.verdict()) {
            case BROKEN -> Texts.of("fails");
            case SKIPPED -> Texts.of("skipped");
            case SAME -> Texts.of("same");
            case SLOWER, FASTER ->
                    interval == null
                            ? q.verdict().name().toLowerCase(Locale.ROOT)
                            : "%s %+d %%"
                                    .formatted(
                                            q.verdict() == Verdict.SLOWER
                                                    ? Texts.of("slower")
                                                    : Texts.of("faster"),
                                            Math.round((interval.ratio() - 1) * 100));
        };
    }
}

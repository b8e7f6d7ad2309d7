package io.lakebaseops.console.indexes;

import io.lakebaseops.agents.performance.indexes.DetectMissingFkIndexes;
import io.lakebaseops.agents.performance.indexes.DetectMissingIndexes;
import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.Messages;
import io.lakebaseops.console.Texts;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.domain.Format;

import java.util.ArrayList;
import java.util.List;

/// The sentence at the top: what indexes waste in bytes, and what missing ones would save in time.
///
/// @param strong what is drawn heavier
record IndexesVerdict(Role role, String sentence, List<String> strong) {
    IndexesVerdict {
        strong = List.copyOf(strong);
    }

    static IndexesVerdict of(IndexesSnapshot p, ConsoleSession session) {
        var summary = p.summary();
        if (summary == null && p.count(FindingGroup.ALL) == 0) {
            return new IndexesVerdict(Role.INFO, Messages.of("indexes.unread"), List.of());
        }
        var parts = new ArrayList<String>();
        var strong = new ArrayList<String>();
        long wasted = p.bytes(FindingGroup.ALL);
        if (wasted > 0) {
            int wasting = p.freeing(FindingGroup.ALL);
            strong.add(Format.size(wasted));
            parts.add(
                    "%s %s %s"
                            .formatted(
                                    Texts.count(wasting, "index").replace("indexs", "indexes"),
                                    wasting == 1 ? Texts.of("wastes") : Texts.of("waste"),
                                    Format.size(wasted)));
        }
        int missing = p.count(DetectMissingIndexes.KIND);
        if (missing > 0) {
            parts.add(missing(p, missing, strong));
        }
        int keys = p.count(DetectMissingFkIndexes.KIND);
        if (keys > 0) {
            parts.add(
                    keys == 1
                            ? Texts.of("1 foreign key has no index")
                            : Texts.of("%s foreign keys have no index", Format.grouped(keys)));
        }
        if (parts.isEmpty()) {
            return none(p, session);
        }
        return new IndexesVerdict(
                wasted > 0 || missing > 0 ? Role.WARNING : Role.INFO,
                String.join("; ", parts) + ".",
                strong);
    }

    /// The share of all the time that was read; planners estimate, so it is said.
    private static String missing(IndexesSnapshot p, int missing, List<String> strong) {
        var summary = p.summary();
        double saved = p.msPerHour();
        var share =
                summary == null || summary.workMsPerHour() <= 0 || saved <= 0
                        ? Texts.of("save read time")
                        : Texts.of(
                                "save %s of the statements' time (estimated)",
                                Format.percent(Math.min(1, saved / summary.workMsPerHour())));
        if (summary != null && summary.workMsPerHour() > 0 && saved > 0) {
            strong.add(Format.percent(Math.min(1, saved / summary.workMsPerHour())));
        }
        return Texts.of(
                "%s missing %s would %s",
                Format.grouped(missing), missing == 1 ? Texts.of("one") : Texts.of("ones"), share);
    }

    private static IndexesVerdict none(IndexesSnapshot p, ConsoleSession session) {
        var summary = p.summary();
        if (summary == null) {
            return new IndexesVerdict(Role.INFO, Messages.of("indexes.unread"), List.of());
        }
        var at = Texts.clock(summary.at(), session.now(), session.zone());
        var all = Format.grouped(summary.indexes());
        var judged = summary.judgedBy();
        if (!summary.failed().isEmpty()) {
            return new IndexesVerdict(
                    Role.WARNING, Messages.of("indexes.none.partly", all, at), List.of());
        }
        return summary.waiting() == 0 || judged == null
                ? new IndexesVerdict(Role.OK, Messages.of("indexes.none", all, at), List.of())
                : new IndexesVerdict(
                        Role.OK,
                        Messages.of(
                                "indexes.none.waiting",
                                all,
                                at,
                                Format.grouped(summary.waiting()),
                                Texts.clock(judged, session.now(), session.zone())),
                        List.of());
    }
}

package io.lakebaseops.console.indexes;

import io.lakebaseops.console.Messages;
import io.lakebaseops.console.Texts;
import io.lakebaseops.console.parts.Facts;
import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.domain.Format;
import io.lakebaseops.trial.QueryComparison;
import io.lakebaseops.trial.QueryComparison.Verdict;
import io.lakebaseops.trial.TrialReport;

import javafx.scene.Node;

import java.util.ArrayList;
import java.util.List;

/// What a trial on a branch came to, in the pane of its finding.
final class TrialWords {
    private static final int MOST = 5;

    private TrialWords() {}

    static List<Node> of(TrialReport trial) {
        var nodes = new ArrayList<Node>();
        nodes.add(Nodes.label(Messages.of("indexes.trial.title"), "strong-quiet"));
        var failure = trial.failure();
        var facts = new Facts();
        if (failure != null) {
            facts.add(Texts.of("Outcome"), failure, Role.CRITICAL);
        } else {
            long slower = trial.worse().size();
            facts.add(
                    Texts.of("Outcome"),
                    Texts.of("went through in %s", Format.duration(trial.took())),
                    Role.OK);
            facts.add(
                    Texts.of("Database"),
                    Format.size(trial.bytesBefore()) + " → " + Format.size(trial.bytesAfter()));
            facts.add(
                    Texts.of("Statements"),
                    Texts.of(
                            "%d measured: %d slower, %d faster, the rest the same",
                            trial.queries().size() - count(trial, Verdict.SKIPPED),
                            slower,
                            count(trial, Verdict.FASTER)),
                    slower > 0 ? Role.WARNING : Role.OK);
        }
        facts.add(Texts.of("Branch"), trial.cleanup());
        nodes.add(facts);
        trial.queries().stream()
                .filter(q -> q.verdict() != Verdict.SAME && q.verdict() != Verdict.SKIPPED)
                .limit(MOST)
                .forEach(q -> nodes.add(Nodes.wrapped(words(q), "row-sub")));
        return nodes;
    }

    private static long count(TrialReport trial, Verdict verdict) {
        return trial.queries().stream().filter(q -> q.verdict() == verdict).count();
    }

    private static String words(QueryComparison q) {
        var before = q.beforeMs();
        var after = q.afterMs();
        var times =
                before == null || after == null
                        ? q.verdict().name().toLowerCase(java.util.Locale.ROOT)
                        : Format.seconds(before / 1000) + " → " + Format.seconds(after / 1000);
        return times + "  " + q.query();
    }
}

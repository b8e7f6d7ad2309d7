package io.lakebaseops.console.indexes;

import io.lakebaseops.change.approval.ApprovalDesk;
import io.lakebaseops.change.approval.PlanQueue;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.state.IndexAdvice;
import io.lakebaseops.trial.TrialReport;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Reads what is behind a finding: its plan, what was proposed before, what a trial and the planner
/// twin said, and the certificate that is kept of its index.
final class FindingReader {
    private final PlanQueue queue;
    private final ApprovalDesk desk;
    private final IndexAdvice advice;
    private final TwinAnswers planned;
    // Of the findings tried while this window was open.
    private final Map<String, TrialReport> tried = new ConcurrentHashMap<>();

    FindingReader(PlanQueue queue, ApprovalDesk desk, IndexAdvice advice, TwinAnswers planned) {
        this.queue = queue;
        this.desk = desk;
        this.advice = advice;
        this.planned = planned;
    }

    void tried(FindingLine line, TrialReport report) {
        tried.put(line.fingerprint(), report);
    }

    /// What is known at once.
    FindingDetail first(FindingLine line, @Nullable FindingDetail before) {
        boolean same = before != null && before.line().fingerprint().equals(line.fingerprint());
        return new FindingDetail(
                line,
                same && before != null ? before.plan() : null,
                List.of(),
                tried.get(line.fingerprint()),
                planned.of(line),
                same && before != null ? before.certified() : null);
    }

    FindingDetail read(TargetId target, FindingLine line) {
        var past = queue.of(line.fingerprint(), 10);
        var plan =
                past.stream()
                        .filter(e -> e.state().open())
                        .findFirst()
                        .flatMap(e -> desk.find(e.id()))
                        .orElse(null);
        return new FindingDetail(
                line,
                plan,
                past,
                tried.get(line.fingerprint()),
                planned.of(line),
                certified(target, line));
    }

    private IndexAdvice.@Nullable Certified certified(TargetId target, FindingLine line) {
        var subject = line.finding().subject();
        var database = subject.database();
        var schema = subject.schema();
        return database == null
                        || schema == null
                        || !FindingGroup.NOT_NEEDED.kinds().contains(line.finding().kind())
                ? null
                : advice.certificate(target, database, schema, subject.name()).orElse(null);
    }
}

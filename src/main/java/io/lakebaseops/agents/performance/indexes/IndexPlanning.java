package io.lakebaseops.agents.performance.indexes;

import io.lakebaseops.agents.performance.indexes.CertificateRules.Ground;
import io.lakebaseops.domain.Actor;
import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.Finding;
import io.lakebaseops.domain.Subject;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.framework.ToolContext;
import io.lakebaseops.lakehouse.Lakehouse;
import io.lakebaseops.postgres.ReadSession;
import io.lakebaseops.postgres.SqlLibrary;
import io.lakebaseops.postgres.Targets;
import io.lakebaseops.state.DropCertificate;
import io.lakebaseops.state.IdleIndexes;

import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/// Asks the planner twin about the index of one finding, for a person who looks at it: read anew,
/// so that the answer fits what is there now. Stores nothing.
public final class IndexPlanning {
    private static final int DAYS = 7;
    private static final int STATEMENTS = 50;

    private static final Set<String> KINDS =
            Set.of(
                    DetectMissingIndexes.KIND,
                    DetectUnusedIndexes.KIND,
                    DetectDuplicateIndexes.KIND);

    private final Targets targets;
    private final IndexTwin twin;
    private final DetectUnusedIndexes unused;
    private final DetectMissingIndexes missing;
    private final Clock clock;

    public IndexPlanning(
            Targets targets,
            SqlLibrary sql,
            IdleIndexes notes,
            Lakehouse lakehouse,
            IndexTwin twin,
            Clock clock) {
        this.targets = targets;
        this.twin = twin;
        this.clock = clock;
        unused = new DetectUnusedIndexes(targets, sql, notes, lakehouse);
        missing = new DetectMissingIndexes(targets, sql);
    }

    /// @param certificate of an index to drop
    /// @param trial of an index to build
    /// @param caveats what limits it, or why there is neither
    public record Answer(
            @Nullable DropCertificate certificate, @Nullable WhatIf trial, List<String> caveats) {
        public Answer {
            caveats = List.copyOf(caveats);
        }
    }

    /// Whether planning tells anything of such a finding.
    public static boolean answers(String kind) {
        return KINDS.contains(kind);
    }

    /// @param of about an index that is missing, unused or a duplicate
    public Answer of(TargetId target, Finding of, Actor actor, Deadline deadline) {
        var subject = of.subject();
        var context =
                new ToolContext(
                        UUID.randomUUID(),
                        target,
                        actor,
                        deadline,
                        clock,
                        ToolContext.Progress.SILENT);
        try (var session =
                targets.read(
                        target, Objects.requireNonNull(subject.database(), "database"), deadline)) {
            var catalog = IndexCatalog.read(session);
            return of.kind().equals(DetectMissingIndexes.KIND)
                    ? tried(catalog, session, subject, context)
                    : certified(catalog, session, of.kind(), subject, context);
        }
    }

    private Answer tried(
            IndexCatalog catalog, ReadSession session, Subject subject, ToolContext context) {
        var suggested =
                missing.judge(catalog, session, STATEMENTS, context).missing().stream()
                        .filter(m -> m.table().schemaName().equals(subject.schema()))
                        .filter(
                                m ->
                                        IndexNames.onColumns(m.table().tableName(), m.keys())
                                                .equals(subject.name()))
                        .limit(1)
                        .toList();
        if (suggested.isEmpty()) {
            return gone();
        }
        var answer = twin.tried(catalog, session, suggested, context);
        return new Answer(
                null, answer.list().isEmpty() ? null : answer.list().getFirst(), answer.caveats());
    }

    private Answer certified(
            IndexCatalog catalog,
            ReadSession session,
            String kind,
            Subject subject,
            ToolContext context) {
        var grounds =
                kind.equals(DetectDuplicateIndexes.KIND)
                        ? DetectDuplicateIndexes.grounds(catalog)
                        : new ArrayList<Ground>();
        if (kind.equals(DetectUnusedIndexes.KIND)) {
            unused.judge(catalog, DAYS, context, grounds);
        }
        var wanted = Certified.wanted(grounds, 1, subject.schema() + "." + subject.name());
        if (wanted.isEmpty()) {
            return gone();
        }
        var answer = twin.certify(catalog, session, wanted, context);
        return new Answer(
                answer.list().isEmpty() ? null : answer.list().getFirst(), null, answer.caveats());
    }

    private static Answer gone() {
        return new Answer(
                null, null, List.of("read anew, this is not found any more: analyse again"));
    }

    /// Deletes the statistics that the planner twin holds.
    public void forget() {
        twin.forget();
    }
}

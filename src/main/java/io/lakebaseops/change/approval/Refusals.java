package io.lakebaseops.change.approval;

import io.lakebaseops.domain.Actor;
import io.lakebaseops.domain.Finding;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.domain.plan.FiledPlan.State;
import io.lakebaseops.domain.plan.HeldBack;
import io.lakebaseops.state.Autonomy.LeftAlone;
import io.lakebaseops.state.AutonomyStore;
import io.lakebaseops.state.StateParams;
import io.lakebaseops.state.Tx;

import org.jspecify.annotations.Nullable;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/// The memory of rejected plans, ignored findings and tables that are left alone.
///
/// What a person refused is not proposed again by agents for the same facts until the date passes,
/// the finding gets a higher severity, or what it would touch has doubled. A person who asks for it
/// himself has changed his mind.
final class Refusals {
    /// A month: long enough to be left in peace, short enough that a reason is still known.
    static final Duration STANDARD = Duration.ofDays(30);

    /// @param heldSeverity of its finding when it was refused; null without a finding
    private record Facts(String facts, long bytesTouched, @Nullable Long heldSeverity) {}

    private record Rejected(FiledPlan plan, Facts then) {}

    private record Standing(
            String fingerprint,
            long severityRank,
            boolean ignored,
            @Nullable String ignoredBy,
            @Nullable String ignoreReason,
            @Nullable Instant ignoredAt,
            @Nullable Instant ignoredUntil) {}

    /// By the draft's id, those that are not to be filed, with the answer to give.
    Map<UUID, FiledPlan> heldBack(Tx tx, List<PlanDraft> drafts, Instant now) throws SQLException {
        var proposed =
                drafts.stream()
                        .filter(d -> d.plan().proposedBy().kind() != Actor.Kind.HUMAN)
                        .toList();
        if (proposed.isEmpty()) {
            return Map.of();
        }
        var limits = AutonomyStore.read(tx);
        var rejected = rejected(tx, proposed, now);
        var standings = standings(tx, proposed, now);
        var held = new HashMap<UUID, FiledPlan>();
        for (var draft : proposed) {
            var alone = RiskAssessor.leftAlone(draft.plan(), limits, now);
            if (alone.isPresent()) {
                held.put(draft.id(), answer(draft, alone.get()));
                continue;
            }
            var finding = draft.plan().findingFingerprint();
            var standing = finding == null ? null : standings.get(finding);
            var no = rejected.get(draft.facts());
            if (no != null
                    && !worse(
                            no.then().bytesTouched(),
                            draft.plan().bytesTouched(),
                            no.then().heldSeverity(),
                            standing == null ? null : standing.severityRank())) {
                held.put(draft.id(), answer(draft, no.plan()));
            } else if (standing != null && standing.ignored()) {
                held.put(draft.id(), answer(draft, standing));
            }
        }
        return held;
    }

    /// What somebody would want to be asked about again.
    static boolean worse(
            long bytesThen, long bytesNow, @Nullable Long severityThen, @Nullable Long severity) {
        boolean doubled = bytesThen > 0 && bytesNow >= 2 * bytesThen;
        return doubled || (severityThen != null && severity != null && severity > severityThen);
    }

    private static Map<String, Rejected> rejected(Tx tx, List<PlanDraft> drafts, Instant now)
            throws SQLException {
        var facts = drafts.stream().map(PlanDraft::facts).toList();
        var rows = tx.rows(ChangeSql.PLAN_HELD, StateParams.of("facts", facts, "now", now));
        var plans = Tx.read(ChangeSql.PLAN_HELD, rows, PlanStore.PlanRow.class);
        var then = Tx.read(ChangeSql.PLAN_HELD, rows, Facts.class);
        var found = new HashMap<String, Rejected>();
        for (int i = 0; i < then.size(); i++) {
            var fact = then.get(i);
            plans.get(i)
                    .plan()
                    .ifPresent(p -> found.putIfAbsent(fact.facts(), new Rejected(p, fact)));
        }
        return found;
    }

    private static Map<String, Standing> standings(Tx tx, List<PlanDraft> drafts, Instant now)
            throws SQLException {
        var fingerprints =
                drafts.stream()
                        .map(d -> d.plan().findingFingerprint())
                        .filter(Objects::nonNull)
                        .distinct()
                        .toList();
        if (fingerprints.isEmpty()) {
            return Map.of();
        }
        var params = StateParams.of("fingerprints", fingerprints, "now", now);
        return tx.query(ChangeSql.FINDING_STANDING, params, Standing.class).stream()
                .collect(Collectors.toMap(Standing::fingerprint, s -> s));
    }

    private static FiledPlan answer(PlanDraft draft, FiledPlan no) {
        return answer(
                draft,
                no.id(),
                no.filedAt(),
                no.decidedBy(),
                no.decidedAt(),
                "rejected",
                no.reason(),
                no.heldUntil(),
                ", or when it gets worse");
    }

    private static FiledPlan answer(PlanDraft draft, LeftAlone table) {
        return answer(
                draft,
                draft.id(),
                table.at(),
                table.by(),
                table.at(),
                "leaves " + table.table() + " alone",
                table.reason(),
                table.until(),
                "");
    }

    private static FiledPlan answer(PlanDraft draft, Standing ignored) {
        return answer(
                draft,
                draft.id(),
                ignored.ignoredAt() == null ? Instant.EPOCH : ignored.ignoredAt(),
                ignored.ignoredBy(),
                ignored.ignoredAt(),
                "ignored the finding",
                ignored.ignoreReason(),
                ignored.ignoredUntil(),
                ", or when it gets worse");
    }

    private static FiledPlan answer(
            PlanDraft draft,
            UUID id,
            Instant filedAt,
            @Nullable String by,
            @Nullable Instant at,
            String act,
            @Nullable String reason,
            @Nullable Instant until,
            String sooner) {
        var words =
                "%s %s%s%s; proposed again %s"
                        .formatted(
                                by,
                                act,
                                at == null ? "" : " on " + at,
                                reason == null || reason.isBlank() ? "" : ": " + reason,
                                until != null
                                        ? "from " + until + " on" + sooner
                                        : sooner.isEmpty()
                                                ? "when somebody ends that"
                                                : "only when it gets worse");
        return new FiledPlan(
                id,
                draft.plan(),
                draft.fingerprint(),
                draft.risk(),
                State.HELD_BACK,
                filedAt,
                by,
                at,
                words,
                null,
                null,
                until);
    }

    /// Newest first.
    static List<HeldBack> list(
            Tx tx, PlanStore store, @Nullable TargetId target, Instant now, int limit)
            throws SQLException {
        var key = target == null ? null : target.key();
        var all = new ArrayList<HeldBack>();
        for (var plan :
                store.list(
                        tx, ChangeSql.PLANS_HELD_BACK, "now", now, "target", key, "limit", limit)) {
            all.add(
                    new HeldBack(
                            plan.plan().title(),
                            plan.plan().target().key(),
                            plan.id(),
                            plan.plan().findingFingerprint(),
                            String.valueOf(plan.decidedBy()),
                            plan.decidedAt(),
                            Objects.requireNonNullElse(plan.reason(), ""),
                            plan.heldUntil()));
        }
        var params = StateParams.of("now", now, "target", key, "limit", limit);
        tx.query(ChangeSql.FINDINGS_IGNORED, params, Ignored.class)
                .forEach(ignored -> all.add(ignored.held()));
        all.sort(
                Comparator.comparing(
                                (HeldBack h) -> Optional.ofNullable(h.at()).orElse(Instant.EPOCH))
                        .reversed());
        return all.subList(0, Math.min(limit, all.size()));
    }

    /// The decision itself stays as it is recorded; only that it holds ends, and the audit chain
    /// tells who ended it.
    static void end(Tx tx, PlanStateRecorder journal, HeldBack held, Actor by) throws SQLException {
        int ended = 0;
        if (held.plan() != null) {
            ended += tx.update(ChangeSql.PLAN_ASK_AGAIN, Map.of("id", held.plan()));
        }
        if (held.finding() != null) {
            ended += tx.update(ChangeSql.FINDING_ASK_AGAIN, Map.of("fingerprint", held.finding()));
        }
        if (ended > 0) {
            tell(tx, journal, "hold_ended", held, by);
        }
    }

    /// Who refused it, when and why was kept.
    static void resume(Tx tx, PlanStateRecorder journal, HeldBack held, Actor by)
            throws SQLException {
        int resumed =
                held.plan() != null
                        ? tx.update(
                                ChangeSql.PLAN_HOLD_AGAIN,
                                StateParams.of("id", held.plan(), "until", held.until()))
                        : tx.update(
                                ChangeSql.FINDING_HOLD_AGAIN,
                                StateParams.of(
                                        "fingerprint", held.finding(), "until", held.until()));
        if (resumed > 0) {
            tell(tx, journal, "hold_resumed", held, by);
        }
    }

    private static void tell(Tx tx, PlanStateRecorder journal, String kind, HeldBack held, Actor by)
            throws SQLException {
        journal.entry(
                tx,
                kind,
                held.plan(),
                by.name(),
                "title",
                held.title(),
                "finding",
                held.finding(),
                "refused_by",
                held.by());
    }

    private record Ignored(
            Finding body,
            @Nullable String ignoredBy,
            @Nullable Instant ignoredAt,
            @Nullable String ignoreReason,
            @Nullable Instant ignoredUntil) {
        HeldBack held() {
            return new HeldBack(
                    body.summary(),
                    body.target().key(),
                    null,
                    body.fingerprint(),
                    Objects.requireNonNullElse(ignoredBy, ""),
                    ignoredAt,
                    Objects.requireNonNullElse(ignoreReason, ""),
                    ignoredUntil);
        }
    }
}

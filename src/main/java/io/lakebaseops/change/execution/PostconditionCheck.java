package io.lakebaseops.change.execution;

import io.lakebaseops.change.archival.ArchiveProofs;
import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.domain.plan.Postcondition;
import io.lakebaseops.domain.plan.Verification;
import io.lakebaseops.lakebase.ControlPlane;
import io.lakebaseops.lakebase.ControlPlaneAccess;
import io.lakebaseops.postgres.SqlName;
import io.lakebaseops.postgres.Targets;

import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/// The measurement whether a change did what it promised: the plan's proofs, a few times if need
/// be, since statistics reach the views up to a second late and branches settle slowly.
public final class PostconditionCheck {
    /// The rows of an archival are compared one by one, a hundred thousand in some seconds.
    private static final Duration ROWS_WITHIN = Duration.ofMinutes(10);

    private final Targets targets;
    private final ControlPlaneAccess controlPlanes;
    private final ArchiveProofs archives;
    private final Clock clock;
    private final Patience patience;

    public PostconditionCheck(
            Targets targets,
            ControlPlaneAccess controlPlanes,
            ArchiveProofs archives,
            Clock clock,
            Patience patience) {
        this.targets = targets;
        this.controlPlanes = controlPlanes;
        this.archives = archives;
        this.clock = clock;
        this.patience = patience;
    }

    /// @param attempts how often a proof that fails is measured, at most
    public record Patience(int attempts, Duration pause, Duration deadline) {
        /// 6 times within some 5 s: statistics are flushed once a second.
        public static final Patience STANDARD =
                new Patience(6, Duration.ofSeconds(1), Duration.ofSeconds(30));
    }

    public Verification measure(TargetId target, List<Postcondition> proofs) {
        if (proofs.isEmpty()) {
            return new Verification.Inconclusive(
                    clock.instant(), List.of("the plan names nothing that could be measured"));
        }
        var deadline = Deadline.in(patience.deadline());
        for (int attempt = 1; ; attempt++) {
            var verdicts = proofs.stream().map(p -> verdict(target, p, deadline)).toList();
            boolean good = verdicts.stream().allMatch(v -> v.truth() == Truth.YES);
            if (good || attempt >= patience.attempts() || !pause(deadline)) {
                return verification(verdicts);
            }
        }
    }

    /// How it is no longer so; measured once, since nothing has just changed.
    Optional<String> broken(TargetId target, Postcondition proof, Deadline deadline) {
        var verdict = judge(target, proof, deadline);
        return verdict.truth() == Truth.YES ? Optional.empty() : Optional.of(verdict.sentence());
    }

    /// One proof that fails outweighs others that could not be read.
    private Verification verification(List<Verdict> verdicts) {
        var sentences = new ArrayList<String>();
        verdicts.forEach(v -> sentences.add(v.sentence()));
        var at = clock.instant();
        if (verdicts.stream().anyMatch(v -> v.truth() == Truth.NO)) {
            return new Verification.NotConfirmed(at, sentences);
        }
        return verdicts.stream().allMatch(v -> v.truth() == Truth.YES)
                ? new Verification.Confirmed(at, sentences)
                : new Verification.Inconclusive(at, sentences);
    }

    private Verdict judge(TargetId target, Postcondition proof, Deadline deadline) {
        return switch (proof) {
            case Postcondition.SqlFigure figure -> figure(target, figure, deadline);
            case Postcondition.BranchReady ready -> ready(target, ready, deadline);
            case Postcondition.BranchGone gone -> gone(target, gone, deadline);
            case Postcondition.BranchProtected p -> guarded(target, p, deadline);
            case Postcondition.BranchExpires e -> expires(target, e, deadline);
            case Postcondition.EndpointSuspends e -> suspends(target, e, deadline);
            case Postcondition.CatalogRegistered c -> verdict(catalog(target).holds(c, deadline));
            case Postcondition.CatalogGone c -> verdict(catalog(target).holds(c, deadline));
            case Postcondition.CatalogGrants c -> verdict(catalog(target).holds(c, deadline));
            case Postcondition.ArchivedRows a -> {
                var seen = archives.seen(target, a, Deadline.in(ROWS_WITHIN));
                yield new Verdict(seen.so() ? Truth.YES : Truth.NO, seen.sentence());
            }
        };
    }

    private Verdict verdict(TargetId target, Postcondition proof, Deadline deadline) {
        try {
            return judge(target, proof, deadline);
        } catch (OpsException e) {
            return new Verdict(
                    Truth.UNKNOWN, proof.description() + ": not measured, " + e.getMessage());
        }
    }

    private CatalogReader catalog(TargetId target) {
        return new CatalogReader(Preconditions.required(controlPlanes, target).unity());
    }

    private static Verdict verdict(CatalogReader.Seen seen) {
        return new Verdict(seen.so() ? Truth.YES : Truth.NO, seen.sentence());
    }

    private Verdict figure(TargetId target, Postcondition.SqlFigure proof, Deadline deadline) {
        try (var session = targets.read(target, proof.database(), deadline)) {
            var rows =
                    session.query(SqlName.of(proof.query()), Preconditions.values(proof.params()));
            if (rows.size() != 1 || rows.list().getFirst().get(proof.column()) == null) {
                return new Verdict(
                        Truth.UNKNOWN,
                        "%s: not measured, %d rows with a value in %s"
                                .formatted(proof.description(), rows.size(), proof.column()));
            }
            var cell = rows.list().getFirst().get(proof.column());
            double value = number(cell);
            boolean holds =
                    switch (proof.comparison()) {
                        case AT_MOST -> value <= proof.value();
                        case AT_LEAST -> value >= proof.value();
                        case EQUAL -> value == proof.value();
                        case LESS_THAN -> value < proof.value();
                    };
            return holds
                    ? new Verdict(Truth.YES, held(proof, cell))
                    : new Verdict(
                            Truth.NO,
                            "%s: %s is %s, wanted %s %s"
                                    .formatted(
                                            proof.description(),
                                            proof.column(),
                                            cell,
                                            words(proof.comparison()),
                                            plain(proof.value())));
        }
    }

    /// A flag says no more than the description; a figure is worth telling.
    private static String held(Postcondition.SqlFigure proof, @Nullable Object cell) {
        return cell instanceof Boolean
                ? proof.description()
                : "%s (%s %s)"
                        .formatted(proof.description(), proof.column().replace('_', ' '), cell);
    }

    /// Flags count as 1 and 0, so that a proof can ask for `valid = 1`.
    private static double number(@Nullable Object cell) {
        return switch (cell) {
            case Number n -> n.doubleValue();
            case Boolean b -> b ? 1 : 0;
            case null, default -> numberOf(String.valueOf(cell));
        };
    }

    private static double numberOf(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new OpsException(
                    OpsException.Kind.INVALID_INPUT, "Measure", text + " is no number", "", e);
        }
    }

    private Verdict ready(TargetId target, Postcondition.BranchReady proof, Deadline deadline) {
        var state =
                Preconditions.required(controlPlanes, target)
                        .branch(proof.project(), proof.branch(), deadline)
                        .map(ControlPlane.Branch::state);
        return new Verdict(
                state.equals(Optional.of("READY")) ? Truth.YES : Truth.NO,
                proof.description() + ": branch is " + state.orElse("not there"));
    }

    private Verdict gone(TargetId target, Postcondition.BranchGone proof, Deadline deadline) {
        var branch =
                Preconditions.required(controlPlanes, target)
                        .branch(proof.project(), proof.branch(), deadline);
        return new Verdict(
                branch.isEmpty() ? Truth.YES : Truth.NO,
                proof.description() + ": branch is " + (branch.isEmpty() ? "gone" : "there"));
    }

    private Verdict guarded(
            TargetId target, Postcondition.BranchProtected proof, Deadline deadline) {
        var now =
                Preconditions.required(controlPlanes, target)
                        .branch(proof.project(), proof.branch(), deadline)
                        .map(ControlPlane.Branch::isProtected);
        return new Verdict(
                now.equals(Optional.of(proof.isProtected())) ? Truth.YES : Truth.NO,
                proof.description()
                        + ": branch is "
                        + now.map(p -> p ? "protected" : "not protected").orElse("not there"));
    }

    private Verdict suspends(
            TargetId target, Postcondition.EndpointSuspends proof, Deadline deadline) {
        var endpoint =
                Preconditions.required(controlPlanes, target)
                        .endpoints(proof.project(), proof.branch(), deadline)
                        .stream()
                        .filter(e -> e.id().equals(proof.endpoint()))
                        .findFirst();
        if (endpoint.isEmpty()) {
            return new Verdict(Truth.NO, proof.description() + ": endpoint is not there");
        }
        var after = endpoint.get().suspendAfter();
        var seconds = after == null ? null : after.toSeconds();
        return new Verdict(
                Objects.equals(seconds, proof.seconds()) ? Truth.YES : Truth.NO,
                "%s: %s"
                        .formatted(
                                proof.description(),
                                seconds == null
                                        ? "never suspends"
                                        : "suspends after " + seconds + " s"));
    }

    private Verdict expires(TargetId target, Postcondition.BranchExpires proof, Deadline deadline) {
        var now =
                Preconditions.required(controlPlanes, target)
                        .branch(proof.project(), proof.branch(), deadline);
        if (now.isEmpty()) {
            return new Verdict(Truth.NO, proof.description() + ": branch is not there");
        }
        var at = now.get().expiresAt();
        boolean holds =
                proof.noEarlierThan() == null
                        ? at == null
                        : at != null && !at.isBefore(proof.noEarlierThan());
        return new Verdict(
                holds ? Truth.YES : Truth.NO,
                proof.description() + ": " + (at == null ? "never expires" : "expires " + at));
    }

    private boolean pause(Deadline deadline) {
        if (deadline.remaining().compareTo(patience.pause()) <= 0) {
            return false;
        }
        try {
            Thread.sleep(patience.pause());
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static String words(Postcondition.Comparison comparison) {
        return switch (comparison) {
            case AT_MOST -> "at most";
            case AT_LEAST -> "at least";
            case EQUAL -> "exactly";
            case LESS_THAN -> "less than";
        };
    }

    private static String plain(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : String.format(Locale.ROOT, "%s", value);
    }

    private enum Truth {
        YES,
        NO,
        UNKNOWN
    }

    private record Verdict(Truth truth, String sentence) {}
}

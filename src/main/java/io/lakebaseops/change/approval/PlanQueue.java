package io.lakebaseops.change.approval;

import io.lakebaseops.domain.TargetId;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.domain.plan.RiskLevel;
import io.lakebaseops.domain.plan.Trust;
import io.lakebaseops.domain.plan.Verification;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/// The plans as lists show them: counted, grouped and paged by the state database, without their
/// bodies, so that a list opens as quickly with thousands of plans as with ten. One plan in full is
/// had from the {@link ApprovalDesk}. Blocking.
public interface PlanQueue {
    /// Grows with every change of any plan, whichever process made it. Cheap: for asking every
    /// other second.
    long version();

    /// How many wait, on every server.
    List<Count> counts();

    /// Riskiest first, then those that expire first; of alike plans only the first few, each with
    /// how many there are.
    ///
    /// @param target null for every server
    /// @param open the {@link Entry#alike} keys of which all are listed
    List<Group> waiting(@Nullable TargetId target, Set<String> open, int limit);

    /// By the finding, the waiting plan that would mend it.
    Map<String, UUID> waitingFor(Collection<String> findings);

    /// What was proposed for a finding so far, newest first.
    List<Entry> of(String finding, int limit);

    /// Those being carried out, by whichever process.
    List<Entry> running();

    /// Newest decision first; plans of one server with one title and one outcome are one group.
    ///
    /// @param actor whose decisions {@link Who#MINE} means
    List<Group> decided(@Nullable TargetId target, Who who, String actor, int limit);

    /// How far each kind of act has proved itself on a server.
    List<Trust> trust(TargetId target);

    /// What the agents did on a server since then, and what became of what they proposed.
    Merit merit(TargetId target, Instant since);

    /// @param repaired run without a person and verified
    /// @param accepted proposals that a person let run; @param refused those a person did not
    record Merit(int repaired, int accepted, int refused) {
        /// What looking, deciding, running and checking takes a person, by our estimate.
        public static final Duration REPAIR = Duration.ofMinutes(20);

        /// What preparing a change with its undo and its proofs takes a person.
        public static final Duration PREPARED = Duration.ofMinutes(10);

        public Duration saved() {
            return REPAIR.multipliedBy(repaired).plus(PREPARED.multipliedBy(accepted));
        }
    }

    /// Whose decisions a list shows.
    enum Who {
        ALL,
        MINE,
        POLICY,
        FAILED
    }

    record Count(TargetId target, RiskLevel risk, int plans) {}

    /// A plan in a list.
    record Entry(
            UUID id,
            TargetId target,
            String title,
            String tool,
            RiskLevel risk,
            FiledPlan.State state,
            Instant filedAt,
            Instant expiresAt,
            @Nullable String decidedBy,
            @Nullable Instant decidedAt,
            @Nullable String reason,
            @Nullable Verification verification,
            @Nullable Instant finishedAt) {

        /// The plan in a list that was read in full.
        public static Entry of(FiledPlan filed) {
            var plan = filed.plan();
            return new Entry(
                    filed.id(),
                    plan.target(),
                    plan.title(),
                    plan.tool(),
                    filed.risk().level(),
                    filed.state(),
                    filed.filedAt(),
                    plan.expiresAt(),
                    filed.decidedBy(),
                    filed.decidedAt(),
                    filed.reason(),
                    filed.verification(),
                    filed.finishedAt());
        }

        /// The same for plans of one tool, server and risk.
        public String alike() {
            return target.key() + " " + tool + " " + risk;
        }

        /// When it was decided or became void; when it was filed while it waits.
        public Instant at() {
            if (decidedAt != null) {
                return decidedAt;
            }
            return finishedAt != null ? finishedAt : filedAt;
        }
    }

    /// How many alike plans are listed before the rest is a number.
    int EACH = 3;

    /// @param newest the last of them; of waiting ones the plan itself
    /// @param times how many alike ones there are
    record Group(Entry newest, int times) {}
}

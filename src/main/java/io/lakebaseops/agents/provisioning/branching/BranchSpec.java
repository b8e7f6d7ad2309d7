package io.lakebaseops.agents.provisioning.branching;

import io.lakebaseops.domain.Subject;
import io.lakebaseops.domain.plan.ChangePlan;
import io.lakebaseops.domain.plan.ExpectedEffect;
import io.lakebaseops.domain.plan.Postcondition;
import io.lakebaseops.domain.plan.Precondition;
import io.lakebaseops.domain.plan.Reversibility;
import io.lakebaseops.domain.plan.Step;
import io.lakebaseops.domain.plan.Undo;
import io.lakebaseops.framework.ToolContext;
import io.lakebaseops.lakebase.acts.CreateBranchAct;
import io.lakebaseops.lakebase.acts.DeleteBranchAct;
import io.lakebaseops.lakebase.acts.PurgeBranchAct;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// A branch that is wanted, and the plan that makes it and takes it back.
///
/// @param ttl null = no expiry
/// @param at moment of the source's past to copy; null = now
/// @param held uid of the deleted branch that still has the name, and is purged first; null = none
record BranchSpec(
        String project,
        BranchName name,
        String source,
        @Nullable Duration ttl,
        boolean isProtected,
        @Nullable Instant at,
        @Nullable String reason,
        @Nullable String held) {
    /// A branch is wanted now or not at all.
    private static final Duration PLAN_LIFE = Duration.ofHours(1);

    ChangePlan plan(ToolContext context) {
        var branch = name.value();
        var seconds = ttl == null ? null : ttl.toSeconds();
        var create = new CreateBranchAct(project, branch, source, seconds, isProtected, at, false);
        var from = at == null ? source : source + " as of " + at;
        var delete =
                new Step.ApiStep(
                        "Delete branch " + branch,
                        DeleteBranchAct.madeByThisPlan(project, branch),
                        Reversibility.IRREVERSIBLE);
        var now = context.clock().instant();
        return new ChangePlan(
                context.target(),
                "create_branch",
                context.actor(),
                "Create branch",
                "Create branch %s from %s in %s".formatted(branch, from, project),
                Subject.branch(branch),
                "%s asked for a %s branch%s"
                        .formatted(
                                context.actor().name(),
                                name.type(),
                                reason == null ? "" : ": " + reason),
                steps(create),
                new Undo(
                        List.of(delete),
                        "deletes the branch and whatever was written to it",
                        List.of(
                                new Postcondition.BranchGone(
                                        branch + " is gone", project, branch))),
                new ExpectedEffect(
                        ttl == null
                                ? "a copy of %s that stays".formatted(from)
                                : "a copy of %s that lives %s".formatted(from, inWords(ttl)),
                        "1–60 s",
                        null),
                List.of(
                        new Precondition.BranchState(source + " is there", project, source, true),
                        new Precondition.BranchState(
                                branch + " is not there yet", project, branch, false)),
                List.of(
                        new Postcondition.BranchReady(
                                branch + " is ready and its endpoint settled", project, branch)),
                List.of(),
                null,
                null,
                now,
                now.plus(PLAN_LIFE));
    }

    private List<Step> steps(CreateBranchAct create) {
        var making =
                new Step.ApiStep(
                        "Create branch " + create.branch(), create, Reversibility.REVERSIBLE);
        return held != null
                ? List.of(
                        new Step.ApiStep(
                                "Free the name " + create.branch(),
                                new PurgeBranchAct(project, create.branch(), held),
                                Reversibility.IRREVERSIBLE),
                        making)
                : List.of(making);
    }

    static String inWords(Duration ttl) {
        return ttl.toHours() < 48 && ttl.toMinutes() % 60 == 0
                ? ttl.toHours() + " h"
                : ttl.toHours() < 48 ? ttl.toMinutes() + " min" : ttl.toDays() + " days";
    }
}

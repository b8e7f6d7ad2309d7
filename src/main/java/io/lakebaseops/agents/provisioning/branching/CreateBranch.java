package io.lakebaseops.agents.provisioning.branching;

import io.lakebaseops.domain.Doc;
import io.lakebaseops.domain.Source;
import io.lakebaseops.framework.ChangeTool;
import io.lakebaseops.framework.Outcome;
import io.lakebaseops.framework.ToolContext;
import io.lakebaseops.framework.ToolDescriptor;
import io.lakebaseops.lakebase.ControlPlane;
import io.lakebaseops.lakebase.ControlPlaneAccess;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;

/// Proposes a branch: its name, source and life, and what stands against it. Names
/// and lives come from the policy; limits are checked before the platform is asked.
public final class CreateBranch implements ChangeTool<CreateBranch.Input, CreateBranch.Output> {
    private final ControlPlaneAccess planes;
    private final BranchPolicy policy;

    public CreateBranch(ControlPlaneAccess planes, BranchPolicy policy) {
        this.planes = planes;
        this.policy = policy;
    }

    public record Input(
            @Doc("Name wanted; made to fit the policy") String name,
            @Doc(value = "Type of the policy", defaultValue = "\"ephemeral\"") String type,
            @Doc(value = "Branch to copy", defaultValue = "\"development\"") String source,
            @Doc("Life, for example 4h, 7d or PT4H; left out: by type") @Nullable String ttl,
            @Doc(
                            "Moment of the past to copy: 2026-05-01T08:30:00Z, or 15m for that long"
                                    + " ago; left out: now")
                    @Nullable String at,
            @Doc("Why it is needed, kept in its life story") @Nullable String reason) {}

    /// @param sourceTime moment of the source's past it would show; null = now, or it exists
    /// already
    /// @param expiresAt null = no expiry
    /// @param exists it was there already; nothing is proposed
    public record Output(
            String branch,
            String type,
            String source,
            @Nullable Instant sourceTime,
            @Nullable Long ttlSeconds,
            @Nullable Instant expiresAt,
            boolean isProtected,
            boolean exists) {}

    @Override
    public ToolDescriptor descriptor() {
        return ToolDescriptor.of(
                        CreateBranch.class,
                        "Creates a branch named and limited by policy and waits until it is ready",
                        "A.branching")
                .about(ToolDescriptor.Scope.PROJECT)
                .within(Duration.ofMinutes(10));
    }

    @Override
    public Proposal<Output> propose(Input input, ToolContext context) {
        var name = BranchName.of(input.name(), input.type(), policy);
        var type = policy.types().get(name.type());
        if (type == null) {
            throw new IllegalStateException("The policy lost its type " + name.type());
        }
        var refusal =
                new PolicyGuard(policy)
                        .refusal(PolicyGuard.Act.CREATE, name.value(), context.actor());
        if (refusal.isPresent()) {
            return refuse(refusal.get(), "ask somebody who may, or change the branch policy");
        }
        var project = context.target().project();
        var plane = planes.of(context.target()).orElse(null);
        var known = plane == null ? null : plane.project(project, context.deadline()).orElse(null);
        if (plane == null || known == null) {
            return refuse("there is no project " + project, "choose a Lakebase project");
        }
        var now = context.clock().instant();
        var moment = PastMoment.of(input.at(), now);
        var lost = moment == null ? null : PastMoment.obstacle(moment, known, now);
        if (lost != null) {
            return refuse(lost, "choose a moment within the project's history, or leave it out");
        }
        var ttl = input.ttl() == null ? type.ttl() : life(input.ttl());
        var wanted =
                new BranchSpec(
                        project,
                        name,
                        input.source(),
                        ttl,
                        type.isProtected(),
                        moment,
                        input.reason(),
                        plane.deletedBranches(project, context.deadline()).stream()
                                .filter(b -> b.id().equals(name.value()))
                                .map(ControlPlane.Branch::uid)
                                .findFirst()
                                .orElse(null));
        var branches = plane.branches(project, context.deadline());
        var there = branches.stream().filter(b -> b.id().equals(name.value())).findFirst();
        if (there.isPresent()) {
            var b = there.get();
            var output =
                    new Output(
                            b.id(),
                            name.type(),
                            input.source(),
                            null,
                            null,
                            b.expiresAt(),
                            b.isProtected(),
                            true);
            return new Proposal<>(
                    new Outcome.Found<>(
                            output,
                            Source.LIVE,
                            List.of(),
                            List.of(),
                            List.of("branch %s exists already (%s)".formatted(b.id(), b.state()))),
                    List.of());
        }
        var obstacle =
                new BranchObstacles(plane, policy).find(wanted, branches, context.deadline());
        if (obstacle.isPresent()) {
            return refuse(obstacle.get().why(), obstacle.get().remedy());
        }
        var output =
                new Output(
                        name.value(),
                        name.type(),
                        input.source(),
                        moment,
                        ttl == null ? null : ttl.toSeconds(),
                        ttl == null ? null : now.plus(ttl),
                        type.isProtected(),
                        false);
        var caveats =
                wanted.held() != null
                        ? List.of(
                                "a deleted branch still has the name %s; it is purged first and"
                                                .formatted(name.value())
                                        + " cannot be brought back then")
                        : List.<String>of();
        return new Proposal<>(
                new Outcome.Found<>(output, Source.LIVE, List.of(), List.of(), caveats),
                List.of(wanted.plan(context)));
    }

    /// `none`, `4h`, `7d`, `30m` or ISO 8601.
    static @Nullable Duration life(String text) {
        var t = text.strip().toUpperCase(Locale.ROOT);
        if (t.equals("NONE")) {
            return null;
        }
        try {
            var iso = t.startsWith("P") ? t : t.endsWith("D") ? "P" + t : "PT" + t;
            var ttl = Duration.parse(iso);
            if (ttl.isPositive()) {
                return ttl;
            }
        } catch (DateTimeParseException e) {
            throw BranchObstacles.badTtl(text, e);
        }
        throw BranchObstacles.badTtl(text, null);
    }

    private static Proposal<Output> refuse(String why, String remedy) {
        return new Proposal<>(Outcome.unavailable(why, remedy), List.of());
    }
}

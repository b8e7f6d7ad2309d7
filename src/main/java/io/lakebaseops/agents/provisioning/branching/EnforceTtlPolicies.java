package io.lakebaseops.agents.provisioning.branching;

import io.lakebaseops.domain.Confidence;
import io.lakebaseops.domain.Doc;
import io.lakebaseops.domain.Evidence;
import io.lakebaseops.domain.Finding;
import io.lakebaseops.domain.Rows;
import io.lakebaseops.domain.Severity;
import io.lakebaseops.domain.Source;
import io.lakebaseops.domain.Subject;
import io.lakebaseops.domain.plan.ChangePlan;
import io.lakebaseops.framework.ChangeTool;
import io.lakebaseops.framework.Outcome;
import io.lakebaseops.framework.StandardJob;
import io.lakebaseops.framework.ToolContext;
import io.lakebaseops.framework.ToolDescriptor;
import io.lakebaseops.lakebase.ControlPlane.Branch;
import io.lakebaseops.lakebase.ControlPlaneAccess;
import io.lakebaseops.lakebase.acts.CreatedResource;
import io.lakebaseops.state.CreatedResources;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Ends branches that have outlived their time. Only those that plans of ours made with an end are
/// deleted or live on by it; one that others made without an end becomes a finding.
public final class EnforceTtlPolicies
        implements ChangeTool<EnforceTtlPolicies.Input, EnforceTtlPolicies.Output> {
    static final String KIND = "branch_ends_soon";
    static final String NO_EXPIRY = "branch_without_expiry";

    private final ControlPlaneAccess planes;
    private final BranchPolicy policy;
    private final PullRequests pullRequests;
    private final CreatedResources created;

    public EnforceTtlPolicies(
            ControlPlaneAccess planes,
            BranchPolicy policy,
            PullRequests pullRequests,
            CreatedResources created) {
        this.created = created;
        this.planes = planes;
        this.policy = policy;
        this.pullRequests = pullRequests;
    }

    public record Input(
            @Doc(value = "Only say what would be done", defaultValue = "false") boolean dryRun) {}

    /// @param deleted each with a plan of its own, which says whether it is really gone
    /// @param renewed got a later end
    public record Output(boolean dryRun, List<Fate> deleted, List<Fate> renewed, List<Fate> kept) {
        public Output {
            deleted = List.copyOf(deleted);
            renewed = List.copyOf(renewed);
            kept = List.copyOf(kept);
        }
    }

    /// @param until its end after this run; null = none, or now
    public record Fate(String branch, String reason, @Nullable Instant until) {}

    @Override
    public ToolDescriptor descriptor() {
        return ToolDescriptor.of(
                        EnforceTtlPolicies.class,
                        "Deletes our branches past their time, warns before, names those without an expiry",
                        "A.branching")
                .about(ToolDescriptor.Scope.PROJECT)
                .in(StandardJob.BRANCH_MANAGER);
    }

    @Override
    public Proposal<Output> propose(Input input, ToolContext context) {
        var tree = BranchTree.of(planes, context).orElse(null);
        if (tree == null) {
            return new Proposal<>(
                    Outcome.unavailable(
                            "there is no project " + context.target().project(),
                            "choose a Lakebase project"),
                    List.of());
        }
        var now = context.clock().instant();
        var open = new HashMap<String, Long>();
        pullRequests
                .open(context.target(), now, policy.pullRequests().silentAfter())
                .forEach(p -> open.put(p.branch(), p.number()));
        var rules = new TtlVerdict.Rules(policy, open, context.actor(), now);
        var verdicts =
                tree.branches().stream()
                        .map(b -> rules.on(b, tree.children(b), ours(b, context)))
                        .toList();
        var output =
                new Output(
                        input.dryRun(),
                        fates(verdicts, TtlVerdict.Fate.DELETE, now),
                        fates(verdicts, TtlVerdict.Fate.RENEW, now),
                        fates(verdicts, TtlVerdict.Fate.KEEP, now));
        var findings = verdicts.stream().flatMap(v -> finding(v, context, now).stream()).toList();
        return new Proposal<>(
                new Outcome.Found<>(
                        output, Source.LIVE, findings, List.of(KIND, NO_EXPIRY), List.of()),
                input.dryRun() ? List.of() : plans(tree, verdicts, context));
    }

    private @Nullable CreatedResource ours(Branch b, ToolContext context) {
        return created.find(context.target().profile(), b.uid())
                .map(CreatedResources.Entry::what)
                .orElse(null);
    }

    private List<ChangePlan> plans(
            BranchTree tree, List<TtlVerdict> verdicts, ToolContext context) {
        var drafts = new BranchPlan(tree, descriptor().name(), context);
        var plans = new ArrayList<ChangePlan>();
        for (var v : verdicts) {
            switch (v.fate()) {
                case DELETE -> plans.add(drafts.delete(v.branch(), true, v.reason()));
                case RENEW -> plans.add(drafts.expire(v.branch(), v.ttl(), v.reason()));
                case KEEP -> {}
            }
        }
        return plans;
    }

    private static List<Fate> fates(List<TtlVerdict> verdicts, TtlVerdict.Fate fate, Instant now) {
        return verdicts.stream()
                .filter(v -> v.fate() == fate)
                .map(v -> new Fate(v.branch().id(), v.reason(), end(v, now)))
                .toList();
    }

    private static @Nullable Instant end(TtlVerdict v, Instant now) {
        return switch (v.fate()) {
            case DELETE -> null;
            case RENEW -> v.ttl() == null ? null : now.plus(v.ttl());
            case KEEP -> v.branch().expiresAt();
        };
    }

    private Optional<Finding> finding(TtlVerdict v, ToolContext context, Instant now) {
        var b = v.branch();
        return switch (v.notice()) {
            case NONE -> Optional.empty();
            case ENDS_SOON ->
                    Optional.of(
                            finding(
                                    v,
                                    KIND,
                                    Severity.WARNING,
                                    "branch %s ends at %s and is deleted then"
                                            .formatted(b.id(), end(v, now)),
                                    context));
            case NO_EXPIRY ->
                    Optional.of(
                            finding(
                                    v,
                                    NO_EXPIRY,
                                    Severity.INFO,
                                    ("branch %s has no expiry; by the policy a %s branch has one."
                                                    + " No plan of ours made it, so it is left as it"
                                                    + " is")
                                            .formatted(b.id(), policy.typeOf(b.id())),
                                    context));
        };
    }

    private static Finding finding(
            TtlVerdict v, String kind, Severity severity, String summary, ToolContext context) {
        var b = v.branch();
        var now = context.clock().instant();
        return Finding.of(
                context.target(),
                kind,
                severity,
                Subject.branch(b.id()),
                summary,
                new Confidence(1, "its expiry as the control plane tells it"),
                null,
                null,
                List.of(
                        new Evidence(
                                "control plane: list branches of " + b.project(),
                                Map.of(),
                                new Rows(List.of(row(b))),
                                now)),
                now);
    }

    private static Map<String, @Nullable Object> row(Branch b) {
        var row = new HashMap<String, @Nullable Object>();
        row.put("branch", b.id());
        row.put("created_at", b.createdAt());
        row.put("expires_at", b.expiresAt());
        return row;
    }
}

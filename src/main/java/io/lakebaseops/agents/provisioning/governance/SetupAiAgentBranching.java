package io.lakebaseops.agents.provisioning.governance;

import io.lakebaseops.agents.provisioning.branching.BranchPolicy;
import io.lakebaseops.domain.Doc;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.Source;
import io.lakebaseops.domain.plan.ChangePlan;
import io.lakebaseops.framework.ChangeTool;
import io.lakebaseops.framework.GeneratedFiles;
import io.lakebaseops.framework.GeneratedFiles.GeneratedFile;
import io.lakebaseops.framework.Outcome;
import io.lakebaseops.framework.ToolContext;
import io.lakebaseops.framework.ToolDescriptor;
import io.lakebaseops.lakebase.ControlPlaneAccess;
import io.lakebaseops.postgres.SqlLibrary;
import io.lakebaseops.postgres.Targets;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Lets AI agents work without harming anything: on a branch of its own that deletes itself,
/// with eyes but no hands on production, and with a person between its work and the merge.
public final class SetupAiAgentBranching
        implements ChangeTool<SetupAiAgentBranching.Input, SetupAiAgentBranching.Output> {
    private static final String TYPE = "ai-agent";

    private final Targets targets;
    private final SqlLibrary sql;
    private final ControlPlaneAccess planes;
    private final BranchPolicy policy;

    public SetupAiAgentBranching(
            Targets targets, SqlLibrary sql, ControlPlaneAccess planes, BranchPolicy policy) {
        this.targets = targets;
        this.sql = sql;
        this.planes = planes;
        this.policy = policy;
    }

    public record Input(
            @Doc(value = "Most branches of agents at a time", defaultValue = "3") int limit,
            @Doc(value = "Life of a branch", defaultValue = "\"PT1H\"") Duration ttl,
            @Doc(value = "Role that only reads", defaultValue = "\"ai_agent_readonly\"")
                    String role,
            @Doc(value = "Schemas it reads; empty: all we may open", defaultValue = "[]")
                    List<String> schemas,
            @Doc("Login role of an agent to let in, a decision of its own")
                    @Nullable String agentRole,
            @Doc(value = "GitHub names that review, like @acme/dba", defaultValue = "[]")
                    List<String> reviewers,
            @Doc(value = "Folder of migrations", defaultValue = "\"db/migration\"")
                    String migrations) {
        public Input {
            schemas = List.copyOf(schemas);
            reviewers = List.copyOf(reviewers);
        }
    }

    /// @param remaining what only a person can do, in order
    public record Output(
            String role, long members, List<GeneratedFile> files, List<String> remaining)
            implements GeneratedFiles {
        public Output {
            files = List.copyOf(files);
            remaining = List.copyOf(remaining);
        }
    }

    @Override
    public ToolDescriptor descriptor() {
        return ToolDescriptor.of(
                        SetupAiAgentBranching.class,
                        "Branches, a read-only role and rules so that AI agents can work safely",
                        "A.governance")
                .within(Duration.ofMinutes(2));
    }

    @Override
    public Proposal<Output> propose(Input input, ToolContext context) {
        check(input);
        var target = context.target();
        var plane = planes.of(target).orElse(null);
        var branch =
                plane == null
                        ? null
                        : plane.branch(target.project(), target.branch(), context.deadline())
                                .orElse(null);
        if (branch == null || !branch.isDefault()) {
            return refuse(
                    target.branch() + " is not the default branch of a Lakebase project",
                    "choose the project's production branch: agents copy and read that one");
        }
        try (var session = targets.read(target, context.deadline())) {
            var plans = new ReaderPlans(sql, session, input.role(), input.schemas());
            var reader = plans.reader();
            if (reader.canLogin() || reader.powers() > 0) {
                return refuse(
                        "role %s can log in or do more than read (%d rights)"
                                .formatted(input.role(), reader.powers()),
                        "choose another name, or take those rights away");
            }
            if (!reader.isThere() && !reader.mayCreateRoles()) {
                return refuse("we may not create roles", "let us have CREATEROLE");
            }
            var proposed = new ArrayList<ChangePlan>();
            var lacking = plans.grants();
            var reading = plans.reading(reader, lacking, context);
            if (reading != null) {
                proposed.add(reading);
            }
            var caveats = new ArrayList<String>();
            lacking.stream()
                    .filter(g -> g.notOurs() > 0)
                    .map(
                            g ->
                                    "%d tables of %s belong to others: we cannot open them"
                                            .formatted(g.notOurs(), g.schemaName()))
                    .forEach(caveats::add);
            caveats.add("tables made later are not readable until this is run again");
            if (input.agentRole() != null) {
                var against = join(plans, input.agentRole(), context, reader, proposed);
                if (against != null) {
                    return refuse(against, "mend it and run it again");
                }
            }
            var files =
                    new AgentFiles(
                                    target.project(),
                                    session.database(),
                                    target.branch(),
                                    input.role(),
                                    input.limit(),
                                    input.ttl(),
                                    input.reviewers(),
                                    input.migrations())
                            .files();
            var output = new Output(input.role(), reader.members(), files, remaining(input));
            return new Proposal<>(
                    new Outcome.Found<>(output, Source.LIVE, List.of(), List.of(), caveats),
                    proposed);
        }
    }

    /// What stands against letting the agent in, null when nothing does.
    private static @Nullable String join(
            ReaderPlans plans,
            String agent,
            ToolContext context,
            ReaderPlans.Reader reader,
            List<ChangePlan> proposed) {
        var member = plans.member(agent);
        if (!member.isThere()) {
            return "there is no role " + agent;
        }
        if (member.powerful()) {
            return "role %s can do more than read: it has attributes or is in other roles"
                    .formatted(agent);
        }
        if (!reader.isThere()) {
            return "role %s is to be made first; then %s can be let in"
                    .formatted(plans.role(), agent);
        }
        if (!member.reads()) {
            proposed.add(plans.joining(agent, context));
        }
        return null;
    }

    private void check(Input input) {
        var type = policy.types().get(TYPE);
        var longest = type == null ? null : type.ttl();
        if (longest == null || input.ttl().compareTo(longest) > 0 || input.ttl().toMinutes() < 1) {
            throw bad("ttl must be between a minute and %s, as the policy says".formatted(longest));
        }
        if (input.limit() < 1 || input.limit() >= policy.limits().branches()) {
            throw bad(
                    "limit must be 1 to %d, so that people keep a branch"
                            .formatted(policy.limits().branches() - 1));
        }
        if (input.reviewers().stream().anyMatch(r -> !r.matches("@[\\w-]+(/[\\w.-]+)?"))) {
            throw bad("reviewers are GitHub names like @acme/dba");
        }
        if (!input.migrations().matches("[\\w./-]+")) {
            throw bad("migrations must be a folder's plain path");
        }
    }

    private static List<String> remaining(Input input) {
        var left = new ArrayList<String>();
        if (input.agentRole() == null) {
            left.add(
                    "give each agent an identity of its own and let its role in: run this again"
                            + " with agent_role");
        }
        left.add(
                input.reviewers().isEmpty()
                        ? "name reviewers and run this again: without them nobody is asked"
                        : "in the repository's branch rules, require review from code owners and"
                                + " forbid agents' identities to approve or merge");
        return left;
    }

    private static OpsException bad(String why) {
        return new OpsException(
                OpsException.Kind.INVALID_INPUT,
                "Input of setup_ai_agent_branching",
                why,
                "correct it");
    }

    private static Proposal<Output> refuse(String why, String remedy) {
        return new Proposal<>(Outcome.unavailable(why, remedy), List.of());
    }
}

package io.lakebaseops.agents.provisioning.migration;

import io.lakebaseops.agents.provisioning.migration.MigrationTestStages.NotMet;
import io.lakebaseops.agents.provisioning.migration.MigrationTestStages.State;
import io.lakebaseops.domain.Severity;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.domain.plan.Step;
import io.lakebaseops.framework.Outcome;
import io.lakebaseops.framework.ToolContext;
import io.lakebaseops.postgres.SqlLibrary;
import io.lakebaseops.postgres.Targets;
import io.lakebaseops.trial.BranchTrial;
import io.lakebaseops.trial.LockTrace;
import io.lakebaseops.trial.TrialBranch;
import io.lakebaseops.trial.TrialReport;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/// One migration test under way, step by step.
final class MigrationTest {
    /// A trial waits longer than production would: nobody else is on the copy.
    private static final Duration LOCK_TIMEOUT = Duration.ofSeconds(10);

    private static final Duration STATEMENT_TIMEOUT = Duration.ofMinutes(10);

    private final Targets targets;
    private final SqlLibrary sql;
    private final BranchTrial trials;
    private final TestMigrationOnBranch.Input input;
    private final TargetId source;
    private final TargetId live;
    private final ToolContext context;
    private final String branch;
    private final MigrationTestStages steps;
    private MigrationFolder folder = new MigrationFolder(List.of(), false);
    private LiveTables facts = LiveTables.none();
    private List<Hazard> hazards = List.of();
    private List<String> unsoundBefore = List.of();
    private @Nullable TrialBranch trial;
    private @Nullable TrialReport report;
    private List<CaptureSchemaDiff.Compared> schema = List.of();

    MigrationTest(
            Targets targets,
            SqlLibrary sql,
            BranchTrial trials,
            TestMigrationOnBranch.Input input,
            TargetId source,
            TargetId live,
            MigrationTestBoard.Listener listener,
            ToolContext context) {
        this.steps = new MigrationTestStages(listener);
        this.targets = targets;
        this.sql = sql;
        this.trials = trials;
        this.input = input;
        this.source = source;
        this.live = live;
        this.context = context;
        this.branch = "ci-pr-" + input.pr();
    }

    TestMigrationOnBranch.Output run() {
        try {
            steps.run(1, this::files);
            steps.note(2, State.PROVIDED, "number %d, by the caller".formatted(input.pr()));
            steps.run(3, this::branch);
            steps.run(4, this::apply);
            steps.run(5, this::diff);
            steps.run(6, this::checks);
            steps.run(7, this::review);
            steps.note(
                    8,
                    State.WAITS,
                    "for the merge: then apply_schema_migration on %s, and with an approval on %s"
                            .formatted(source.branch(), live.branch()));
        } finally {
            steps.always(9, this::cleanUp);
        }
        var stopped = steps.stopped(branch);
        if (stopped != null) {
            throw stopped;
        }
        var done = report;
        return new TestMigrationOnBranch.Output(
                input.pr(),
                branch,
                steps.passed(),
                steps.stages(),
                hazards,
                done == null ? List.of() : done.xrays().stream().map(this::locked).toList(),
                done == null ? List.of() : done.queries(),
                schema);
    }

    private String files() {
        folder = MigrationFolder.of(input.files().stream().map(Path::of).toList());
        if (folder.files().isEmpty()) {
            throw new NotMet("there is no migration in " + input.files());
        }
        try (var session = targets.read(live, context.deadline())) {
            facts = LiveTables.read(session, HazardLint.names(folder.files()));
        }
        return folder.files().stream().map(MigrationFile::name).collect(Collectors.joining(", "));
    }

    private String branch() {
        context.progress().at(0.1, "making branch " + branch);
        var made =
                trials.open(
                        source,
                        branch,
                        TestMigrationOnBranch.LIFE,
                        context.actor(),
                        context.deadline());
        trial = made;
        unsoundBefore = made.unsound();
        return made.wasThere()
                ? "%s was there: made anew from %s".formatted(branch, source.branch())
                : "%s, a copy of %s".formatted(branch, source.branch());
    }

    private String apply() {
        context.progress().at(0.3, "applying");
        var on = made();
        List<Step> steps;
        var note = "";
        int pending;
        try (var session = on.read()) {
            var history = MigrationHistory.read(session);
            var files = history.pending(folder, false);
            pending = files.size();
            hazards = new HazardLint(facts, Duration.ofSeconds(3)).lint(files);
            var make =
                    new MigrationSteps(
                            sql, session.database(), LOCK_TIMEOUT, STATEMENT_TIMEOUT, true);
            steps =
                    pending == 0
                            ? List.of()
                            : new MigrationPlan(
                                            history,
                                            files,
                                            hazards,
                                            facts,
                                            FinishedStatements.NONE,
                                            make)
                                    .allSteps();
        }
        if (hazards.stream().anyMatch(h -> h.rule().equals("ROW_SECURITY"))
                && bypassesPolicies(on)) {
            note =
                    "; the login of the copy passes over policies, the one of %s does not: what they hide is not seen here"
                            .formatted(live.branch());
        }
        if (steps.isEmpty()) {
            throw new NotMet("nothing to test: all are applied on " + source.branch());
        }
        var tried = trials.on(on, live, input.top(), steps, context.deadline());
        report = tried;
        if (tried.failure() != null) {
            throw new NotMet(tried.failure());
        }
        return "%d migrations, %d statements, %d ms%s"
                .formatted(pending, tried.xrays().size(), tried.took().toMillis(), note);
    }

    private static boolean bypassesPolicies(TrialBranch on) {
        try (var session = on.read()) {
            return LiveTables.read(session, List.of()).login().bypassesPolicies();
        }
    }

    private String diff() {
        context.progress().at(0.7, "comparing schemas");
        var outcome =
                new CaptureSchemaDiff(targets)
                        .run(
                                new CaptureSchemaDiff.Input(source.branch(), branch, null, true),
                                context);
        return switch (outcome) {
            case Outcome.Found<CaptureSchemaDiff.Output> found -> {
                schema = found.data().databases().stream().filter(d -> !d.equal()).toList();
                yield schema.stream()
                        .map(CaptureSchemaDiff.Compared::text)
                        .collect(Collectors.joining("\n"));
            }
            case Outcome.Unavailable<CaptureSchemaDiff.Output>(var reason, var _) ->
                    throw new NotMet(reason);
        };
    }

    private String checks() {
        context.progress().at(0.8, "checking");
        var wrong = new ArrayList<String>();
        var unsound = new ArrayList<>(made().unsound());
        unsound.removeAll(unsoundBefore);
        unsound.stream()
                .filter(u -> u.startsWith("index"))
                .forEach(u -> wrong.add(u + " is not valid"));
        for (var query : tried().worse()) {
            wrong.add("%s: %s".formatted(query.verdict(), query.query()));
        }
        for (var xray : tried().xrays()) {
            if (xray.strongest().blocksWrites() && xray.took().compareTo(input.lockLimit()) > 0) {
                wrong.add(
                        "%s locked for %d ms by %s"
                                .formatted(xray.on(), xray.took().toMillis(), xray.statement()));
            }
        }
        if (!input.checks().isEmpty()) {
            own(wrong);
        }
        if (!wrong.isEmpty()) {
            throw new NotMet(String.join("; ", wrong));
        }
        long replayed = tried().queries().stream().filter(q -> q.interval() != null).count();
        return "%d queries replayed, none worse; %d checks of yours hold; no lock over %d ms"
                .formatted(replayed, input.checks().size(), input.lockLimit().toMillis());
    }

    private void own(List<String> wrong) {
        String database;
        try (var session = made().read()) {
            database = session.database();
        }
        var rows = made().rows(input.checks(), database, sql);
        for (int i = 0; i < rows.size(); i++) {
            if (rows.get(i) > 0) {
                wrong.add("%d rows of: %s".formatted(rows.get(i), input.checks().get(i)));
            }
        }
    }

    private String review() {
        var serious = hazards.stream().filter(h -> h.severity() != Severity.INFO).toList();
        return serious.isEmpty()
                ? "no hazard by the live sizes of " + live.branch()
                : serious.stream()
                        .map(h -> "%s line %d: %s".formatted(h.file(), h.line(), h.message()))
                        .collect(
                                Collectors.joining(
                                        "; ",
                                        "%d for a person to read: ".formatted(serious.size()),
                                        ""));
    }

    private String cleanUp() {
        var made = trial;
        if (made == null) {
            return "none was made";
        }
        made.close();
        if (made.leftover().startsWith("the branch is left")) {
            throw new NotMet(made.leftover());
        }
        return made.leftover();
    }

    private TestMigrationOnBranch.Locked locked(LockTrace xray) {
        var on = xray.on();
        if (on == null) {
            return new TestMigrationOnBranch.Locked(xray, null);
        }
        int dot = on.indexOf('.');
        var name = new io.lakebaseops.ddl.DdlAct.Name(on.substring(0, dot), on.substring(dot + 1));
        double seconds = xray.took().toNanos() / 1e9;
        return new TestMigrationOnBranch.Locked(
                xray,
                facts.of(name)
                        .map(facts::rate)
                        .map(rate -> rate.blockedBy(xray.strongest()) * seconds)
                        .orElse(null));
    }

    private TrialBranch made() {
        return Objects.requireNonNull(trial, "the branch");
    }

    private TrialReport tried() {
        return Objects.requireNonNull(report, "the trial");
    }
}

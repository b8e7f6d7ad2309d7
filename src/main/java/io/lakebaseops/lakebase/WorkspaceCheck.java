package io.lakebaseops.lakebase;

import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.domain.connection.ConnectionReport;
import io.lakebaseops.domain.connection.ConnectionReport.Check;
import io.lakebaseops.domain.connection.ConnectionReport.Grade;
import io.lakebaseops.domain.connection.ConnectionReport.Hint;
import io.lakebaseops.domain.connection.ConnectionReport.Part;
import io.lakebaseops.domain.connection.ConnectionStage;
import io.lakebaseops.domain.connection.ConnectionStage.Name;
import io.lakebaseops.domain.connection.ConnectionStage.State;

import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// The test of a connection to a Databricks workspace: who one is there, and which projects and
/// branches one may see.
public final class WorkspaceCheck {
    private final Clock clock;

    public WorkspaceCheck(Clock clock) {
        this.clock = clock;
    }

    /// Blocking; ends at the deadline or on its cancel.
    ///
    /// @param profile the branches are named by
    /// @param live hears of every stage
    public ConnectionReport run(
            String profile,
            ControlPlane plane,
            Consumer<List<ConnectionStage>> live,
            Deadline deadline) {
        var stages =
                new ArrayList<>(
                        List.of(
                                ConnectionStage.coming(Name.LOGIN),
                                ConnectionStage.coming(Name.PROJECTS)));
        long began = System.nanoTime();
        int asked = 0;
        var at = Name.LOGIN;
        try {
            set(stages, at, State.RUNNING, "", began, live);
            // Listing first: it is what signs in, within our deadline.
            var projects = plane.projects(deadline);
            var user = plane.user();
            asked += 2;
            set(stages, at, State.DONE, user, began, live);
            at = Name.PROJECTS;
            long second = System.nanoTime();
            set(stages, at, State.RUNNING, "", second, live);
            var branches = new ArrayList<TargetId>();
            var checks = new ArrayList<Check>();
            checks.add(new Check(Grade.GOOD, "Signed in as", user, "all"));
            for (var project : projects) {
                asked++;
                checks.add(listed(profile, plane, project, branches, deadline));
            }
            var words =
                    "%s, %s"
                            .formatted(
                                    Format.count(projects.size(), "project"),
                                    branches.size() == 1
                                            ? "1 branch"
                                            : branches.size() + " branches");
            set(stages, at, State.DONE, words, second, live);
            return report(
                    projects.isEmpty()
                            ? "Signed in as %s, but there is no project this user may see."
                                    .formatted(user)
                            : "It works. Signed in as %s: %s.".formatted(user, words),
                    stages,
                    checks,
                    projects.isEmpty()
                            ? new ConnectionReport.Failure(
                                    Part.NOTHING,
                                    "",
                                    "",
                                    List.of(
                                            new Hint(
                                                    "Create a Lakebase project",
                                                    "or ask for the right to use one")),
                                    null)
                            : null,
                    branches,
                    asked,
                    began);
        } catch (OpsException e) {
            set(stages, at, State.FAILED, "refused", began, live);
            return report(
                    "%s: %s.".formatted(e.what(), e.why()),
                    stages,
                    List.of(),
                    new ConnectionReport.Failure(
                            at == Name.LOGIN ? Part.PASSWORD : Part.SERVER,
                            e.why(),
                            "",
                            e.remedy().isBlank() ? List.of() : List.of(new Hint(e.remedy(), "")),
                            null),
                    List.of(),
                    asked,
                    began);
        }
    }

    /// A project that may not be looked into costs no other.
    private static Check listed(
            String profile,
            ControlPlane plane,
            ControlPlane.Project project,
            List<TargetId> to,
            Deadline deadline) {
        try {
            var branches = plane.branches(project.id(), deadline);
            branches.forEach(b -> to.add(new TargetId(profile, project.id(), b.id())));
            return new Check(
                    Grade.GOOD,
                    project.id(),
                    branches.size() == 1 ? "1 branch" : branches.size() + " branches",
                    "watching");
        } catch (OpsException e) {
            if (e.kind() == OpsException.Kind.CANCELLED) {
                throw e;
            }
            return new Check(Grade.MISSING, project.id(), e.why(), "watching");
        }
    }

    private static void set(
            List<ConnectionStage> stages,
            Name name,
            State state,
            String text,
            long since,
            Consumer<List<ConnectionStage>> live) {
        var took =
                state == State.RUNNING
                        ? Duration.ZERO
                        : Duration.ofNanos(System.nanoTime() - since);
        stages.replaceAll(s -> s.name() == name ? new ConnectionStage(name, state, text, took) : s);
        live.accept(List.copyOf(stages));
    }

    private ConnectionReport report(
            String sentence,
            List<ConnectionStage> stages,
            List<Check> checks,
            ConnectionReport.@Nullable Failure failure,
            List<TargetId> branches,
            int asked,
            long began) {
        return new ConnectionReport(
                sentence,
                stages,
                checks,
                "",
                List.of(),
                failure,
                branches,
                new ConnectionReport.Cost(0, asked, Duration.ofNanos(System.nanoTime() - began)),
                clock.instant());
    }
}

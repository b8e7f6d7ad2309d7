package io.lakebaseops.console.shell;

import io.lakebaseops.change.approval.PlanQueue;
import io.lakebaseops.console.AskServices;
import io.lakebaseops.console.ConsoleServices;
import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.Destination;
import io.lakebaseops.console.Messages;
import io.lakebaseops.console.Screen;
import io.lakebaseops.console.agents.AgentsView;
import io.lakebaseops.console.agents.AgentsViewModel;
import io.lakebaseops.console.approvals.ApprovalsView;
import io.lakebaseops.console.approvals.ApprovalsViewModel;
import io.lakebaseops.console.archive.ArchiveView;
import io.lakebaseops.console.archive.ArchiveViewModel;
import io.lakebaseops.console.ask.AskView;
import io.lakebaseops.console.ask.AskViewModel;
import io.lakebaseops.console.ask.PinnedAnswers;
import io.lakebaseops.console.branches.BranchesView;
import io.lakebaseops.console.branches.BranchesViewModel;
import io.lakebaseops.console.connect.ConnectionsView;
import io.lakebaseops.console.connect.ConnectionsViewModel;
import io.lakebaseops.console.cost.CostView;
import io.lakebaseops.console.cost.CostViewModel;
import io.lakebaseops.console.fleet.FleetView;
import io.lakebaseops.console.fleet.FleetViewModel;
import io.lakebaseops.console.indexes.IndexesView;
import io.lakebaseops.console.indexes.IndexesViewModel;
import io.lakebaseops.console.overview.OverviewView;
import io.lakebaseops.console.overview.OverviewViewModel;
import io.lakebaseops.console.queries.QueriesView;
import io.lakebaseops.console.queries.QueriesViewModel;
import io.lakebaseops.console.sync.SyncView;
import io.lakebaseops.console.sync.SyncViewModel;
import io.lakebaseops.console.vacuum.VacuumView;
import io.lakebaseops.console.vacuum.VacuumViewModel;

import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/// The screen registry: every screen of the console, in the order of the rail. A new screen is its
/// package and one entry here.
public final class ConsoleScreens {
    private ConsoleScreens() {}

    public static List<Screen> of(ConsoleServices s) {
        var all = new ArrayList<>(always(s));
        if (s.ask() != null) {
            all.add(place(all, Destination.AGENTS), ask(s, s.ask()));
        }
        return checked(all);
    }

    private static int place(List<Screen> screens, String id) {
        return screens.stream().map(Screen::id).toList().indexOf(id);
    }

    private static Screen ask(ConsoleServices s, AskServices ask) {
        return new Screen(
                Destination.ASK,
                Messages.of("screen.ask"),
                Feather.MESSAGE_SQUARE,
                "Shortcut+Shift+J",
                at ->
                        new AskView(
                                at,
                                new AskViewModel(
                                        at, ask, s.framework(), s.health().alerts(), s.titles())),
                null);
    }

    private static @Nullable PinnedAnswers pinned(ConsoleServices s, ConsoleSession at) {
        return s.ask() == null ? null : new PinnedAnswers(at, s.ask().conversations());
    }

    private static List<Screen> always(ConsoleServices s) {
        return List.of(
                new Screen(
                        Destination.OVERVIEW,
                        Messages.of("screen.overview"),
                        Feather.ACTIVITY,
                        "Shortcut+1",
                        at -> new OverviewView(at, new OverviewViewModel(at, s), pinned(s, at)),
                        null),
                new Screen(
                                Destination.FLEET,
                                Messages.of("screen.fleet"),
                                Feather.GRID,
                                "Shortcut+Shift+F",
                                at -> new FleetView(at, new FleetViewModel(at, s)),
                                null)
                        .asModeOf(Destination.OVERVIEW),
                new Screen(
                        Destination.QUERIES,
                        Messages.of("screen.queries"),
                        Feather.SEARCH,
                        "Shortcut+2",
                        at ->
                                new QueriesView(
                                        at,
                                        new QueriesViewModel(
                                                at,
                                                s.performance().statements(),
                                                s.performance().waits(),
                                                s.performance().plans(),
                                                s.performance().sampling(),
                                                s.generated(),
                                                s.desk(),
                                                s.framework(),
                                                s.performance().fixes())),
                        null),
                new Screen(
                        Destination.INDEXES,
                        Messages.of("screen.indexes"),
                        Feather.LAYERS,
                        "Shortcut+3",
                        at ->
                                new IndexesView(
                                        at,
                                        new IndexesViewModel(
                                                at,
                                                s.framework(),
                                                s.findings(),
                                                s.performance().indexSummaries(),
                                                s.queue(),
                                                s.desk(),
                                                s.performance().trials(),
                                                s.performance().twin(),
                                                s.targets(),
                                                s.performance().indexUsage())),
                        null),
                new Screen(
                        Destination.VACUUM,
                        Messages.of("screen.vacuum"),
                        Feather.WIND,
                        "Shortcut+4",
                        at ->
                                new VacuumView(
                                        at,
                                        new VacuumViewModel(
                                                at,
                                                s.performance().vacuum(),
                                                s.performance().postponed(),
                                                s.framework())),
                        null),
                new Screen(
                        Destination.BRANCHES,
                        Messages.of("screen.branches"),
                        Feather.GIT_BRANCH,
                        "Shortcut+5",
                        at ->
                                new BranchesView(
                                        at,
                                        new BranchesViewModel(
                                                at, s.provisioning(), s.framework(), s.desk())),
                        null),
                new Screen(
                        Destination.SYNC,
                        Messages.of("screen.sync"),
                        Feather.REFRESH_CW,
                        "Shortcut+6",
                        at ->
                                new SyncView(
                                        at,
                                        new SyncViewModel(
                                                at,
                                                s.health().sync(),
                                                s.framework(),
                                                s.jobs(),
                                                s.desk())),
                        null),
                new Screen(
                        Destination.ARCHIVE,
                        Messages.of("screen.archive"),
                        Feather.ARCHIVE,
                        "Shortcut+7",
                        at ->
                                new ArchiveView(
                                        at,
                                        new ArchiveViewModel(
                                                at, s.health().archive(), s.desk(), s.framework())),
                        null),
                new Screen(
                        Destination.COST,
                        Messages.of("screen.cost"),
                        Feather.DOLLAR_SIGN,
                        "Shortcut+8",
                        at ->
                                new CostView(
                                        at,
                                        new CostViewModel(
                                                at, s.health().cost(), s.framework(), s.desk())),
                        null),
                new Screen(
                        Destination.APPROVALS,
                        Messages.of("screen.approvals"),
                        Feather.CHECK_SQUARE,
                        "Shortcut+9",
                        at ->
                                new ApprovalsView(
                                        at,
                                        new ApprovalsViewModel(at, s.desk(), s.queue(), s.audit()),
                                        pinned(s, at)),
                        () -> s.queue().counts().stream().mapToInt(PlanQueue.Count::plans).sum()),
                new Screen(
                        Destination.AGENTS,
                        Messages.of("screen.agents"),
                        Feather.CPU,
                        "Shortcut+0",
                        at ->
                                new AgentsView(
                                        at,
                                        new AgentsViewModel(
                                                at, s.framework(), s.jobs(), s.timeline())),
                        null),
                new Screen(
                        Destination.CONNECTIONS,
                        Messages.of("screen.connections"),
                        Feather.LINK,
                        "Shortcut+Shift+C",
                        at ->
                                new ConnectionsView(
                                        at,
                                        new ConnectionsViewModel(at, s.runtime().connections())),
                        null));
    }

    /// Two screens of one id or key would hide each other: refused at the start.
    static List<Screen> checked(List<Screen> screens) {
        var taken = new HashSet<Object>();
        for (var screen : screens) {
            if (!taken.add(screen.id()) || !taken.add(screen.key())) {
                throw new IllegalStateException(
                        "Screen %s: its id or its key %s is taken"
                                .formatted(screen.id(), screen.keyWords()));
            }
        }
        return List.copyOf(screens);
    }
}

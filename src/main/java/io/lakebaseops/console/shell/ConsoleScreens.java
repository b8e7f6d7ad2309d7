package io.lakebaseops.console.shell;

import io.lakebaseops.change.approval.PlanQueue;
import io.lakebaseops.console.AskServices;
import io.lakebaseops.console.ConsoleServices;
import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.Destination;
import io.lakebaseops.console.Messages;
import io.lakebaseops.console.Reporting;
import io.lakebaseops.console.Screen;
import io.lakebaseops.console.agents.AgentsSection;
import io.lakebaseops.console.agents.AgentsView;
import io.lakebaseops.console.agents.AgentsViewModel;
import io.lakebaseops.console.approvals.ApprovalsSection;
import io.lakebaseops.console.approvals.ApprovalsView;
import io.lakebaseops.console.approvals.ApprovalsViewModel;
import io.lakebaseops.console.archive.ArchiveSection;
import io.lakebaseops.console.archive.ArchiveView;
import io.lakebaseops.console.archive.ArchiveViewModel;
import io.lakebaseops.console.ask.AskView;
import io.lakebaseops.console.ask.AskViewModel;
import io.lakebaseops.console.ask.PinnedAnswers;
import io.lakebaseops.console.branches.BranchesSection;
import io.lakebaseops.console.branches.BranchesView;
import io.lakebaseops.console.branches.BranchesViewModel;
import io.lakebaseops.console.connect.ConnectionsView;
import io.lakebaseops.console.connect.ConnectionsViewModel;
import io.lakebaseops.console.cost.CostSection;
import io.lakebaseops.console.cost.CostView;
import io.lakebaseops.console.cost.CostViewModel;
import io.lakebaseops.console.fleet.FleetView;
import io.lakebaseops.console.fleet.FleetViewModel;
import io.lakebaseops.console.indexes.IndexesSection;
import io.lakebaseops.console.indexes.IndexesView;
import io.lakebaseops.console.indexes.IndexesViewModel;
import io.lakebaseops.console.overview.OverviewSection;
import io.lakebaseops.console.overview.OverviewView;
import io.lakebaseops.console.overview.OverviewViewModel;
import io.lakebaseops.console.queries.QueriesSection;
import io.lakebaseops.console.queries.QueriesView;
import io.lakebaseops.console.queries.QueriesViewModel;
import io.lakebaseops.console.settings.SettingsServices;
import io.lakebaseops.console.settings.SettingsView;
import io.lakebaseops.console.settings.SettingsViewModel;
import io.lakebaseops.console.sync.SyncSection;
import io.lakebaseops.console.sync.SyncView;
import io.lakebaseops.console.sync.SyncViewModel;
import io.lakebaseops.console.vacuum.VacuumSection;
import io.lakebaseops.console.vacuum.VacuumView;
import io.lakebaseops.console.vacuum.VacuumViewModel;

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
        if (s.settings() != null) {
            all.add(all.size() - 1, settings(s, s.settings()));
        }
        all.add(place(all, Destination.AGENTS), ask(s, s.ask()));
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

    private static Screen settings(ConsoleServices s, SettingsServices settings) {
        return new Screen(
                Destination.SETTINGS,
                Messages.of("screen.settings"),
                Feather.SETTINGS,
                "Shortcut+COMMA",
                at -> new SettingsView(at, new SettingsViewModel(at, s, settings)),
                null);
    }

    private static PinnedAnswers pinned(ConsoleServices s, ConsoleSession at) {
        return new PinnedAnswers(at, s.ask().conversations());
    }

    private static List<Screen> always(ConsoleServices s) {
        return List.of(
                new Screen(
                                Destination.OVERVIEW,
                                Messages.of("screen.overview"),
                                Feather.ACTIVITY,
                                "Shortcut+1",
                                at -> new OverviewView(at, overview(s, at), pinned(s, at)),
                                null)
                        .reporting(
                                new Reporting<>(
                                        OverviewViewModel.class,
                                        at -> {
                                            var model = overview(s, at);
                                            model.show(OverviewViewModel.Range.DAY);
                                            return model;
                                        },
                                        (at, m) -> OverviewSection.of(at, m, s))),
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
                                at -> new QueriesView(at, queries(s, at)),
                                null)
                        .reporting(
                                new Reporting<>(
                                        QueriesViewModel.class,
                                        at -> queries(s, at).ofTheWeek(),
                                        QueriesSection::new)),
                new Screen(
                                Destination.INDEXES,
                                Messages.of("screen.indexes"),
                                Feather.LAYERS,
                                "Shortcut+3",
                                at -> new IndexesView(at, indexes(s, at)),
                                null)
                        .reporting(
                                new Reporting<>(
                                        IndexesViewModel.class,
                                        at -> indexes(s, at),
                                        IndexesSection::new)),
                new Screen(
                                Destination.VACUUM,
                                Messages.of("screen.vacuum"),
                                Feather.WIND,
                                "Shortcut+4",
                                at -> new VacuumView(at, vacuum(s, at)),
                                null)
                        .reporting(
                                new Reporting<>(
                                        VacuumViewModel.class,
                                        at -> vacuum(s, at),
                                        VacuumSection::of)),
                new Screen(
                                Destination.BRANCHES,
                                Messages.of("screen.branches"),
                                Feather.GIT_BRANCH,
                                "Shortcut+5",
                                at -> new BranchesView(at, branches(s, at)),
                                null)
                        .reporting(
                                new Reporting<>(
                                        BranchesViewModel.class,
                                        at -> branches(s, at),
                                        (at, m) -> new BranchesSection(at, m, s.generated()))),
                new Screen(
                                Destination.SYNC,
                                Messages.of("screen.sync"),
                                Feather.REFRESH_CW,
                                "Shortcut+6",
                                at -> new SyncView(at, sync(s, at)),
                                null)
                        .reporting(
                                new Reporting<>(
                                        SyncViewModel.class, at -> sync(s, at), SyncSection::new)),
                new Screen(
                                Destination.ARCHIVE,
                                Messages.of("screen.archive"),
                                Feather.ARCHIVE,
                                "Shortcut+7",
                                at -> new ArchiveView(at, archive(s, at)),
                                null)
                        .reporting(
                                new Reporting<>(
                                        ArchiveViewModel.class,
                                        at -> archive(s, at),
                                        ArchiveSection::new)),
                new Screen(
                                Destination.COST,
                                Messages.of("screen.cost"),
                                Feather.DOLLAR_SIGN,
                                "Shortcut+8",
                                at -> new CostView(at, cost(s, at)),
                                null)
                        .reporting(
                                new Reporting<>(
                                        CostViewModel.class, at -> cost(s, at), CostSection::of)),
                new Screen(
                                Destination.APPROVALS,
                                Messages.of("screen.approvals"),
                                Feather.CHECK_SQUARE,
                                "Shortcut+9",
                                at ->
                                        new ApprovalsView(
                                                at,
                                                approvals(s, at),
                                                pinned(s, at),
                                                s.performance().indexAdvice()),
                                () ->
                                        s.queue().counts().stream()
                                                .mapToInt(PlanQueue.Count::plans)
                                                .sum())
                        .reporting(
                                new Reporting<>(
                                        ApprovalsViewModel.class,
                                        at -> approvals(s, at),
                                        (at, _) ->
                                                new ApprovalsSection(
                                                        at, s.desk(), s.queue(), s.audit()))),
                new Screen(
                                Destination.AGENTS,
                                Messages.of("screen.agents"),
                                Feather.CPU,
                                "Shortcut+0",
                                at -> new AgentsView(at, agents(s, at)),
                                null)
                        .reporting(
                                new Reporting<>(
                                        AgentsViewModel.class,
                                        at -> agents(s, at),
                                        AgentsSection::new)),
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

    private static OverviewViewModel overview(ConsoleServices s, ConsoleSession at) {
        return new OverviewViewModel(at, s);
    }

    private static QueriesViewModel queries(ConsoleServices s, ConsoleSession at) {
        return new QueriesViewModel(
                at,
                s.performance().statements(),
                s.performance().waits(),
                s.performance().plans(),
                s.performance().sampling(),
                s.generated(),
                s.desk(),
                s.framework(),
                s.performance().fixes());
    }

    private static IndexesViewModel indexes(ConsoleServices s, ConsoleSession at) {
        return new IndexesViewModel(
                at,
                s.framework(),
                s.findings(),
                s.performance().indexSummaries(),
                s.performance().indexAdvice(),
                s.queue(),
                s.desk(),
                s.performance().trials(),
                s.performance().twin(),
                s.targets(),
                s.performance().indexUsage());
    }

    private static VacuumViewModel vacuum(ConsoleServices s, ConsoleSession at) {
        return new VacuumViewModel(
                at, s.performance().vacuum(), s.performance().postponed(), s.framework());
    }

    private static BranchesViewModel branches(ConsoleServices s, ConsoleSession at) {
        return new BranchesViewModel(at, s.provisioning(), s.framework(), s.desk());
    }

    private static SyncViewModel sync(ConsoleServices s, ConsoleSession at) {
        return new SyncViewModel(at, s.health().sync(), s.framework(), s.jobs(), s.desk());
    }

    private static ArchiveViewModel archive(ConsoleServices s, ConsoleSession at) {
        return new ArchiveViewModel(at, s.health().archive(), s.desk(), s.framework());
    }

    private static CostViewModel cost(ConsoleServices s, ConsoleSession at) {
        return new CostViewModel(at, s.health().cost(), s.framework(), s.desk());
    }

    private static ApprovalsViewModel approvals(ConsoleServices s, ConsoleSession at) {
        return new ApprovalsViewModel(at, s.desk(), s.queue(), s.audit());
    }

    private static AgentsViewModel agents(ConsoleServices s, ConsoleSession at) {
        return new AgentsViewModel(at, s.framework(), s.jobs(), s.timeline());
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

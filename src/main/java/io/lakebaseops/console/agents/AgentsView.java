package io.lakebaseops.console.agents;

import io.lakebaseops.console.ActivityTimeline;
import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.Messages;
import io.lakebaseops.console.ScreenView;
import io.lakebaseops.console.Texts;
import io.lakebaseops.console.ToolWords;
import io.lakebaseops.console.agents.AgentsSnapshot.AgentCard;
import io.lakebaseops.console.agents.AgentsSnapshot.ToolLine;
import io.lakebaseops.console.parts.DataTable;
import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.console.parts.RowItem;
import io.lakebaseops.console.parts.RowList;
import io.lakebaseops.console.parts.Segments;
import io.lakebaseops.console.parts.StateBanner;
import io.lakebaseops.console.parts.StateStrip;
import io.lakebaseops.console.parts.VerdictLine;
import io.lakebaseops.domain.Format;
import io.lakebaseops.framework.JobScheduler.JobStatus;

import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

/// The three agents at work: their state over the day, jobs, tools, what happened, and every run in
/// full.
public final class AgentsView extends ScreenView<AgentsViewModel> {
    private enum Which {
        ALL,
        JOBS,
        TOOLS,
        MINE,
        FAILED
    }

    private final DataTable<ToolLine> tools;
    private final DataTable<JobStatus> jobs;
    private final DataTable<RunLine> runs;
    private final OpenedRun opened;
    private final JobsPane jobsPane;
    private final Segments<Which> which = new Segments<>();
    private final Segments<Boolean> tab = new Segments<>();
    private Which listed = Which.ALL;

    @FXML private HBox body;
    @FXML private VBox content;
    @FXML private VerdictLine verdict;
    @FXML private Button runAll;
    @FXML private HBox cards;
    @FXML private HBox tabBar;
    @FXML private StackPane tabPlace;
    @FXML private RowList moments;
    @FXML private HBox runsHead;
    @FXML private StackPane runsPlace;
    @FXML private StackPane openedPlace;

    // FXML fills the annotated fields before initialize().
    @SuppressWarnings("NullAway.Init")
    public AgentsView(ConsoleSession session, AgentsViewModel model) {
        super(session, model);
        var made = new Tables(session);
        tools = made.tools();
        jobs = made.jobs(model);
        runs = made.runs();
        opened = new OpenedRun(session, model);
        jobsPane = new JobsPane(model);
    }

    @FXML
    private void initialize() {
        tab.add(true, Messages.of("agents.jobs"), "tab-jobs");
        tab.add(false, Messages.of("agents.tools"), "tab-tools");
        tab.select(true);
        var jobsBar = jobs.takeBar();
        var toolsBar = tools.takeBar();
        tab.onChoice(
                j -> {
                    tabPlace.getChildren().setAll(j ? jobs : tools);
                    tabBar.getChildren().setAll(tab, j ? jobsBar : toolsBar);
                });
        tabBar.getChildren().setAll(tab, jobsBar);
        tabPlace.getChildren().setAll(jobs);
        for (var one : Which.values()) {
            var name = one.name().toLowerCase(java.util.Locale.ROOT);
            which.add(one, Messages.of("agents.runs." + name), "runs-" + name);
        }
        which.select(listed);
        which.onChoice(
                w -> {
                    listed = w;
                    show(model.dataProperty().get());
                });
        runsHead.getChildren().addAll(which, runs.takeBar());
        runsPlace.getChildren().setAll(runs);
        openedPlace.getChildren().setAll(opened);
        runAll.setOnAction(
                _ -> {
                    var picture = model.dataProperty().get();
                    if (picture != null) {
                        model.close();
                        jobsPane.open(picture.jobs());
                    }
                });
        tools.hideLastBelow(760);
        tools.table().setId("tools");
        jobs.table().setId("jobs");
        runs.table().setId("runs");
        tools.table()
                .getSelectionModel()
                .selectedItemProperty()
                .addListener((_, _, line) -> openSelected(line));
        runs.table()
                .getSelectionModel()
                .selectedItemProperty()
                .addListener((_, _, line) -> opened.show(line));
        moments.placeholder("");
        body.getChildren().addAll(new ToolPane(session, model).node(), jobsPane.node());
        model.formProperty()
                .addListener(
                        (_, _, form) -> {
                            if (form != null) {
                                jobsPane.close();
                            }
                        });
        var below = content.getChildren().stream().skip(2).toList();
        content.getChildren().add(1, new StateBanner(model, session, cards).hiding(below));
        verdict.whileUnread(model, Messages.of("overview.loading"), Messages.of("state.unread"));
        model.dataProperty().addListener((_, _, p) -> show(p));
        show(model.dataProperty().get());
    }

    private void openSelected(@Nullable ToolLine line) {
        if (line != null) {
            model.open(line.tool().name());
        }
    }

    private void show(@Nullable AgentsSnapshot p) {
        if (p == null) {
            return;
        }
        var said = AgentsVerdict.of(p, session);
        verdict.say(said.role(), said.sentence(), said.strong().toArray(String[]::new));
        cards.getChildren().setAll(p.agents().stream().map(this::card).toList());
        tab.text(true, Messages.of("agents.jobs") + " " + p.jobs().size());
        tab.text(false, Messages.of("agents.tools") + " " + p.tools().size());
        tools.show(p.tools());
        jobs.show(p.jobs());
        runs.show(p.runs().stream().filter(this::listed).toList());
        if (runs.table().getSelectionModel().isEmpty() && !runs.table().getItems().isEmpty()) {
            runs.table().getSelectionModel().select(0);
        }
        long failed = p.runs().stream().filter(RunLine::failed).count();
        which.text(
                Which.FAILED,
                Messages.of("agents.runs.failed") + (failed == 0 ? "" : " " + failed));
        moments.placeholder(Messages.of("overview.moments.empty"));
        moments.show(p.moments().stream().map(this::row).toList());
    }

    private boolean listed(RunLine line) {
        return switch (listed) {
            case ALL -> true;
            case JOBS -> line instanceof RunLine.OfJob;
            case TOOLS -> line instanceof RunLine.OfTool;
            case MINE -> line instanceof RunLine.OfTool t && t.by(session.user());
            case FAILED -> line.failed();
        };
    }

    private Node card(AgentCard a) {
        var head =
                Nodes.row(
                        Nodes.label(ToolWords.title(a.name()), "pane-title"),
                        Nodes.spacer(),
                        Nodes.pill(a.state(), a.role()));
        var figures = new HBox();
        for (var figure :
                List.of(
                        Nodes.figure(Integer.toString(a.tools()), Texts.of("tools")),
                        Nodes.figure(Format.grouped(a.runsToday()), Texts.of("runs today")),
                        Nodes.figure(time(a.last()), Texts.of("last run")),
                        Nodes.figure(time(a.next()), Texts.of("next run")))) {
            HBox.setHgrow(figure, Priority.ALWAYS);
            figure.setMaxWidth(Double.MAX_VALUE);
            figures.getChildren().add(figure);
        }
        var strip = new StateStrip(2, 11);
        strip.show(a.day());
        var problem = a.problem();
        var worst =
                Nodes.label(
                        problem == null ? Messages.of("agents.day") : problem,
                        "row-sub",
                        problem == null ? Role.MUTED.css() : Role.WARNING.css());
        worst.setMinWidth(0);
        var foot =
                problem == null
                        ? Nodes.row(worst)
                        : Nodes.row(Nodes.icon(Role.WARNING.icon(), Role.WARNING), worst);
        var card = new VBox(8, head, figures, strip, foot);
        card.getStyleClass().addAll("card", "agent-card");
        HBox.setHgrow(card, Priority.ALWAYS);
        card.setMaxWidth(Double.MAX_VALUE);
        card.setPrefWidth(100);
        return card;
    }

    private String time(@Nullable Instant at) {
        return at == null ? "–" : Texts.clock(at, session.now(), session.zone());
    }

    private RowItem row(ActivityTimeline.Entry m) {
        var goTo = m.goTo();
        return RowItem.of(m.at() + m.title(), m.icon(), m.role(), m.title())
                .sub(m.sub())
                .trailing(time(m.at()), Role.MUTED)
                .hint(Format.utc(m.at()))
                .opens(goTo == null ? null : () -> session.goTo(Objects.requireNonNull(goTo)));
    }

    @Override
    public void reveal(String tool) {
        model.open(tool);
    }

    @Override
    public boolean onKey(KeyEvent key) {
        if (key.isShortcutDown() && key.getCode() == KeyCode.ENTER) {
            model.run();
            return true;
        }
        if (key.getCode() == KeyCode.ESCAPE && jobsPane.node().isVisible()) {
            jobsPane.close();
            return true;
        }
        if (key.getCode() == KeyCode.ESCAPE && model.formProperty().get() != null) {
            model.close();
            return true;
        }
        return false;
    }
}

package io.lakebaseops.console.agents;

import io.lakebaseops.console.ActivityTimeline;
import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.Messages;
import io.lakebaseops.console.ScreenView;
import io.lakebaseops.console.agents.AgentsSnapshot.ToolLine;
import io.lakebaseops.console.parts.DataTable;
import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.console.parts.RowItem;
import io.lakebaseops.console.parts.RowList;
import io.lakebaseops.console.parts.StateBanner;
import io.lakebaseops.console.parts.VerdictLine;
import io.lakebaseops.domain.Format;
import io.lakebaseops.framework.JobScheduler.JobRun;
import io.lakebaseops.framework.JobScheduler.JobRunState;
import io.lakebaseops.framework.JobScheduler.JobStatus;
import io.lakebaseops.framework.ToolReport;

import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.Map;

/// The three agents at work: their state, tools, jobs, runs, and what happened.
public final class AgentsView extends ScreenView<AgentsViewModel> {
    private final DataTable<ToolLine> tools;
    private final DataTable<JobStatus> jobs;
    private final DataTable<ToolReport> runs;
    private final DataTable<JobRun> jobRuns;
    private final Map<String, Node> tabs = new LinkedHashMap<>();

    @FXML private VBox content;
    @FXML private VerdictLine verdict;
    @FXML private Button runAll;
    @FXML private HBox cards;
    @FXML private HBox tabBar;
    @FXML private StackPane tabPlace;
    @FXML private VBox side;
    @FXML private VBox eventCard;
    @FXML private RowList moments;

    // FXML fills the annotated fields before initialize().
    @SuppressWarnings("NullAway.Init")
    public AgentsView(ConsoleSession session, AgentsViewModel model) {
        super(session, model);
        var made = new Tables(session);
        tools = made.tools();
        jobs = made.jobs(model);
        runs = made.runs();
        jobRuns = made.jobRuns();
    }

    @FXML
    private void initialize() {
        tabs.put(Messages.of("agents.tools"), tools);
        tabs.put(Messages.of("agents.jobs"), jobs);
        tabs.put(Messages.of("agents.runs"), runs);
        tabs.put(Messages.of("agents.jobruns"), jobRuns);
        var group = new ToggleGroup();
        tabs.forEach(
                (name, table) -> {
                    var tab = new ToggleButton(name);
                    tab.getStyleClass().add("segment");
                    tab.setMinWidth(Region.USE_PREF_SIZE);
                    tab.setToggleGroup(group);
                    tab.setSelected(table == tools);
                    tab.setOnAction(
                            _ -> {
                                tab.setSelected(true);
                                tabPlace.getChildren().setAll(table);
                            });
                    tabBar.getChildren().add(tab);
                });
        tabPlace.getChildren().setAll(tools);
        runAll.setOnAction(_ -> model.runAll());
        tools.hideLastBelow(900);
        tools.table().setId("tools");
        tools.table()
                .getSelectionModel()
                .selectedItemProperty()
                .addListener((_, _, line) -> openSelected(line));
        side.minWidthProperty()
                .bind(content.widthProperty().map(w -> w.doubleValue() > 1200 ? 380.0 : 320.0));
        side.maxWidthProperty().bind(side.minWidthProperty());
        eventCard.visibleProperty().bind(model.formProperty().isNull());
        eventCard.managedProperty().bind(eventCard.visibleProperty());
        moments.placeholder("");
        side.getChildren().addFirst(new ToolPane(session, model));
        content.getChildren().add(1, new StateBanner(model, session, cards));
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
            verdict.loading(Messages.of("overview.loading"));
            return;
        }
        say(p);
        cards.getChildren().setAll(p.agents().stream().map(this::card).toList());
        tools.show(p.tools());
        jobs.show(p.jobs());
        runs.show(p.runs());
        jobRuns.show(p.jobRuns());
        moments.placeholder(Messages.of("overview.moments.empty"));
        moments.show(p.moments().stream().map(this::row).toList());
    }

    private void say(AgentsSnapshot p) {
        var failed =
                p.jobs().stream()
                        .filter(j -> j.last() != null && j.last().state() == JobRunState.FAILED)
                        .toList();
        var running = p.jobs().stream().filter(j -> j.running() != null).count();
        var role = failed.isEmpty() ? Role.OK : Role.WARNING;
        verdict.say(
                role,
                failed.isEmpty()
                        ? Messages.of(
                                "agents.verdict.ok",
                                Format.count(p.tools().size(), "tool"),
                                Format.count(p.jobs().size(), "job"),
                                running == 0 ? "none running" : running + " running")
                        : Messages.of(
                                "agents.verdict.failed",
                                Format.count(failed.size(), "job"),
                                failed.getFirst().definition().name()));
    }

    private Node card(AgentsSnapshot.AgentCard a) {
        var name =
                a.name().substring(0, 1).toUpperCase(java.util.Locale.ENGLISH)
                        + a.name().substring(1);
        var head =
                new HBox(
                        8,
                        Nodes.label(name, "pane-title"),
                        Nodes.spacer(),
                        Nodes.pill(a.state(), a.role()));
        head.setAlignment(javafx.geometry.Pos.CENTER_LEFT);
        var figures =
                new HBox(
                        28,
                        figure(Integer.toString(a.tools()), "tools"),
                        figure(Format.grouped(a.runsToday()), "runs today"),
                        figure(time(a.last()), "last run"),
                        figure(time(a.next()), "next run"));
        var card = new VBox(10, head, figures);
        card.getStyleClass().addAll("card", "agent-card");
        HBox.setHgrow(card, Priority.ALWAYS);
        card.setMaxWidth(Double.MAX_VALUE);
        card.setPrefWidth(100);
        return card;
    }

    private static Node figure(String value, String what) {
        return new VBox(0, Nodes.label(value, "card-number"), Nodes.label(what, "row-sub"));
    }

    private String time(java.time.@Nullable Instant at) {
        return at == null ? "–" : Format.clock(at, session.now(), session.zone());
    }

    private RowItem row(ActivityTimeline.Entry m) {
        var goTo = m.goTo();
        return RowItem.of(m.at() + m.title(), m.icon(), m.role(), m.title())
                .sub(m.sub())
                .trailing(time(m.at()), Role.MUTED)
                .hint(Format.utc(m.at()))
                .opens(goTo == null ? null : () -> session.goTo(goTo));
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
        if (key.getCode() == KeyCode.ESCAPE && model.formProperty().get() != null) {
            model.close();
            return true;
        }
        return false;
    }
}

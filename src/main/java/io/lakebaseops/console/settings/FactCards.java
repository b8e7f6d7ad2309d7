package io.lakebaseops.console.settings;

import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.Destination;
import io.lakebaseops.console.ToolWords;
import io.lakebaseops.console.connect.ConnectionDesk;
import io.lakebaseops.console.parts.Facts;
import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.console.settings.Installation.Kept;
import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.TargetCondition;
import io.lakebaseops.framework.JobScheduler.JobStatus;

import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// The sections that are mostly read: connections, repairs, schedule, retention, appearance, state
/// database, about.
final class FactCards {
    /// More lines than this nobody compares.
    private static final int SHOWN = 8;

    private final ConsoleSession session;
    private final Map<Section, VBox> bodies = new EnumMap<>(Section.class);
    private final Map<Section, VBox> cards = new EnumMap<>(Section.class);
    private @Nullable SettingsSnapshot shown;

    FactCards(ConsoleSession session) {
        this.session = session;
        card(
                Section.CONNECTIONS,
                "Connections",
                go("Change", "connections-change", Destination.CONNECTIONS));
        card(
                Section.POLICIES,
                "What repairs itself",
                go("Approvals", "policies-open", Destination.APPROVALS));
        card(Section.SCHEDULE, "Schedule", go("Run or pause", "schedule-open", Destination.AGENTS));
        card(Section.RETENTION, "Retention", null);
        var theme = Nodes.button("Switch theme", session::switchTheme, "small");
        theme.setId("switch-theme");
        card(Section.APPEARANCE, "Appearance", theme);
        card(Section.STATE, "State database", null);
        card(Section.ABOUT, "About", null);
    }

    private Button go(String words, String id, String screen) {
        var button = Nodes.button(words, () -> session.goTo(new Destination(screen, null)), "link");
        button.setId(id);
        return button;
    }

    private void card(Section section, String title, @Nullable Button act) {
        var body = new VBox(4);
        var head = new HBox(8, title(title), Nodes.spacer());
        head.getStyleClass().add("row");
        if (act != null) {
            head.getChildren().add(act);
        }
        var card = new VBox(8, head, body);
        card.getStyleClass().addAll("card", "settings-card");
        HBox.setHgrow(card, Priority.ALWAYS);
        card.setPrefWidth(330);
        card.setMinWidth(0);
        bodies.put(section, body);
        cards.put(section, card);
    }

    /// The title of a card is never cut; what stands beside it gives way.
    static Label title(String words) {
        var title = Nodes.label(words, "card-title");
        title.setMinWidth(Region.USE_PREF_SIZE);
        return title;
    }

    VBox card(Section section) {
        return Objects.requireNonNull(cards.get(section));
    }

    private void fill(Section section, List<? extends Node> nodes) {
        Objects.requireNonNull(bodies.get(section)).getChildren().setAll(nodes);
    }

    void show(SettingsSnapshot p) {
        var before = shown;
        shown = p;
        if (before == null || !before.connections().equals(p.connections())) {
            fill(Section.CONNECTIONS, connections(p.connections()));
        }
        if (before == null) {
            fill(Section.POLICIES, List.of(policies(p)));
            fill(Section.APPEARANCE, List.of(appearance()));
        }
        if (before == null || !before.jobs().equals(p.jobs())) {
            fill(Section.SCHEDULE, List.of(schedule(p.jobs())));
        }
        if (before == null || !before.installation().equals(p.installation())) {
            fill(Section.RETENTION, List.of(retention(p.installation())));
            fill(Section.STATE, List.of(state(p.installation().state())));
            fill(Section.ABOUT, List.of(about(p.installation())));
        }
    }

    private static List<Node> connections(ConnectionDesk.Saved saved) {
        var nodes = new ArrayList<Node>();
        var facts = new Facts();
        for (var line : saved.lines()) {
            var condition = line.condition();
            facts.add(
                    line.profile().name(),
                    condition == null ? "not asked yet" : condition.sentence(),
                    failed(line) ? Role.CRITICAL : null);
        }
        nodes.add(
                saved.lines().isEmpty()
                        ? Nodes.wrapped(
                                "No connection is kept; Local Lakebase is there always.", "row-sub")
                        : facts);
        saved.troubles().forEach(t -> nodes.add(Nodes.wrapped(t, "row-sub", Role.CRITICAL.css())));
        return nodes;
    }

    static boolean failed(ConnectionDesk.Line line) {
        var condition = line.condition();
        return condition != null
                && !condition.answers()
                && !(condition instanceof TargetCondition.NotTried);
    }

    private static Node policies(SettingsSnapshot p) {
        var facts = new Facts();
        for (var m : p.measures()) {
            facts.add(m.title(), ThresholdLine.sentence(m.standard().rule().sop()));
        }
        return new VBox(
                6,
                facts,
                Nodes.wrapped(
                        "The gate judges every plan: low risk runs by itself, the rest waits for a"
                                + " person. What may run by itself is part of the program and cannot"
                                + " be widened here.",
                        "row-sub"));
    }

    private Node schedule(List<JobStatus> jobs) {
        var grid = new GridPane();
        grid.getStyleClass().add("decision-grid");
        int at = 0;
        for (var job : jobs) {
            grid.add(Nodes.label(ToolWords.title(job.definition().name()), "row-title"), 0, at);
            grid.add(Nodes.label(job.definition().cron(), "row-sub"), 1, at);
            var next = job.next();
            grid.add(
                    Nodes.label(
                            job.paused()
                                    ? "paused"
                                    : next == null
                                            ? "–"
                                            : "next "
                                                    + Format.clock(
                                                            next, session.now(), session.zone()),
                            "row-sub"),
                    2,
                    at++);
        }
        return grid;
    }

    private static Node retention(Installation i) {
        var facts = new Facts();
        var largest =
                i.kept().stream()
                        .sorted(Comparator.comparingLong(Kept::bytes).reversed())
                        .limit(SHOWN)
                        .toList();
        for (var k : largest) {
            var time = k.time() == null ? "as long as it is there" : k.time().toDays() + " days";
            facts.add(k.what(), k.bytes() < 0 ? time : time + ", " + Format.size(k.bytes()));
        }
        return new VBox(
                6,
                facts,
                Nodes.wrapped(
                        "The largest of "
                                + i.kept().size()
                                + " kinds. How long each is kept is part of the program.",
                        "row-sub"));
    }

    private Node appearance() {
        return Nodes.wrapped(
                "Dark or light is remembered with the place of the window.", "row-sub");
    }

    private static Node state(Installation.State s) {
        return new Facts()
                .add("server", s.embedded() ? "embedded, run by this program" : s.address())
                .add("set by", s.source())
                .add("version", s.version())
                .add("size", s.bytes() < 0 ? "unknown" : Format.size(s.bytes()));
    }

    private static Node about(Installation i) {
        var facts = new Facts().add("LakebaseOps", i.version()).add("Java", i.java());
        i.paths().forEach(p -> facts.add(p.name(), p.value()));
        i.licences().forEach(l -> facts.add(l.name(), l.value()));
        return facts;
    }
}

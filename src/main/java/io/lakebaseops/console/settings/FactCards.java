package io.lakebaseops.console.settings;

import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.Destination;
import io.lakebaseops.console.Language;
import io.lakebaseops.console.Motion;
import io.lakebaseops.console.Texts;
import io.lakebaseops.console.ToolWords;
import io.lakebaseops.console.connect.ConnectionDesk;
import io.lakebaseops.console.parts.Facts;
import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.console.parts.Segments;
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
import java.util.Optional;

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
                Texts.of("Connections"),
                go(Texts.of("Edit"), "connections-change", Destination.CONNECTIONS));
        card(
                Section.POLICIES,
                Texts.of("What repairs itself"),
                go(Texts.of("Approvals"), "policies-open", Destination.APPROVALS));
        card(
                Section.SCHEDULE,
                Texts.of("Schedule"),
                go(Texts.of("Run or pause"), "schedule-open", Destination.AGENTS));
        card(Section.RETENTION, Texts.of("Retention"), null);
        var theme = Nodes.button(Texts.of("Switch theme"), session::switchTheme, "small");
        theme.setId("switch-theme");
        card(Section.APPEARANCE, Texts.of("Appearance"), theme);
        card(Section.STATE, Texts.of("State database"), null);
        card(Section.ABOUT, Texts.of("About"), null);
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
                    condition == null ? Texts.of("not asked yet") : condition.sentence(),
                    failed(line) ? Role.CRITICAL : null);
        }
        nodes.add(
                saved.lines().isEmpty()
                        ? Nodes.wrapped(
                                Texts.of("No connection is kept; Local Lakebase is there always."),
                                "row-sub")
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
                        Texts.of(
                                "The gate judges every plan: low risk runs by itself, the rest waits for a person. What may run by itself is part of the program: beside this card it can be narrowed, never widened."),
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
                                    ? Texts.of("paused")
                                    : next == null
                                            ? "–"
                                            : Texts.of(
                                                    "next %s",
                                                    Texts.clock(
                                                            next, session.now(), session.zone())),
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
            var time =
                    k.time() == null
                            ? Texts.of("as long as it is there")
                            : Texts.of("%s days", k.time().toDays());
            facts.add(k.what(), k.bytes() < 0 ? time : time + ", " + Format.size(k.bytes()));
        }
        return new VBox(
                6,
                facts,
                Nodes.wrapped(
                        Texts.of(
                                "The largest of %s kinds. How long each is kept is part of the program.",
                                i.kept().size()),
                        "row-sub"));
    }

    private static Node appearance() {
        var languages = new Segments<Optional<Language>>();
        languages.setAccessibleText(Texts.of("Language"));
        languages.add(Optional.empty(), Texts.of("As the system"), "language-system");
        for (var language : Language.values()) {
            languages.add(
                    Optional.of(language),
                    language.itself(),
                    "language-" + language.locale().getLanguage());
        }
        languages.select(Optional.ofNullable(Language.chosen()));
        var next = Nodes.wrapped("", "row-sub");
        languages.onChoice(
                chosen -> {
                    Language.choose(chosen.orElse(null));
                    next.setText(
                            Language.next() == Language.shown()
                                    ? ""
                                    : Texts.of("Shown from the next start on."));
                });
        return new VBox(
                6,
                languages,
                next,
                motion(),
                Nodes.wrapped(
                        Texts.of(
                                "Findings and plans are written in English, and answers in the language of the question. Numbers look the same in both languages: 1,234.5."),
                        "row-sub"),
                Nodes.wrapped(
                        Texts.of("Dark or light is remembered with the place of the window."),
                        "row-sub"));
    }

    private static Node motion() {
        var motion = new Segments<Optional<Boolean>>();
        motion.setAccessibleText(Texts.of("Motion"));
        motion.add(Optional.empty(), Texts.of("Motion as the system"), "motion-system");
        motion.add(Optional.of(true), Texts.of("Reduced"), "motion-reduced");
        motion.add(Optional.of(false), Texts.of("Shown"), "motion-shown");
        motion.select(Optional.ofNullable(Motion.chosen()));
        motion.onChoice(
                chosen -> {
                    Motion.choose(chosen.orElse(null));
                    Motion.applyToAll();
                });
        return motion;
    }

    private static Node state(Installation.State s) {
        return new Facts()
                .add(
                        Texts.of("server"),
                        s.embedded() ? Texts.of("embedded, run by this program") : s.address())
                .add(Texts.of("set by"), s.source())
                .add(Texts.of("version"), s.version())
                .add(
                        Texts.of("size"),
                        s.bytes() < 0 ? Texts.of("unknown") : Format.size(s.bytes()));
    }

    private static Node about(Installation i) {
        var facts =
                new Facts()
                        .add(Texts.of("LakebaseOps"), i.version())
                        .add(Texts.of("Java"), i.java());
        i.paths().forEach(p -> facts.add(p.name(), p.value()));
        i.licences().forEach(l -> facts.add(l.name(), l.value()));
        return facts;
    }
}

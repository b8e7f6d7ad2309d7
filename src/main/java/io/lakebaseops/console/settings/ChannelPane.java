package io.lakebaseops.console.settings;

import io.lakebaseops.config.NotificationChannel;
import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.Texts;
import io.lakebaseops.console.parts.Facts;
import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.console.parts.Segments;
import io.lakebaseops.console.parts.SidePane;
import io.lakebaseops.console.settings.ChannelDesk.Draft;
import io.lakebaseops.console.settings.ChannelDesk.Line;
import io.lakebaseops.console.settings.ChannelForm.Field;
import io.lakebaseops.console.settings.ChannelForm.Kind;
import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.Severity;

import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.PasswordField;
import javafx.scene.control.TextField;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/// The pane of one channel, or of a new one: its fields, checked as they are typed. Its secret goes
/// to the keychain and is never shown again.
final class ChannelPane {
    private final ConsoleSession session;
    private final SettingsViewModel model;
    private final SidePane pane;
    private final VBox fields = new VBox(10);
    private final Map<Field, Label> problems = new EnumMap<>(Field.class);
    private final Map<Field, TextField> inputs = new EnumMap<>(Field.class);
    private final Button save;
    private ChannelForm form = new ChannelForm(Kind.SLACK, null);
    private @Nullable Line line;
    private @Nullable Severity from = Severity.CRITICAL;
    private List<String> others = List.of();
    private boolean touched;

    ChannelPane(ConsoleSession session, SettingsViewModel model, SidePane pane) {
        this.session = session;
        this.model = model;
        this.pane = pane;
        save = Nodes.button(Texts.of("Save channel"), this::save, "accent");
        save.setId("save-channel");
    }

    /// @param name null for a new channel
    void show(@Nullable String name, SettingsSnapshot picture) {
        var channels = picture.channels();
        line =
                channels.lines().stream()
                        .filter(l -> l.channel().name().equals(name))
                        .findFirst()
                        .orElse(null);
        others =
                channels.lines().stream()
                        .map(l -> l.channel().name())
                        .filter(n -> !n.equals(name))
                        .toList();
        touched = false;
        var known = line;
        if (known == null) {
            form = new ChannelForm(Kind.SLACK, null);
            from = Severity.CRITICAL;
            pane.title(null, Texts.of("New channel"), List.of());
        } else {
            from = known.from();
            var kind = ChannelForm.kind(known.channel());
            form = new ChannelForm(kind == null ? Kind.SLACK : kind, known.channel());
            pane.title(
                    null,
                    known.channel().name(),
                    List.of(Nodes.pill(NotificationsCard.kind(known.channel()), Role.MUTED)));
            if (kind == null) {
                fromFile(known, channels.file());
                return;
            }
        }
        var lines = new ArrayList<Node>();
        if (known == null) {
            lines.add(kinds());
        }
        lines.add(fields);
        lines.add(levels());
        if (known != null) {
            lines.add(facts(known));
        }
        lines.add(Nodes.wrapped(Texts.of("Kept in %s", channels.file()), "row-sub"));
        draw();
        pane.content("channel " + name, lines);
        boolean locked = !channels.troubles().isEmpty() || model.readOnly();
        var remove = Nodes.button(Texts.of("Remove"), this::remove, "danger");
        remove.setId("remove-channel");
        remove.setDisable(locked);
        pane.acts(
                locked
                        ? Nodes.wrapped(
                                Texts.of(
                                        "The file holds entries that cannot be read. Mend it first: saving here would lose them."),
                                "row-sub")
                        : null,
                known == null ? List.of(save) : List.of(remove, save));
        check();
        save.setDisable(save.isDisabled() || locked);
    }

    /// A kind without a form: what the file says is shown.
    private void fromFile(Line known, String file) {
        pane.content(
                "channel " + known.channel().name(),
                List.of(
                        facts(known),
                        Nodes.wrapped(
                                Texts.of("Set by %s: a Slack app is changed there.", file),
                                "row-sub")));
        pane.acts(null, List.of());
    }

    private Node facts(Line known) {
        var facts = new Facts().add(Texts.of("goes to"), known.destination());
        var last = NotificationsCard.last(model, known);
        if (!known.missing().isEmpty()) {
            facts.add(Texts.of("does not work"), known.missing(), Role.CRITICAL);
        }
        if (last != null) {
            var when = Texts.clock(last.at(), session.now(), session.zone());
            facts.add(
                    last.test() ? Texts.of("last test") : Texts.of("last message"),
                    when
                            + (last.delivered() ? Texts.of(", delivered") : ": " + last.reason())
                            + (last.took() == null
                                    ? ""
                                    : Texts.of(" in %s", Format.duration(last.took()))),
                    last.delivered() ? Role.OK : Role.CRITICAL);
        }
        return facts;
    }

    private Node kinds() {
        var kinds = new javafx.scene.layout.FlowPane(6, 6);
        for (var kind : Kind.values()) {
            var choice =
                    Nodes.button(
                            kind.word(),
                            () -> {
                                var name = form.text(Field.NAME);
                                form = new ChannelForm(kind, null);
                                form.type(Field.NAME, name);
                                draw();
                                check();
                            },
                            "small");
            choice.setId("kind-" + kind.name().toLowerCase(Locale.ROOT));
            kinds.getChildren().add(choice);
        }
        return new VBox(4, Nodes.label(Texts.of("Kind"), "field-label"), kinds);
    }

    private Node levels() {
        var levels = new Segments<String>();
        for (var word : List.of("off", "critical", Texts.of("warning +"))) {
            levels.add(word, word, "level-" + word.replace(" +", ""));
        }
        levels.select(NotificationsCard.level(from));
        levels.onChoice(
                word ->
                        from =
                                switch (word) {
                                    case "critical" -> Severity.CRITICAL;
                                    case "warning +" -> Severity.WARNING;
                                    default -> null;
                                });
        return new VBox(4, Nodes.label(Texts.of("Told of"), "field-label"), Nodes.row(levels));
    }

    private void draw() {
        fields.getChildren().clear();
        problems.clear();
        inputs.clear();
        if (line == null) {
            fields.getChildren().add(Nodes.label(form.kind().word(), "pane-section"));
        }
        for (var field : form.kind().fields()) {
            fields.getChildren().add(field(field));
        }
    }

    private Node field(Field field) {
        var input = field == Field.SECRET ? new PasswordField() : new TextField();
        input.setId("channel-" + field.name().toLowerCase(Locale.ROOT));
        input.setText(form.text(field));
        input.setAccessibleText(word(field));
        if (field == Field.SECRET && line != null) {
            input.setPromptText(secretWords(line));
        }
        var problem = Nodes.wrapped("", "problem");
        problem.managedProperty().bind(problem.visibleProperty());
        problem.setVisible(false);
        input.textProperty()
                .addListener(
                        (_, _, text) -> {
                            form.type(field, text);
                            touched = true;
                            check();
                        });
        problems.put(field, problem);
        inputs.put(field, input);
        return new VBox(3, Nodes.label(word(field), "field-label"), input, problem);
    }

    private String secretWords(Line known) {
        var set = known.secretSet();
        if (set != null) {
            return Texts.of("set %s", Texts.clock(set, session.now(), session.zone()));
        }
        return known.missing().isEmpty() ? Texts.of("set") : Texts.of("not set");
    }

    private String word(Field field) {
        return switch (field) {
            case NAME -> Texts.of("Name");
            case HOST -> Texts.of("SMTP server");
            case PORT -> Texts.of("Port");
            case FROM -> Texts.of("From");
            case TO -> Texts.of("To");
            case USER -> Texts.of("User (empty: no login)");
            case URL -> Texts.of("Address");
            case SECRET -> form.kind().secret();
        };
    }

    private void check() {
        var checked = form.check(others);
        problems.forEach(
                (field, label) -> {
                    var why = checked.problems().get(field);
                    // An empty form is not yet wrong.
                    boolean say = why != null && (touched && !form.text(field).isEmpty());
                    label.setText(why == null ? "" : why);
                    label.setVisible(say);
                    Objects.requireNonNull(inputs.get(field))
                            .pseudoClassStateChanged(LimitInput.WRONG, say);
                });
        save.setDisable(checked.channel() == null || model.readOnly());
    }

    private void save() {
        NotificationChannel made = form.check(others).channel();
        if (made != null) {
            var secret = form.text(Field.SECRET);
            model.channels()
                    .save(
                            new Draft(
                                    line == null ? null : line.channel().name(),
                                    made,
                                    from,
                                    secret.isEmpty() ? null : secret));
        }
    }

    private void remove() {
        if (line != null) {
            model.channels().remove(line.channel().name());
        }
    }

    /// Has somebody typed into it?
    boolean touched() {
        return touched;
    }
}

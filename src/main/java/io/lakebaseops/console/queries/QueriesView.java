package io.lakebaseops.console.queries;

import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.Messages;
import io.lakebaseops.console.ScreenView;
import io.lakebaseops.console.Texts;
import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.console.parts.Segments;
import io.lakebaseops.console.parts.StateBanner;
import io.lakebaseops.console.parts.TimeChart;
import io.lakebaseops.console.parts.VerdictLine;
import io.lakebaseops.console.plan.PasteForm;
import io.lakebaseops.console.plan.PlanPage;
import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.Subject;
import io.lakebaseops.domain.WaitClass;

import javafx.animation.PauseTransition;
import javafx.fxml.FXML;
import javafx.scene.control.Label;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.util.Duration;

import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Locale;

/// The Queries screen: the load by wait class, the statements of a range, one of them in the pane,
/// and over them the page of an execution plan.
public final class QueriesView extends ScreenView<QueriesViewModel> {
    private static final double NARROW = 1300;

    private final StatementTable table;
    private final Segments<Look.Span> span = new Segments<>();
    private final Segments<Look.Grouping> grouping = new Segments<>();
    private final StatementPane pane;
    private final PlanPage plan;
    private final PasteForm paste;
    private final PauseTransition rest = new PauseTransition(Duration.millis(300));
    private @Nullable WaitClass only;

    @FXML private StackPane pages;
    @FXML private HBox body;
    @FXML private VBox content;
    @FXML private VerdictLine verdict;
    @FXML private HBox spans;
    @FXML private VBox loadCard;
    @FXML private Label loadNote;
    @FXML private Label generated;
    @FXML private Label cost;
    @FXML private HBox legend;
    @FXML private TimeChart chart;
    @FXML private VBox tableCard;
    @FXML private HBox tableHead;
    @FXML private Label rangeNote;
    @FXML private StackPane tablePlace;
    @FXML private HBox restLine;
    @FXML private Label restShare;
    @FXML private Label restWords;
    @FXML private Label changeNote;

    // FXML fills the annotated fields before initialize().
    @SuppressWarnings("NullAway.Init")
    public QueriesView(ConsoleSession session, QueriesViewModel model) {
        super(session, model);
        table = new StatementTable(this::choose, model::openPlan);
        plan = new PlanPage(model);
        paste = new PasteForm(model::read, model::back);
        pane = new StatementPane(model, () -> choose(null));
    }

    @FXML
    private void initialize() {
        for (var one : Look.Span.values()) {
            span.add(one, one.words(), "span-" + one.name().toLowerCase(Locale.ROOT));
        }
        span.select(model.look().span());
        span.onChoice(s -> model.look(model.look().span(s)));
        spans.getChildren()
                .addAll(
                        span,
                        Nodes.iconButton(
                                Feather.CLIPBOARD, Messages.of("queries.paste"), this::paste));
        for (var one : Look.Grouping.values()) {
            grouping.add(one, one.words(), "by-" + one.name().toLowerCase(Locale.ROOT));
        }
        grouping.select(model.look().grouping());
        grouping.onChoice(g -> model.look(model.look().grouping(g)));
        var bar = table.node().takeBar();
        tableHead.getChildren().addAll(Nodes.spacer(), grouping, bar, table.node().columnsButton());
        HBox.setHgrow(bar, Priority.NEVER);
        tablePlace.getChildren().setAll(table.node());
        rest.setOnFinished(_ -> model.inspect());
        chart.onRange(model::choose);
        chart.onWhole(() -> model.look(model.look().whole()));
        body.getChildren().add(pane.node());
        content.getChildren().add(1, new StateBanner(model, session, loadCard, tableCard));
        pages.getChildren().addAll(paste, plan);
        verdict.whileUnread(model, Messages.of("queries.loading"), Messages.of("queries.unread"));
        model.dataProperty().addListener((_, _, p) -> show(p));
        model.stateProperty().addListener((_, _, _) -> show(model.dataProperty().get()));
        model.selectedProperty()
                .addListener((_, _, line) -> pane.show(line, model.detailProperty().get()));
        model.detailProperty()
                .addListener((_, _, d) -> pane.show(model.selectedProperty().get(), d));
        model.planProperty().addListener((_, _, _) -> showPage());
        model.pastedProperty().addListener((_, _, _) -> showPage());
        pages.widthProperty()
                .addListener(
                        (_, _, w) -> {
                            boolean narrow = w.doubleValue() < NARROW;
                            table.narrow(narrow);
                            // The range of the table needs the room of the count.
                            bar.getChildren().get(1).setVisible(!narrow);
                            bar.getChildren().get(1).setManaged(!narrow);
                        });
        show(model.dataProperty().get());
        showPage();
    }

    /// Selecting waits until the reader has come to rest: J held down asks the server once.
    private void choose(@Nullable StatementLine line) {
        model.select(line);
        if (line == null) {
            table.select(null);
            rest.stop();
        } else {
            rest.playFromStart();
        }
    }

    private void showPage() {
        var document = model.planProperty().get();
        var pasted = model.pastedProperty().get();
        plan.setVisible(document != null);
        paste.setVisible(document == null && pasted != null);
        body.setVisible(document == null && pasted == null);
        if (document != null) {
            plan.show(document, range());
        } else if (pasted != null) {
            paste.show(pasted.text(), pasted.why());
        } else {
            table.focus();
        }
    }

    private String range() {
        var p = model.dataProperty().get();
        return p == null ? "" : words(p.range().from(), p.range().until());
    }

    private String words(Instant from, Instant until) {
        return moment(from) + "–" + moment(until);
    }

    /// Today by its time, another day with it.
    private String moment(Instant at) {
        var local = at.atZone(session.zone());
        var day = Texts.clock(at, session.now(), session.zone());
        var time = Texts.clock(at, at, session.zone());
        boolean today =
                local.toLocalDate().equals(session.now().atZone(session.zone()).toLocalDate());
        return today ? time : day + " " + time;
    }

    private void show(@Nullable QueriesSnapshot p) {
        if (p == null) {
            showNothing();
            return;
        }
        var said = QueriesVerdict.of(p, session.zone());
        verdict.say(said.role(), said.sentence(), said.strong().toArray(String[]::new));
        span.select(p.look().span());
        grouping.select(p.look().grouping());
        showLoad(p);
        showStatements(p);
    }

    /// Nothing was read yet, or nothing could be.
    private void showNothing() {
        generated.setVisible(false);
        restLine.setVisible(false);
    }

    private void showLoad(QueriesSnapshot p) {
        chart.show(LoadChart.of(p, only, session));
        if (p.look().chosen() == null) {
            chart.chooseNothing();
        } else {
            chart.choose(
                    p.range().from(),
                    p.range().until(),
                    p.range().previous().from(),
                    p.meanBefore() == null
                            ? ""
                            : Texts.of("range before, %s", Format.digits(p.meanBefore())));
        }
        legend.getChildren()
                .setAll(
                        LoadChart.legend(
                                p,
                                only,
                                c -> {
                                    only = only == c ? null : c;
                                    show(p);
                                }));
        var made = p.generated();
        generated.setVisible(made != null);
        generated.setManaged(made != null);
        generated.setText(made == null ? "" : made.words(session.now(), session.zone()));
        loadNote.setText(
                (p.vcpus() == null ? "" : Texts.of("%s vCPU · ", p.vcpus()))
                        + Messages.of("queries.load.note"));
        cost.setText(
                p.samplingCost() == null
                        ? ""
                        : Messages.of("queries.cost", Format.percent(p.samplingCost())));
    }

    private void showStatements(QueriesSnapshot p) {
        var what = p.look().grouping();
        rangeNote.setText(words(p.range().from(), p.range().until()));
        table.show(
                p.lines(),
                only,
                model.selectedProperty().get(),
                p.missing().isEmpty()
                        ? Messages.of(p.sampled() ? "queries.empty.filter" : "queries.empty")
                        : String.join("\n", p.missing()));
        var work = p.rest();
        restLine.setVisible(!p.lines().isEmpty());
        long others = Math.max(0, p.keys() - p.lines().size());
        restShare.setText(others == 0 ? "" : Format.percent(p.restShare()));
        restWords.setText(
                work == null || others == 0
                        ? Texts.of("All of this range are listed")
                        : Texts.of(
                                "%s more · %s calls/s",
                                Format.count(others, what.words().toLowerCase(Locale.ROOT)),
                                StatementColumns.rate(
                                        work.calls()
                                                / Math.max(1, p.range().length().toSeconds()))));
        var notes = new ArrayList<String>();
        if (!p.lines().isEmpty()) {
            notes.addAll(p.missing());
        }
        notes.add(
                Messages.of(
                        "queries.change",
                        words(p.range().previous().from(), p.range().previous().until())));
        changeNote.setText(String.join(" · ", notes));
        Nodes.tip(changeNote, String.join("\n", notes));
    }

    private void paste() {
        var text = Clipboard.getSystemClipboard().getString();
        if (text == null || text.isBlank()) {
            model.paste();
        } else {
            model.read(text);
        }
    }

    @Override
    public @Nullable Subject selection() {
        var line = model.selectedProperty().get();
        return line == null || line.queryId() == null
                ? null
                : new Subject("statement", line.database(), null, null, line.key());
    }

    /// Selects a statement by its id.
    @Override
    public void reveal(String item) {
        model.back();
        var p = model.dataProperty().get();
        if (p != null) {
            p.lines().stream()
                    .filter(l -> l.key().equals(item))
                    .findFirst()
                    .ifPresent(
                            l -> {
                                choose(l);
                                table.select(l);
                            });
        }
    }

    @Override
    public boolean onKey(KeyEvent key) {
        if (isPaste(key)) {
            paste();
            return true;
        }
        if (plan.isVisible()) {
            return plan.onKey(key);
        }
        if (paste.isVisible()) {
            if (key.getCode() == KeyCode.ESCAPE) {
                model.back();
                return true;
            }
            return false;
        }
        return !(key.getTarget() instanceof TextInputControl) && onTableKey(key);
    }

    private static boolean isPaste(KeyEvent key) {
        return key.isShortcutDown()
                && key.getCode() == KeyCode.V
                && !(key.getTarget() instanceof TextInputControl);
    }

    private boolean onTableKey(KeyEvent key) {
        if (key.isShortcutDown() || key.isAltDown()) {
            return false;
        }
        switch (key.getCode()) {
            case J -> table.step(1);
            case K -> table.step(-1);
            case ENTER -> {
                if (!table.focused()) {
                    return false;
                }
                model.openPlan();
            }
            case LEFT, RIGHT -> {
                if (model.look().chosen() == null || !chart.isFocused()) {
                    return false;
                }
                model.look(
                        model.look().moved(key.getCode() == KeyCode.LEFT ? -1 : 1, session.now()));
            }
            case ESCAPE -> {
                if (model.selectedProperty().get() != null) {
                    choose(null);
                } else if (model.look().chosen() != null) {
                    model.look(model.look().whole());
                } else {
                    return false;
                }
            }
            default -> {
                return false;
            }
        }
        return true;
    }
}

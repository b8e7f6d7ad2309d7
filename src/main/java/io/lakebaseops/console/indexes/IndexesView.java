package io.lakebaseops.console.indexes;

import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.Messages;
import io.lakebaseops.console.ScreenView;
import io.lakebaseops.console.Texts;
import io.lakebaseops.console.parts.DataTable;
import io.lakebaseops.console.parts.DataTable.Column;
import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.console.parts.Segments;
import io.lakebaseops.console.parts.StateBanner;
import io.lakebaseops.console.parts.VerdictLine;
import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.Subject;
import io.lakebaseops.state.IndexSummary;

import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.RowConstraints;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;

import java.util.Comparator;
import java.util.List;

/// What indexes cost and give, which to add and which to drop: storage and findings above, all
/// indexes of one table below, what is behind a finding at the right.
public final class IndexesView extends ScreenView<IndexesViewModel> {
    /// Below it storage and findings stand one above the other.
    private static final double NARROW = 860;

    private final StorageCard storage;
    private final BudgetBox budget;
    private final DataTable<FindingLine> findings;
    private final Segments<FindingGroup> groups = new Segments<>();
    private final Button more;
    private FindingPane pane;
    private SetPane set;
    private MatrixCard matrix;
    // While the table follows the model, its selection is no wish of a person.
    private boolean following;

    @FXML private HBox body;
    @FXML private ScrollPane scroll;
    @FXML private VBox content;
    @FXML private VerdictLine verdict;
    @FXML private Label age;
    @FXML private Button analyse;
    @FXML private VBox limits;
    @FXML private GridPane upper;
    @FXML private VBox findingCard;
    @FXML private HBox findingHead;
    @FXML private StackPane findingPlace;
    @FXML private VBox matrixCard;

    // FXML fills the annotated fields before initialize().
    @SuppressWarnings("NullAway.Init")
    public IndexesView(ConsoleSession session, IndexesViewModel model) {
        super(session, model);
        budget = new BudgetBox(session, model.budget());
        storage = new StorageCard(model::open, budget);
        more = Nodes.button(Messages.of("indexes.more"), model::showMore, "link");
        findings =
                new DataTable<>(
                        Texts.marked("findings"),
                        List.of(
                                Column.role(Texts.of("Severity"), 96, FindingLine::role),
                                Column.text(Texts.of("Kind"), 84, FindingLine::kind),
                                Column.text(
                                        Texts.of("Index or table (columns)"),
                                        240,
                                        FindingLine::object),
                                Column.number(
                                        Texts.of("Storage"),
                                        112,
                                        FindingLine::storage,
                                        Comparator.comparingLong(FindingLine::bytes)),
                                Column.number(
                                        Texts.of("Time"),
                                        78,
                                        FindingLine::time,
                                        Comparator.comparingDouble(FindingLine::msPerHour)),
                                new Column<FindingLine>(
                                        Texts.of("Confidence"),
                                        82,
                                        true,
                                        FindingLine::confidence,
                                        Comparator.comparingDouble(
                                                l -> l.finding().confidence().value()),
                                        _ -> Role.MUTED)));
    }

    @FXML
    private void initialize() {
        analyse.setOnAction(_ -> model.analyse());
        for (var group : FindingGroup.values()) {
            groups.add(group, group.title(), "group-" + group.id());
        }
        groups.select(model.groupProperty().get());
        groups.onChoice(model::show);
        model.groupProperty().addListener((_, _, g) -> groups.select(g));
        more.setId("more-findings");
        more.setVisible(false);
        more.setManaged(false);
        findings.table().setId("index-findings");
        findings.placeholder(Messages.of("indexes.findings.none"));
        findings.table()
                .getSelectionModel()
                .selectedItemProperty()
                .addListener((_, _, line) -> open(line));
        findings.hideLastBelow(700);
        findings.table().setRowFactory(_ -> new FindingRow());
        var title = Nodes.label(Messages.of("indexes.findings"), "card-title");
        title.setMinWidth(Region.USE_PREF_SIZE);
        findings.filter().setMinWidth(90);
        findingHead.getChildren().addAll(title, groups, findings.takeBar());
        findingPlace.getChildren().setAll(findings);
        findingCard.getChildren().add(more);
        upper.add(storage, 0, 0);
        matrix = new MatrixCard(session, model, matrixCard);
        pane = new FindingPane(session, model);
        set = new SetPane(session, model.budget());
        body.getChildren().addAll(pane.node(), set.node());
        model.budget()
                .openProperty()
                .addListener(
                        (_, _, open) -> {
                            if (open != null) {
                                model.close();
                            }
                        });
        content.getChildren().add(1, new StateBanner(model, session, upper, matrixCard));
        scroll.widthProperty().addListener((_, _, w) -> arrange(w.doubleValue()));
        arrange(scroll.getWidth());
        model.detailProperty().addListener((_, _, d) -> select(d));
        verdict.whileUnread(model, Messages.of("indexes.loading"), Messages.of("indexes.failed"));
        model.dataProperty().addListener((_, _, p) -> show(p));
        model.stateProperty().addListener((_, _, _) -> show(model.dataProperty().get()));
        model.workingProperty().addListener((_, _, w) -> analyse.setDisable(w));
        show(model.dataProperty().get());
    }

    /// Beside each other, or above each other where the side pane leaves little width.
    private void arrange(double width) {
        boolean narrow = width > 0 && width < NARROW;
        upper.getColumnConstraints().clear();
        var left = new ColumnConstraints();
        var right = new ColumnConstraints();
        left.setPercentWidth(narrow ? 100 : 30);
        right.setPercentWidth(70);
        upper.getColumnConstraints().add(left);
        if (!narrow) {
            upper.getColumnConstraints().add(right);
        }
        GridPane.setConstraints(storage, 0, narrow ? 1 : 0);
        GridPane.setConstraints(findingCard, narrow ? 0 : 1, 0);
        findingCard.setMinHeight(250);
        findingCard.setPrefHeight(330);
        var first = new RowConstraints();
        first.setVgrow(Priority.ALWAYS);
        upper.getRowConstraints().setAll(first);
        matrixCard.setMinHeight(Region.USE_PREF_SIZE);
    }

    private void show(@Nullable IndexesSnapshot p) {
        if (p == null) {
            age.setText("");
            limits(null);
            return;
        }
        var said = IndexesVerdict.of(p, session);
        verdict.say(said.role(), said.sentence(), said.strong().toArray(String[]::new));
        var summary = p.summary();
        age.setText(
                summary == null
                        ? ""
                        : Messages.of(
                                "indexes.age",
                                Texts.clock(summary.at(), session.now(), session.zone())));
        limits(summary);
        for (var group : FindingGroup.values()) {
            int count = p.count(group);
            groups.text(
                    group,
                    group == FindingGroup.ALL || count == 0
                            ? group.title()
                            : group.title() + " " + Format.grouped(count));
        }
        storage.show(p);
        budget.show(p.sets());
        // The table moves its selection by itself when its rows change: nobody chose that.
        following = true;
        try {
            findings.show(p.lines());
        } finally {
            following = false;
        }
        int all = p.count(p.group());
        more.setVisible(p.lines().size() < all);
        more.setManaged(more.isVisible());
        more.setText(
                Messages.of("indexes.more", Format.grouped(p.lines().size()), Format.grouped(all)));
        matrix.show(p);
        select(model.detailProperty().get());
    }

    /// What could not be checked, and since when the counters count.
    private void limits(@Nullable IndexSummary summary) {
        limits.getChildren().clear();
        if (summary != null) {
            for (var failed : summary.failed()) {
                limit(
                        Role.CRITICAL,
                        Messages.of(
                                "indexes.check.failed",
                                failed.kind().replace('_', ' '),
                                failed.why()));
            }
            var since = summary.countedSince();
            var judged = summary.judgedBy();
            if (summary.waiting() > 0 && since != null && judged != null) {
                limit(
                        Role.INFO,
                        Messages.of(
                                "indexes.counted",
                                Texts.ago(since, session.now()),
                                Format.grouped(summary.waiting()),
                                Texts.clock(judged, session.now(), session.zone())));
            }
        }
        limits.setVisible(!limits.getChildren().isEmpty());
        limits.setManaged(limits.isVisible());
    }

    private void limit(Role role, String text) {
        limits.getChildren()
                .add(Nodes.row(Nodes.icon(role.icon(), role), Nodes.wrapped(text, "row-sub")));
    }

    private void open(@Nullable FindingLine line) {
        if (line != null && !following) {
            var shown = model.detailProperty().get();
            if (shown == null || !shown.line().equals(line)) {
                model.open(line);
            }
        }
    }

    /// The list follows what the pane is about, wherever it was opened.
    private void select(@Nullable FindingDetail detail) {
        following = true;
        try {
            follow(detail);
        } finally {
            following = false;
        }
    }

    private void follow(@Nullable FindingDetail detail) {
        var selection = findings.table().getSelectionModel();
        if (detail == null) {
            selection.clearSelection();
            return;
        }
        var items = findings.table().getItems();
        for (int i = 0; i < items.size(); i++) {
            if (items.get(i).fingerprint().equals(detail.line().fingerprint())) {
                if (selection.getSelectedIndex() != i) {
                    selection.clearAndSelect(i);
                    findings.table().scrollTo(i);
                }
                return;
            }
        }
        selection.clearSelection();
    }

    /// Hatched while its check failed: it is as old as it says.
    private static final class FindingRow extends javafx.scene.control.TableRow<FindingLine> {
        private static final javafx.css.PseudoClass UNCHECKED =
                javafx.css.PseudoClass.getPseudoClass("unchecked");

        @Override
        protected void updateItem(FindingLine line, boolean empty) {
            super.updateItem(line, empty);
            pseudoClassStateChanged(UNCHECKED, !empty && line != null && line.unchecked());
        }
    }

    @Override
    public @Nullable Subject selection() {
        var detail = model.detailProperty().get();
        return detail == null ? null : detail.line().finding().subject();
    }

    @Override
    public void reveal(String item) {
        var parts = item.split("\n");
        if (parts.length == 3) {
            model.open(Subject.table(parts[0], parts[1], parts[2]));
        } else {
            model.reveal(item);
        }
    }

    /// J and K go through the findings, F files, I ignores, 1 to 6 choose a group.
    @Override
    public boolean onKey(KeyEvent key) {
        if (key.isShortcutDown()
                || key.isAltDown()
                || key.getTarget() instanceof TextInputControl) {
            return key.getCode() == KeyCode.ESCAPE && (pane.escape() || set.escape());
        }
        switch (key.getCode()) {
            case ESCAPE -> {
                return pane.escape() || set.escape();
            }
            case J -> step(1);
            case K -> step(-1);
            case F -> pane.act();
            case I -> pane.askIgnore();
            default -> {
                return group(key.getCode());
            }
        }
        return true;
    }

    private boolean group(KeyCode code) {
        if (!code.isDigitKey()) {
            return false;
        }
        int number = code.getName().charAt(code.getName().length() - 1) - '1';
        if (number < 0 || number >= FindingGroup.values().length) {
            return false;
        }
        model.show(FindingGroup.values()[number]);
        return true;
    }

    private void step(int by) {
        var table = findings.table();
        int next = table.getSelectionModel().getSelectedIndex() + by;
        if (next >= 0 && next < table.getItems().size()) {
            table.getSelectionModel().clearAndSelect(next);
            table.scrollTo(next);
        }
    }
}

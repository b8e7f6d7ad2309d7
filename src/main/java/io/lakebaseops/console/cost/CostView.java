package io.lakebaseops.console.cost;

import io.lakebaseops.agents.health.operations.Costs;
import io.lakebaseops.agents.health.operations.StoredCosts;
import io.lakebaseops.agents.health.operations.SuspendAdvice;
import io.lakebaseops.agents.health.operations.TrackCostAttribution;
import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.Messages;
import io.lakebaseops.console.ScreenView;
import io.lakebaseops.console.Texts;
import io.lakebaseops.console.cost.CostViewModel.Range;
import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.console.parts.Segments;
import io.lakebaseops.console.parts.SqlView;
import io.lakebaseops.console.parts.StateBanner;
import io.lakebaseops.console.parts.VerdictLine;
import io.lakebaseops.domain.GeneratedHistory;
import io.lakebaseops.domain.Subject;

import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/// What the project cost, whose it was, what another suspend timeout would cost, and when a
/// resource is full.
public final class CostView extends ScreenView<CostViewModel> {
    /// Below this width a column of the table would be cut.
    private static final double WIDE = 1000;

    private final DayBars bars = new DayBars();
    private final SumBars sums = new SumBars();
    private final PartsTable table = new PartsTable();
    private final TimeoutCurve curve = new TimeoutCurve();
    private final Segments<Costs.By> split = new Segments<>();
    private final Segments<Range> range = new Segments<>();
    private final Map<String, CapacityCard> capacity = new LinkedHashMap<>();
    private final BranchPane pane;

    @FXML private HBox body;
    @FXML private VBox content;
    @FXML private VerdictLine verdict;
    @FXML private HBox pills;
    @FXML private VBox billCard;
    @FXML private HBox billHead;
    @FXML private StackPane barsPlace;
    @FXML private VBox nothing;
    @FXML private GridPane middle;
    @FXML private VBox tableCard;
    @FXML private VBox curveCard;
    @FXML private HBox tableHead;
    @FXML private Label tableTitle;
    @FXML private Label tableNote;
    @FXML private StackPane tablePlace;
    @FXML private Label curveTitle;
    @FXML private Label curveNote;
    @FXML private StackPane curvePlace;
    @FXML private Label curveFoot;
    @FXML private HBox lower;

    private static final DateTimeFormatter DATE = Texts.dates(Texts.of("d MMM"));

    // FXML fills the annotated fields before initialize().
    @SuppressWarnings("NullAway.Init")
    public CostView(ConsoleSession session, CostViewModel model) {
        super(session, model);
        pane = new BranchPane(model);
    }

    @FXML
    private void initialize() {
        for (var by : Costs.By.values()) {
            var name = by.name().toLowerCase(Locale.ROOT);
            split.add(by, Messages.of("cost.by." + name), "cost-by-" + name);
        }
        split.select(Costs.By.BRANCH);
        split.onChoice(model::by);
        for (var days : Range.values()) {
            var name = days.name().toLowerCase(Locale.ROOT);
            range.add(days, Messages.of("cost.range." + name), "cost-range-" + name);
        }
        range.select(model.range());
        range.onChoice(model::range);
        billHead.getChildren().addAll(split, Nodes.spacer(), range);
        barsPlace.getChildren().setAll(bars);
        billCard.getChildren().add(sums);
        VBox.setVgrow(barsPlace, Priority.ALWAYS);
        tableHead
                .getChildren()
                .add(
                        Nodes.iconButton(
                                Feather.COPY,
                                Texts.of("Copy as CSV"),
                                () -> SqlView.copy(table.csv())));
        tablePlace.getChildren().setAll(table);
        curvePlace.getChildren().setAll(curve);
        for (var name : List.of("storage", "connections", "transaction_ids")) {
            var card = new CapacityCard(name, Messages.of("cost.capacity." + name));
            capacity.put(name, card);
            lower.getChildren().add(card);
        }
        content.widthProperty().addListener((_, _, width) -> arrange(width.doubleValue()));
        arrange(WIDE);
        body.getChildren().add(pane.node());
        content.getChildren().add(1, new StateBanner(model, session, billCard, middle, lower));
        verdict.whileUnread(model, Messages.of("overview.loading"), Messages.of("state.unread"));
        model.dataProperty().addListener((_, _, _) -> show());
        model.selectedProperty().addListener((_, _, _) -> showSelected());
        show();
    }

    /// Table and curve side by side where there is room, else below each other.
    private void arrange(double width) {
        boolean wide = width >= WIDE;
        GridPane.setConstraints(tableCard, 0, 0);
        GridPane.setConstraints(curveCard, wide ? 1 : 0, wide ? 0 : 1);
    }

    private void show() {
        var p = model.dataProperty().get();
        if (p == null) {
            visible(nothing, false);
            pills.getChildren().clear();
            return;
        }
        var said = CostVerdict.of(p);
        verdict.say(said.role(), said.sentence(), said.strong().toArray(String[]::new));
        pills(p);
        boolean there = p.billed() && !p.branches().empty();
        visible(billCard, there);
        visible(middle, there);
        visible(nothing, p.billed() && (!there || p.refused() != null));
        nothing(p);
        p.capacity()
                .forEach(
                        c ->
                                Objects.requireNonNull(capacity.get(c.name()))
                                        .show(c, session.now(), session.zone()));
        if (there) {
            showBill(p);
        }
        showSelected();
    }

    private static void visible(Node node, boolean on) {
        node.setVisible(on);
        node.setManaged(on);
    }

    private void pills(CostSnapshot p) {
        pills.getChildren().clear();
        generated(p).forEach(words -> pills.getChildren().add(Nodes.pill(words, Role.SIMULATED)));
        if (!p.branches().empty()) {
            pills.getChildren()
                    .add(
                            Nodes.pill(
                                    p.branches().negotiated()
                                            ? Texts.of("negotiated prices")
                                            : Texts.of("list prices"),
                                    Role.MUTED));
        }
        if (p.branches().unpriced() > 0) {
            pills.getChildren()
                    .add(
                            Nodes.pill(
                                    Texts.of(
                                            "%s without a price",
                                            Texts.count(p.branches().unpriced(), "line")),
                                    Role.WARNING));
        }
        if (!p.anomalies().isEmpty()) {
            var count = p.anomalies().size();
            pills.getChildren()
                    .add(
                            Nodes.pill(
                                    count == 1
                                            ? Texts.of("1 anomaly")
                                            : Texts.of("%s anomalies", count),
                                    Role.WARNING));
        }
    }

    /// What on this screen rests on a history or bill that was generated.
    private List<String> generated(CostSnapshot p) {
        var words = new ArrayList<String>();
        Stream.of(p.branches(), p.shown())
                .map(Costs::generatedUntil)
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder())
                .ifPresent(day -> words.add(Texts.of("bill generated until %s", DATE.format(day))));
        p.advice().stream()
                .map(SuspendAdvice::generatedUntil)
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder())
                .ifPresent(
                        at ->
                                words.add(
                                        Texts.of(
                                                "activity %s",
                                                GeneratedHistory.words(
                                                        at, session.now(), session.zone()))));
        return words;
    }

    /// Nothing was billed, or nobody lets us read it: what to do is one step.
    private void nothing(CostSnapshot p) {
        var refused = p.refused();
        var check = Nodes.button(Messages.of("cost.check"), model::track, "accent");
        check.setId("check-access");
        check.disableProperty().bind(model.workingProperty());
        if (refused == null) {
            nothing.getChildren()
                    .setAll(Nodes.wrapped(Messages.of("cost.empty"), "row-sub"), Nodes.row(check));
            return;
        }
        var grant = new SqlView(TrackCostAttribution.GRANT);
        grant.setId("grant");
        var copy =
                Nodes.button(
                        Messages.of("cost.copy"), () -> SqlView.copy(TrackCostAttribution.GRANT));
        nothing.getChildren()
                .setAll(
                        Nodes.wrapped(refused, "row-sub"),
                        Nodes.wrapped(Messages.of("cost.refused"), "row-sub"),
                        grant,
                        Nodes.row(copy, check));
    }

    private void showBill(CostSnapshot p) {
        var costs = p.shown();
        var currency = costs.currency();
        var parts = PartColors.of(costs);
        var complete = StoredCosts.lastDay(Objects.requireNonNull(p.branches().watermark()));
        var end = p.monthEnd();
        var forecast = new HashMap<LocalDate, double[]>();
        var until = costs.until();
        if (end != null && model.range() == Range.MONTH) {
            until = until.withDayOfMonth(until.lengthOfMonth());
            for (var day = complete.plusDays(1); !day.isAfter(until); day = day.plusDays(1)) {
                forecast.put(day, new double[] {end.on(day), end.dayPlusMinus()});
            }
        }
        var marked = new HashSet<LocalDate>();
        p.anomalies().forEach(a -> marked.add(a.from()));
        bars.show(
                new DayBars.Picture(
                        costs.from(),
                        until,
                        p.today(),
                        complete,
                        parts.stream()
                                .map(
                                        x ->
                                                new DayBars.Part(
                                                        x.name(),
                                                        x.style(),
                                                        branch(p, x),
                                                        x.days()))
                                .toList(),
                        forecast,
                        marked,
                        v -> Money.axis(v, currency),
                        v -> Money.of(v, currency),
                        model::select));
        sums(p, parts, currency);
        tableTitle.setText(Messages.of("cost.table." + p.by().name().toLowerCase(Locale.ROOT)));
        tableNote.setText(
                Texts.of(
                        "usage complete to %s",
                        Texts.clock(
                                Objects.requireNonNull(p.branches().watermark()),
                                session.now(),
                                session.zone())));
    }

    private static @Nullable String branch(CostSnapshot p, PartColors part) {
        return p.by() == Costs.By.BRANCH ? part.key() : null;
    }

    private void sums(CostSnapshot p, List<PartColors> parts, @Nullable String currency) {
        var costs = p.shown();
        var bill = p.branches();
        var computes = bill.total().subtract(bill.other());
        var drawn =
                parts.stream()
                        .map(
                                x ->
                                        new SumBars.Piece(
                                                x.name(),
                                                x.style(),
                                                x.part().cost(),
                                                x.name()
                                                        + " "
                                                        + Money.of(x.part().cost(), currency)))
                        .toList();
        var compute = Texts.of("compute %s", Money.axis(computes.doubleValue(), currency));
        var storage = Texts.of("storage %s", Money.axis(bill.other().doubleValue(), currency));
        sums.show(
                Messages.of("cost.parts." + p.by().name().toLowerCase(Locale.ROOT)),
                drawn,
                Money.of(costs.total(), currency),
                List.of(
                        new SumBars.Piece(compute, "cost-bill", computes, compute),
                        new SumBars.Piece(storage, "cost-bill", bill.other(), storage)),
                Money.of(bill.total(), currency));
    }

    private void showSelected() {
        var p = model.dataProperty().get();
        var open = model.selectedProperty().get();
        if (p == null || !p.billed() || p.branches().empty()) {
            pane.node().hide();
            return;
        }
        table.show(p, PartColors.of(p.shown()), open == null ? null : open.branch(), model::select);
        pane.show(p, open);
        var advice = open == null ? p.advice().stream().findFirst() : p.advice(open.branch());
        curveTitle.setText(
                Messages.of("cost.curve")
                        + advice.map(a -> " · " + a.branch())
                                .orElse(open == null ? "" : " · " + open.branch()));
        curveNote.setText(
                advice.map(
                                a ->
                                        a.today().costPerDay() == null
                                                ? Texts.of("awake hours a day")
                                                : Texts.of("cost a day"))
                        .orElse(""));
        visible(curvePlace, advice.isPresent());
        if (advice.isEmpty()) {
            curve.clear();
            curveFoot.setText(
                    open == null
                            ? Messages.of("cost.curve.none")
                            : p.quiet().stream()
                                    .filter(q -> q.startsWith(open.branch()))
                                    .findFirst()
                                    .orElse(Messages.of("cost.curve.none")));
            return;
        }
        curveFoot.setText("");
        choosable(advice.get(), open);
    }

    private void choosable(SuspendAdvice advice, CostViewModel.@Nullable Selected open) {
        curve.show(
                advice,
                open == null ? null : open.point(),
                point -> {
                    model.select(advice.branch());
                    model.choose(point);
                });
    }

    @Override
    public @Nullable Subject selection() {
        var open = model.selectedProperty().get();
        return open == null ? null : Subject.branch(open.branch());
    }

    @Override
    public void reveal(String branch) {
        model.select(branch);
    }

    @Override
    public boolean onKey(KeyEvent key) {
        if (key.getCode() == KeyCode.ESCAPE && model.selectedProperty().get() != null) {
            model.close();
            return true;
        }
        return false;
    }
}

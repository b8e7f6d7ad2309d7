package io.lakebaseops.console.plan;

import io.lakebaseops.console.Texts;
import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.console.parts.Segments;
import io.lakebaseops.console.parts.VerdictLine;
import io.lakebaseops.domain.Format;
import io.lakebaseops.explain.Buffers;
import io.lakebaseops.explain.PlanNode;

import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.TextField;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

import java.util.Locale;

/// One execution plan: the sentence of where its time goes, a bar of all nodes, the tree, and
/// beside it the text and what would mend it.
public final class PlanPage extends HBox {
    private static final double NARROW = 1400;

    private final PlanActs acts;
    private final HBox crumbs = Nodes.row();
    private final VerdictLine verdict = new VerdictLine();
    private final Segments<PlanMeasure> measures = new Segments<>();
    private final TextField find = new TextField();
    private final SelfShareBar bar;
    private final HBox totals = new HBox(18);
    private final javafx.scene.control.Label barTitle = Nodes.label("", "card-title");
    private final javafx.scene.control.Label origin = Nodes.label("", "card-note");
    private final PlanTree tree = new PlanTree();
    private final PlanSource source = new PlanSource(n -> tree.selectedProperty().set(n));
    private final PlanPane pane;
    private @Nullable PlanDocument document;
    private PlanMeasure measure = PlanMeasure.TIME;

    public PlanPage(PlanActs acts) {
        this.acts = acts;
        pane = new PlanPane(acts, source);
        bar = new SelfShareBar(tree::reveal);
        getStyleClass().addAll("screen", "plan-page");
        setId("plan-page");
        verdict.setId("plan-verdict");
        for (var one : PlanMeasure.values()) {
            measures.add(one, one.word(), "plan-by-" + one.name().toLowerCase(Locale.ROOT));
        }
        measures.onChoice(this::measureBy);
        find.setPromptText(Texts.of("Find node"));
        find.setId("find-node");
        find.getStyleClass().add("filter");
        find.setPrefWidth(130);
        find.textProperty().addListener((_, _, text) -> findFrom(text, -1));
        find.setOnAction(_ -> findFrom(find.getText(), tree.selectedProperty().get()));
        tree.selectedProperty().addListener((_, _, _) -> mark());
        var content = new VBox(12, crumbs, verdict, barCard(), treeCard());
        content.getStyleClass().add("screen-content");
        content.setMinWidth(0);
        HBox.setHgrow(content, Priority.ALWAYS);
        getChildren().addAll(content, pane.node());
        sceneProperty()
                .addListener(
                        (_, _, scene) -> {
                            if (scene != null) {
                                tree.narrow(scene.getWidth() < NARROW);
                                scene.widthProperty()
                                        .addListener(
                                                (_, _, w) -> tree.narrow(w.doubleValue() < NARROW));
                            }
                        });
    }

    private Node barCard() {
        totals.setAlignment(Pos.CENTER_RIGHT);
        totals.setMinWidth(0);
        HBox.setHgrow(totals, Priority.ALWAYS);
        var card = new VBox(8, Nodes.row(barTitle, totals), bar);
        card.getStyleClass().addAll("card", "plan-card-pad");
        card.setMinHeight(USE_PREF_SIZE);
        return card;
    }

    private Node treeCard() {
        origin.setMinWidth(0);
        var head =
                Nodes.row(
                        Nodes.label(Texts.of("Plan tree"), "card-title"),
                        origin,
                        Nodes.spacer(),
                        measures,
                        find,
                        Nodes.iconButton(
                                Feather.MINIMIZE_2,
                                Texts.of("Fold all but the costly path (once more unfolds)"),
                                tree::foldAllButCostly),
                        Nodes.iconButton(
                                Feather.CLIPBOARD, Texts.of("Paste a plan (Ctrl V)"), acts::paste));
        var card = new VBox(6, head, tree);
        card.getStyleClass().addAll("card", "plan-card-pad");
        VBox.setVgrow(tree, Priority.ALWAYS);
        VBox.setVgrow(card, Priority.ALWAYS);
        card.setMinHeight(160);
        return card;
    }

    /// @param range of the Queries screen, to go back to
    public void show(PlanDocument next, String range) {
        boolean other = next != document;
        document = next;
        crumbs(next, range);
        var said = PlanVerdict.of(next);
        verdict.say(said.role(), said.sentence(), said.culprit());
        for (var one : PlanMeasure.values()) {
            measures.enable(one, one.whyOff(next));
        }
        if (other || measure.whyOff(next) != null) {
            measure = PlanMeasure.first(next);
        }
        measures.select(measure);
        origin.setText(
                "%s · %s"
                        .formatted(
                                Texts.count(next.plan().root().all().count(), "node"),
                                next.origin()));
        totals(next);
        tree.show(next, measure);
        if (other) {
            find.clear();
            tree.reveal(next.costliest(measure));
        }
        mark();
        pane.show(next);
        if (other) {
            tree.list().requestFocus();
        }
    }

    private void crumbs(PlanDocument shown, String range) {
        var back = Nodes.button(Texts.of("Queries"), acts::back, "link");
        back.setId("back-to-queries");
        back.setGraphic(new org.kordamp.ikonli.javafx.FontIcon(Feather.ARROW_LEFT));
        Nodes.tip(back, Texts.of("Back (Alt ←)"));
        crumbs.getChildren().setAll(back, Nodes.label(range, "row-sub"), crumb("›"));
        var statement = shown.statement();
        if (statement != null) {
            crumbs.getChildren()
                    .addAll(
                            Nodes.button(
                                    Texts.of("Statement %s", statement.name()), acts::back, "link"),
                            crumb("›"));
        }
        crumbs.getChildren().add(Nodes.label(shown.title()));
    }

    private static Node crumb(String text) {
        return Nodes.label(text, "row-sub");
    }

    private void totals(PlanDocument shown) {
        totals.getChildren().clear();
        var plan = shown.plan();
        total(Texts.of("execution"), plan.executionMillis());
        total(Texts.of("planning"), plan.planningMillis());
        if (plan.root().buffers() instanceof Buffers b) {
            total(Texts.of("hit"), Format.size(b.hit() * PlanMeasure.PAGE_BYTES));
            total(Texts.of("read"), Format.size(b.read() * PlanMeasure.PAGE_BYTES));
            if (b.ioMillis() > 0) {
                total(Texts.of("I/O time"), PlanMeasure.millis(b.ioMillis()));
            }
            total(
                    Texts.of("spill"),
                    b.tempWritten() > 0
                            ? Format.size(b.tempWritten() * PlanMeasure.PAGE_BYTES)
                            : Texts.of("none"));
        }
        double planned = sum(plan.root(), "Workers Planned");
        if (plan.analyzed() && planned > 0) {
            total(
                    Texts.of("workers"),
                    Texts.of(
                            "%s of %s",
                            PlanMeasure.count(sum(plan.root(), "Workers Launched")),
                            PlanMeasure.count(planned)));
        }
        if (plan.jitMillis() > 0) {
            total("JIT", PlanMeasure.millis(plan.jitMillis()));
        }
        if (!plan.analyzed() && plan.root().estimate() != null) {
            total(Texts.of("cost"), Format.digits(plan.root().estimate().totalCost()));
            total(Texts.of("rows expected"), PlanMeasure.count(plan.root().estimate().rows()));
        }
    }

    private static double sum(PlanNode root, String property) {
        return root.all().mapToDouble(n -> n.number(property)).sum();
    }

    private void total(String name, @Nullable Double millis) {
        if (millis != null) {
            total(name, PlanMeasure.millis(millis));
        }
    }

    private void total(String name, String value) {
        var figure = Nodes.label(value, "strong-quiet");
        figure.setMinWidth(USE_PREF_SIZE);
        var both = new HBox(6, Nodes.label(name, "row-sub"), figure);
        both.setAlignment(Pos.BASELINE_LEFT);
        totals.getChildren().add(both);
    }

    private void measureBy(PlanMeasure next) {
        var shown = document;
        if (shown == null) {
            return;
        }
        measure = next;
        tree.show(shown, next);
        mark();
    }

    private void mark() {
        var shown = document;
        if (shown != null) {
            barTitle.setText(Texts.of("%s of each node", measure.column()));
            bar.show(shown, measure, tree.selectedProperty().get());
            source.show(shown, tree.selectedProperty().get());
        }
    }

    /// The next node after one that holds the text; from the top again at the end.
    private void findFrom(String text, int after) {
        var found = tree.find(text);
        find.setAccessibleText(Texts.of("%s found", Texts.count(found.size(), "node")));
        found.stream()
                .filter(n -> n.number() > after)
                .findFirst()
                .or(() -> found.stream().findFirst())
                .ifPresent(tree::reveal);
        find.pseudoClassStateChanged(
                javafx.css.PseudoClass.getPseudoClass("nothing"),
                !text.isBlank() && found.isEmpty());
    }

    /// Keys of the page; true when one meant something here.
    public boolean onKey(KeyEvent key) {
        boolean typing = key.getTarget() instanceof TextInputControl;
        if (key.isShortcutDown()) {
            switch (key.getCode()) {
                case F -> find.requestFocus();
                case PLUS, EQUALS, ADD -> tree.zoom(1);
                case MINUS, SUBTRACT -> tree.zoom(-1);
                case DIGIT0, NUMPAD0 -> tree.zoom(0);
                case V -> {
                    if (typing) {
                        return false;
                    }
                    acts.paste();
                }
                default -> {
                    return false;
                }
            }
            return true;
        }
        if (key.getCode() == KeyCode.ESCAPE && typing) {
            find.clear();
            tree.list().requestFocus();
            return true;
        }
        if (key.getCode() == KeyCode.ESCAPE || (key.isAltDown() && key.getCode() == KeyCode.LEFT)) {
            acts.back();
            return true;
        }
        return false;
    }

    PlanTree tree() {
        return tree;
    }
}

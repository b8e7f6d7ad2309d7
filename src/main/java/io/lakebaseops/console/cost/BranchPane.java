package io.lakebaseops.console.cost;

import io.lakebaseops.agents.health.operations.CostAnomaly;
import io.lakebaseops.agents.health.operations.Costs;
import io.lakebaseops.agents.health.operations.SuspendAdvice;
import io.lakebaseops.console.Texts;
import io.lakebaseops.console.cost.CostViewModel.Selected;
import io.lakebaseops.console.parts.Facts;
import io.lakebaseops.console.parts.LimitBar;
import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.console.parts.Segments;
import io.lakebaseops.console.parts.SidePane;
import io.lakebaseops.domain.Format;

import javafx.geometry.HPos;
import javafx.scene.Node;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// One branch: what it cost more, whose its cost is, and the plan for its suspend timeout.
final class BranchPane {
    private static final int USERS = 7;

    private final CostViewModel model;
    private final SidePane pane;
    private boolean byRole;

    BranchPane(CostViewModel model) {
        this.model = model;
        pane = new SidePane("cost-branch", model::close);
    }

    SidePane node() {
        return pane;
    }

    void show(CostSnapshot p, @Nullable Selected open) {
        if (open == null || p.branch(open.branch()).isEmpty()) {
            pane.hide();
            return;
        }
        var part = p.branch(open.branch()).orElseThrow();
        var currency = p.branches().currency();
        var anomaly = p.anomaly(open.branch()).orElse(null);
        var advice = p.advice(open.branch()).orElse(null);
        pane.title(
                null,
                open.branch() + ": " + Money.of(part.cost(), currency),
                anomaly == null
                        ? List.of()
                        : List.of(Nodes.pill(Texts.of("anomaly"), Role.WARNING)));
        pane.note(
                anomaly == null
                        ? Texts.of("from %s to %s", p.branches().from(), p.branches().until())
                        : Texts.of(
                                "%s since %s", Texts.count(anomaly.days(), "day"), anomaly.from()));
        var nodes = new ArrayList<Node>();
        if (anomaly != null) {
            nodes.add(figures(anomaly, currency));
        }
        nodes.add(users(open, currency));
        nodes.add(advice == null ? noAdvice(p, open.branch()) : plan(advice, open, p));
        pane.content(open.branch(), nodes);
        pane.acts(null, advice == null ? List.of() : acts(advice, open));
    }

    private static Node figures(CostAnomaly a, @Nullable String currency) {
        double perDay = a.cost() / a.days();
        return a.fresh()
                ? new HBox(
                        24,
                        Nodes.figure(Money.of(perDay, currency), Texts.of("a day, new")),
                        Nodes.figure(Money.of(a.cost(), currency), Texts.of("so far")))
                : new HBox(
                        24,
                        Nodes.figure(Money.of(perDay, currency), Texts.of("a day")),
                        Nodes.figure(
                                Money.of(a.expected() / a.days(), currency),
                                Texts.of(
                                        "expected (%s – %s)",
                                        Money.of(a.low(), currency), Money.of(a.high(), currency))),
                        Nodes.figure(Money.of(a.more(), currency), Texts.of("more so far")));
    }

    private Node users(Selected open, @Nullable String currency) {
        var chooser = new Segments<Boolean>();
        chooser.add(true, Texts.of("Role"), "cost-by-role");
        chooser.add(false, Texts.of("Application"), "cost-by-application");
        chooser.select(byRole);
        var body = new VBox(6);
        Runnable fill =
                () ->
                        body.getChildren()
                                .setAll(
                                        lines(
                                                byRole ? open.roles() : open.applications(),
                                                currency));
        chooser.onChoice(
                r -> {
                    byRole = r;
                    fill.run();
                });
        fill.run();
        return card(Texts.of("Whose it is"), chooser, body);
    }

    private static List<Node> lines(@Nullable Costs costs, @Nullable String currency) {
        if (costs == null) {
            return List.of(Nodes.label(Texts.of("reading …"), "row-sub"));
        }
        var parts = costs.parts();
        var kept = parts.subList(0, Math.min(USERS, parts.size()));
        var amounts = new ArrayList<BigDecimal>();
        kept.forEach(x -> amounts.add(x.cost()));
        var rest =
                parts.subList(kept.size(), parts.size()).stream()
                        .map(Costs.Part::cost)
                        .reduce(BigDecimal.ZERO, BigDecimal::add);
        if (parts.size() > kept.size()) {
            amounts.add(rest);
        }
        var cents = Money.cents(amounts);
        double most = amounts.stream().mapToDouble(Number::doubleValue).max().orElse(1);
        var nodes = new ArrayList<Node>();
        for (int i = 0; i < amounts.size(); i++) {
            var name =
                    i < kept.size()
                            ? PartColors.words(kept.get(i).key())
                            : Texts.of("%d others", parts.size() - kept.size());
            nodes.add(
                    line(
                            name,
                            amounts.get(i).doubleValue(),
                            most,
                            Money.of(cents.get(i), currency),
                            false));
        }
        var sum = cents.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        nodes.add(line(Texts.of("Sum = billed"), 0, most, Money.of(sum, currency), true));
        return nodes;
    }

    private static Node line(String name, double value, double most, String amount, boolean sum) {
        var row = new GridPane();
        row.getStyleClass().add(sum ? "cost-sum-row" : "cost-user");
        for (double width : new double[] {48, 24, 28}) {
            var column = new ColumnConstraints();
            column.setPercentWidth(width);
            row.getColumnConstraints().add(column);
        }
        row.getColumnConstraints().getLast().setHalignment(HPos.RIGHT);
        var label = Nodes.label(name, "cost-cell");
        label.setMinWidth(0);
        row.add(label, 0, 0);
        if (!sum) {
            var bar = new LimitBar();
            bar.show(
                    Math.max(most, 1e-9),
                    List.of(new LimitBar.Part(name, value, "series-1", false)),
                    List.of());
            row.add(bar, 1, 0);
        }
        row.add(Nodes.label(amount, "cost-cell"), 2, 0);
        return row;
    }

    private static Node noAdvice(CostSnapshot p, String branch) {
        var why =
                p.quiet().stream()
                        .filter(q -> q.startsWith(branch))
                        .findFirst()
                        .orElse(Texts.of("Nothing is known of this branch's activity."));
        return card(Texts.of("Scale to zero"), null, Nodes.wrapped(why, "row-sub"));
    }

    private static SuspendAdvice.Point wanted(SuspendAdvice advice, Selected open) {
        var chosen = open.point();
        return chosen == null ? advice.best() : chosen;
    }

    private static Node plan(SuspendAdvice a, Selected open, CostSnapshot p) {
        var point = wanted(a, open);
        var currency = p.branches().currency();
        var facts = new Facts();
        facts.add(
                Texts.of("Timeout"),
                TimeoutCurve.after(a.current()) + " → " + TimeoutCurve.after(point.timeout()));
        var now = a.today().costPerDay();
        var then = point.costPerDay();
        if (now != null && then != null) {
            facts.add(
                    Texts.of("Effect"),
                    Texts.of("%s → %s a day", Money.of(now, currency), Money.of(then, currency)));
        }
        facts.add(
                Texts.of("Awake"),
                Texts.of(
                        "%.1f → %.1f h a day",
                        a.today().awakeHoursPerDay(), point.awakeHoursPerDay()));
        facts.add(
                Texts.of("Cold starts"),
                Texts.of(
                        "%.1f → %.1f a day%s",
                        a.today().coldStartsPerDay(),
                        point.coldStartsPerDay(),
                        a.wake() == null
                                ? Texts.of("; none was measured yet")
                                : Texts.of(
                                        ", %s s each", Format.digits(a.wake().medianSeconds()))));
        facts.add(
                Texts.of("Blocks"), Texts.of("nobody; open sessions stay, a restart is possible"));
        facts.add(Texts.of("Undo"), Texts.of("suspends %s again", TimeoutCurve.after(a.current())));
        boolean changes = !Objects.equals(point.timeout(), a.current());
        return card(
                Texts.of("The plan"),
                changes ? null : Nodes.pill(Texts.of("nothing to change"), Role.OK),
                facts,
                Nodes.wrapped(
                        Texts.of(
                                "Replayed from %s; activity is known to five minutes.",
                                Format.utc(a.from())),
                        "row-sub"));
    }

    private List<Node> acts(SuspendAdvice advice, Selected open) {
        var point = wanted(advice, open);
        if (Objects.equals(point.timeout(), advice.current())) {
            return List.of();
        }
        var file =
                Nodes.button(
                        Texts.of("File plan, %s", TimeoutCurve.words(point)),
                        () -> model.file(advice, point),
                        "accent");
        file.setId("file-timeout");
        file.disableProperty().bind(model.workingProperty());
        return List.of(file);
    }

    private static Node card(String title, @Nullable Node beside, Node... body) {
        var heading = Nodes.label(title, "card-title");
        var head = Nodes.row(heading, Nodes.spacer());
        if (beside != null) {
            head.getChildren().add(beside);
        }
        var card = new VBox(8, head);
        card.getChildren().addAll(body);
        card.getStyleClass().addAll("card", "chart-card");
        VBox.setVgrow(card, Priority.NEVER);
        return card;
    }
}

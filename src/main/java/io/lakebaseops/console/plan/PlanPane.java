package io.lakebaseops.console.plan;

import io.lakebaseops.console.Texts;
import io.lakebaseops.console.parts.Facts;
import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.console.parts.SidePane;
import io.lakebaseops.console.parts.SqlLayout;
import io.lakebaseops.console.parts.SqlView;
import io.lakebaseops.explain.ExplainedPlan;
import io.lakebaseops.explain.IndexIdea;
import io.lakebaseops.explain.NodeTitle;
import io.lakebaseops.explain.PlanComparison;
import io.lakebaseops.explain.PlanNode;
import io.lakebaseops.explain.PlanProblem;

import javafx.scene.Node;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/// The pane beside the plan tree: the statement, the plan as text, and what would mend it.
final class PlanPane {
    private final PlanActs acts;
    private final SidePane pane;
    private final PlanSource source;

    PlanPane(PlanActs acts, PlanSource source) {
        this.acts = acts;
        this.source = source;
        pane = new SidePane("plan-pane", acts::back);
    }

    Node node() {
        return pane;
    }

    void show(PlanDocument document) {
        var statement = document.statement();
        var sql = document.sql();
        pane.title(
                null,
                statement == null ? document.title() : Texts.of("Statement %s", statement.name()),
                sql == null
                        ? List.of()
                        : List.of(
                                Nodes.iconButton(
                                        Feather.COPY,
                                        Texts.of("Copy the statement"),
                                        () -> SqlView.copy(sql))));
        pane.note(
                statement == null
                        ? document.origin()
                        : Texts.of(
                                "%s in %s · %s",
                                statement.queryid(), statement.database(), document.origin()));
        var content = new ArrayList<Node>();
        if (sql != null) {
            content.add(new SqlView(SqlLayout.of(sql)));
        }
        if (document.before() instanceof PlanDocument.Before before) {
            content.add(changed(document, before));
        }
        var remedies = PlanRemedies.of(document);
        content.add(fixes(document, remedies));
        content.add(source);
        pane.content(document.title() + document.origin(), content);
        foot(document, remedies);
    }

    private static Node changed(PlanDocument document, PlanDocument.Before before) {
        var box = new VBox(6);
        box.setId("what-changed");
        box.getChildren()
                .add(Nodes.label(Texts.of("What changed, %s", before.when()), "section-title"));
        var compared = before.comparison();
        box.getChildren().add(Nodes.wrapped(compared.words(), "fact-value"));
        var table = new Facts();
        table.add("", "%s → %s".formatted(before.title(), document.title()));
        for (var difference : compared.differences()) {
            table.add(
                    what(difference),
                    named(difference.before()) + " → " + named(difference.after()));
        }
        cost(compared.before(), compared.after(), table);
        box.getChildren().add(table);
        return box;
    }

    private static String what(PlanComparison.Difference difference) {
        var node = difference.after() == null ? difference.before() : difference.after();
        var relation = node == null ? null : NodeTitle.relation(node);
        return switch (difference.kind()) {
            case SCAN -> relation == null ? Texts.of("Scan") : relation;
            case JOIN -> Texts.of("Join");
            case NODE -> Texts.of("Node");
        };
    }

    private static String named(@Nullable PlanNode node) {
        return node == null ? "–" : NodeTitle.of(node);
    }

    private static void cost(ExplainedPlan before, ExplainedPlan after, Facts table) {
        var was = before.root().estimate();
        var is = after.root().estimate();
        if (was != null && is != null) {
            table.add(
                    Texts.of("Rows expected"),
                    PlanMeasure.count(was.rows()) + " → " + PlanMeasure.count(is.rows()));
            table.add(
                    Texts.of("Estimated cost"),
                    PlanMeasure.COST.words(was.totalCost())
                            + " → "
                            + PlanMeasure.COST.words(is.totalCost()));
        }
    }

    private Node fixes(PlanDocument document, List<PlanActs.PlanRemedy> remedies) {
        var box = new VBox(8);
        box.getChildren().add(Nodes.label(Texts.of("What would mend it"), "section-title"));
        if (document.problems().isEmpty()) {
            box.getChildren()
                    .add(
                            Nodes.wrapped(
                                    document.plan().analyzed()
                                            ? Texts.of(
                                                    "Nothing in this plan explains where time could be saved.")
                                            : Texts.of(
                                                    "Nothing in this plan looks wrong; rows and times are known only with ANALYZE."),
                                    "row-sub"));
            return box;
        }
        var together = new LinkedHashMap<String, List<PlanProblem>>();
        for (var problem : document.problems()) {
            var same = problem.cause() + problem.remedy() + problem.index();
            together.computeIfAbsent(same, _ -> new ArrayList<>()).add(problem);
        }
        together.values().stream().limit(6).forEach(p -> box.getChildren().add(fix(p, document)));
        remedies.stream()
                .filter(r -> r.why() != null)
                .map(PlanActs.PlanRemedy::why)
                .distinct()
                .forEach(
                        why ->
                                box.getChildren()
                                        .add(Nodes.wrapped(String.valueOf(why), "row-sub")));
        return box;
    }

    /// @param same at several nodes, the one with most at stake first
    private static Node fix(List<PlanProblem> same, PlanDocument document) {
        var problem = same.getFirst();
        var places = same.size() > 1 ? Texts.of(" at %d nodes", same.size()) : "";
        var head = new VBox(2);
        var title =
                Nodes.row(
                        Nodes.icon(Role.WARNING.icon(), Role.WARNING),
                        Nodes.label(problem.cause().title() + places, "strong-quiet"),
                        Nodes.spacer(),
                        Nodes.label(
                                problem.share() > 0
                                        ? Texts.of("up to %s", PlanMeasure.percent(problem.share()))
                                        : "",
                                "row-sub"));
        head.getChildren().addAll(title, Nodes.wrapped(problem.remedy(), "fact-value"));
        var index = problem.index();
        if (index != null) {
            head.getChildren().add(Nodes.wrapped(tested(index, document), "sql-line"));
        }
        head.getChildren().add(Nodes.wrapped(Texts.of("Check: %s", problem.check()), "row-sub"));
        problem.caveats().forEach(c -> head.getChildren().add(Nodes.wrapped(c, "row-sub")));
        return head;
    }

    private static String tested(IndexIdea index, PlanDocument document) {
        var answer = document.tested().get(index);
        return answer == null
                ? Texts.of("%s, not tested", PlanRemedies.words(index))
                : Texts.of(
                        "%s, tested in the planner twin: cost %s → %s",
                        PlanRemedies.words(index),
                        PlanMeasure.COST.words(answer.before()),
                        PlanMeasure.COST.words(answer.after()));
    }

    private void foot(PlanDocument document, List<PlanActs.PlanRemedy> remedies) {
        var buttons = new ArrayList<Node>();
        var statement = document.statement();
        var said = new VBox(4);
        if (statement != null) {
            var again =
                    Nodes.button(
                            Texts.of("Explain again"), () -> acts.explainAgain(statement), "keep");
            again.setId("explain-again");
            Nodes.tip(again, Texts.of("EXPLAIN, cost only: nothing is run on the data"));
            buttons.add(again);
            var branch = Nodes.button(Texts.of("Explain on a branch"), () -> {}, "keep");
            branch.setId("explain-on-branch");
            var why = acts.whyNoBranch();
            branch.setDisable(why != null);
            buttons.add(branch);
            if (why != null) {
                said.getChildren().add(Nodes.wrapped(Texts.of("On a branch: %s", why), "row-sub"));
            }
        } else {
            var paste = Nodes.button(Texts.of("Paste another plan"), acts::paste, "keep");
            paste.setId("paste-another");
            buttons.add(paste);
        }
        for (var kind : PlanActs.PlanRemedy.Kind.values()) {
            remedies.stream()
                    .filter(r -> r.kind() == kind && r.why() == null)
                    .findFirst()
                    .ifPresent(r -> buttons.add(file(document, r)));
        }
        if (buttons.getLast() instanceof javafx.scene.control.Button b
                && String.valueOf(b.getId()).startsWith("file-")) {
            b.getStyleClass().remove("keep");
            b.getStyleClass().add("accent");
        }
        pane.acts(said.getChildren().isEmpty() ? null : said, buttons);
    }

    private Node file(PlanDocument document, PlanActs.PlanRemedy remedy) {
        var kind = remedy.kind();
        var button =
                Nodes.button(
                        kind == PlanActs.PlanRemedy.Kind.INDEX
                                ? Texts.of("File index")
                                : Texts.of("File ANALYZE"),
                        () -> acts.file(document, remedy),
                        "keep");
        button.setId(kind == PlanActs.PlanRemedy.Kind.INDEX ? "file-index" : "file-analyze");
        Nodes.tip(button, Texts.of("%s: files a plan and opens it in Approvals", remedy.words()));
        return button;
    }
}

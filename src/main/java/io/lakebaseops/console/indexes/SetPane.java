package io.lakebaseops.console.indexes;

import io.lakebaseops.agents.performance.indexes.IndexSetFiling;
import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.Messages;
import io.lakebaseops.console.parts.Facts;
import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.console.parts.SidePane;
import io.lakebaseops.console.parts.SmallTable;
import io.lakebaseops.console.parts.SqlView;
import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.Rows;
import io.lakebaseops.state.IndexSet;
import io.lakebaseops.state.IndexSet.Member;
import io.lakebaseops.state.IndexSet.Work;

import javafx.scene.Node;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The best set of indexes in full: what it saves, each index with what it is for and costs, the
/// statements it changes; or what a smaller budget would keep. Filed as plans from here.
final class SetPane {
    private static final int ROWS = 8;
    private static final int USES = 3;

    private final ConsoleSession session;
    private final BudgetModel model;
    private final SidePane pane;

    SetPane(ConsoleSession session, BudgetModel model) {
        this.session = session;
        this.model = model;
        pane = new SidePane("index-set", model::close);
        model.openProperty().addListener((_, _, _) -> show());
        model.busyProperty().addListener((_, _, _) -> show());
        show();
    }

    SidePane node() {
        return pane;
    }

    private void show() {
        var open = model.openProperty().get();
        if (open == null) {
            pane.hide();
            return;
        }
        var set = open.set();
        var point = open.point();
        pane.title(null, Messages.of("indexes.set.title", set.database()), List.of());
        pane.note(
                Messages.of(
                        "indexes.set.note",
                        Format.clock(set.at(), session.now(), session.zone()),
                        Format.grouped(set.statements()),
                        Format.grouped(set.plans())));
        var nodes = new ArrayList<Node>();
        nodes.add(verdict(set, point == null ? set.chosen() : point.work(), point != null));
        nodes.add(figures(set.today(), point == null ? set.chosen() : point.work()));
        if (point == null) {
            whole(set, nodes);
        } else {
            part(point, nodes);
        }
        pane.content(set.database() + set.at() + (point == null), nodes);
        acts(set, point);
    }

    private static Node verdict(IndexSet set, Work work, boolean part) {
        double saved = set.today().msPerHour() - work.msPerHour();
        double share = saved / Math.max(1e-9, set.today().msPerHour());
        var title =
                saved <= 0
                        ? Messages.of("indexes.set.nothing")
                        : Messages.of("indexes.set.saves", Format.percent(share));
        return FindingContent.box(
                saved <= 0 ? Role.INFO : Role.OK,
                title,
                part
                        ? Messages.of("indexes.set.part")
                        : Messages.of(
                                set.proven() ? "indexes.set.proven" : "indexes.set.unproven"));
    }

    private static Node figures(Work today, Work then) {
        return new Facts()
                .add(
                        Messages.of("indexes.set.fact.read"),
                        change(today.readMsPerHour(), then.readMsPerHour()))
                .add(
                        Messages.of("indexes.set.fact.write"),
                        change(today.writeMsPerHour(), then.writeMsPerHour()))
                .add(
                        Messages.of("indexes.set.fact.storage"),
                        Format.size(today.bytes()) + " → " + Format.size(then.bytes()));
    }

    private static String change(double today, double then) {
        return Messages.of("indexes.set.change", BudgetChart.time(today), BudgetChart.time(then));
    }

    private void whole(IndexSet set, List<Node> nodes) {
        for (var role : IndexSet.Role.values()) {
            var rows = new ArrayList<Node>();
            for (var table : set.tables()) {
                for (var member : table.members()) {
                    if (member.role() == role) {
                        rows.add(member(table, member));
                    }
                }
            }
            if (!rows.isEmpty()) {
                nodes.add(
                        section(
                                Messages.of(
                                        "indexes.set."
                                                + role.name().toLowerCase(java.util.Locale.ROOT),
                                        String.valueOf(rows.size()))));
                nodes.addAll(rows);
            }
        }
        if (!set.changes().isEmpty()) {
            nodes.add(section(Messages.of("indexes.set.statements")));
            nodes.add(
                    new SmallTable(
                            new Rows(set.changes().stream().map(SetPane::row).toList()), ROWS));
        }
        for (var idea : set.statistics()) {
            nodes.add(section(Messages.of("indexes.set.statistics")));
            nodes.add(
                    Nodes.wrapped(
                            Messages.of(
                                    "indexes.set.statistics.rows",
                                    idea.schema(),
                                    idea.table(),
                                    String.join(", ", idea.columns()),
                                    Format.grouped(idea.expectedRows()),
                                    Format.grouped(idea.foundRows())),
                            "row-sub"));
            nodes.add(new SqlView(idea.definition()));
        }
        set.caveats().forEach(c -> nodes.add(Nodes.wrapped(c, "row-sub")));
        nodes.add(Nodes.wrapped(set.origin(), "row-sub"));
    }

    private static void part(IndexSet.Point point, List<Node> nodes) {
        nodes.add(section(Messages.of("indexes.set.build", String.valueOf(point.build().size()))));
        point.build().forEach(i -> nodes.add(Nodes.wrapped(i, "small-cell")));
        nodes.add(section(Messages.of("indexes.set.drop", String.valueOf(point.drop().size()))));
        point.drop().forEach(i -> nodes.add(Nodes.wrapped(i, "small-cell")));
    }

    private static Node section(String title) {
        return Nodes.label(title, "strong-quiet");
    }

    private static Node member(IndexSet.OfTable of, Member member) {
        var box = new VBox(3);
        box.getChildren()
                .add(
                        Nodes.wrapped(
                                Messages.of(
                                        "indexes.set.on", member.index(), of.schema(), of.table()),
                                "row-title"));
        switch (member.role()) {
            case BUILD -> box.getChildren().add(new SqlView(member.definition()));
            case KEEP, REQUIRED ->
                    box.getChildren().add(Nodes.wrapped(member.definition(), "row-sub"));
            case DROP -> box.getChildren().add(certificate(member));
        }
        box.getChildren().add(Nodes.wrapped(worth(member), "row-sub"));
        for (var use : member.uses().stream().limit(USES).toList()) {
            box.getChildren()
                    .add(
                            Nodes.wrapped(
                                    Messages.of(
                                            "indexes.set.use",
                                            BudgetChart.time(use.savedMsPerHour()),
                                            use.statement()),
                                    "small-cell"));
        }
        if (member.uses().size() > USES) {
            box.getChildren()
                    .add(
                            Nodes.wrapped(
                                    Messages.of(
                                            "indexes.set.more",
                                            Format.count(member.uses().size() - USES, "statement")),
                                    "row-sub"));
        }
        return box;
    }

    private static Node certificate(Member member) {
        var certificate = member.certificate();
        return certificate == null
                ? Nodes.wrapped(Messages.of("indexes.set.uncertified"), "row-sub")
                : FindingContent.box(
                        TwinWords.role(certificate.grade()),
                        TwinWords.words(certificate.grade()),
                        certificate.verdict());
    }

    private static String worth(Member member) {
        var why = member.why();
        var words = new ArrayList<String>();
        if (why != null) {
            words.add(why);
        }
        if (!member.uses().isEmpty()) {
            words.add(
                    Messages.of(
                            "indexes.set.worth",
                            BudgetChart.time(member.savedMsPerHour()),
                            Format.count(member.uses().size(), "statement")));
        }
        words.add(Messages.of("indexes.set.writes", BudgetChart.time(member.writeMsPerHour())));
        words.add(Format.size(member.bytes()));
        return String.join(" · ", words);
    }

    private static Map<String, @Nullable Object> row(IndexSet.Statement s) {
        var row = new LinkedHashMap<String, @Nullable Object>();
        row.put("statement", s.statement());
        row.put("now", s.before());
        row.put("with_set", s.after());
        row.put("change", TwinWords.percent(s.before(), s.after()));
        return row;
    }

    private void acts(IndexSet set, IndexSet.@Nullable Point point) {
        if (point != null) {
            var back =
                    Nodes.button(
                            Messages.of("indexes.set.back"), () -> model.open(set, null), "accent");
            back.setId("back-to-set");
            pane.acts(null, List.of(back));
            return;
        }
        long build = count(set, IndexSet.Role.BUILD);
        long drop =
                set.tables().stream()
                        .flatMap(t -> t.members().stream())
                        .filter(m -> m.role() == IndexSet.Role.DROP)
                        .filter(m -> IndexSetFiling.lets(m.certificate()))
                        .count();
        var file =
                Nodes.button(
                        Messages.of("indexes.set.file", Format.count((int) (build + drop), "plan")),
                        () -> model.file(set),
                        "accent");
        file.setId("file-set");
        file.setDisable(build + drop == 0 || model.busyProperty().get());
        boolean held = count(set, IndexSet.Role.DROP) > drop;
        pane.acts(
                held ? Nodes.wrapped(Messages.of("indexes.set.held"), "row-sub") : null,
                List.of(file));
    }

    private static long count(IndexSet set, IndexSet.Role role) {
        return set.tables().stream()
                .flatMap(t -> t.members().stream())
                .filter(m -> m.role() == role)
                .count();
    }

    /// Closes it, where it is open.
    boolean escape() {
        if (model.openProperty().get() == null) {
            return false;
        }
        model.close();
        return true;
    }
}

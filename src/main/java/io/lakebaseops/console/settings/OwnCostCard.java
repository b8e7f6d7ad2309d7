package io.lakebaseops.console.settings;

import io.lakebaseops.console.Texts;
import io.lakebaseops.console.parts.Facts;
import io.lakebaseops.console.parts.LimitBar;
import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.domain.Format;
import io.lakebaseops.postgres.OwnLoad;
import io.lakebaseops.postgres.OwnLoad.Part;

import javafx.scene.layout.VBox;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// What this program costs the server shown: its connections, its statements of the last hour and
/// their time.
final class OwnCostCard extends VBox {
    private static final int NAMED = 5;

    private final VBox facts = new VBox(6);
    private final LimitBar bar = new LimitBar();
    private final VBox legend = new VBox(2);

    OwnCostCard() {
        getStyleClass().addAll("card", "settings-card");
        setId("own-cost");
        getChildren()
                .addAll(
                        Nodes.row(
                                FactCards.title(Texts.of("Own cost")),
                                Nodes.spacer(),
                                Nodes.label(Texts.of("last hour"), "card-note")),
                        facts,
                        bar,
                        legend);
    }

    void show(OwnLoad load) {
        long statements = load.lastHour().stream().mapToLong(Part::statements).sum();
        var waited =
                load.lastHour().stream().map(Part::waited).reduce(Duration.ZERO, Duration::plus);
        double share = waited.toMillis() / (double) Duration.ofHours(1).toMillis();
        facts.getChildren()
                .setAll(
                        new Facts()
                                .add(
                                        Texts.of("connections"),
                                        Texts.of(
                                                "%s of %s",
                                                load.pids().size(), OwnLoad.MOST_CONNECTIONS))
                                .add(Texts.of("statements"), Format.grouped(statements))
                                .add(
                                        Texts.of("time of them"),
                                        Format.duration(waited)
                                                + ", "
                                                + Format.digits(share * 100)
                                                + " %"));
        var parts = new ArrayList<LimitBar.Part>();
        var words = new ArrayList<String>();
        var named = load.lastHour().subList(0, Math.min(NAMED, load.lastHour().size()));
        for (int i = 0; i < named.size(); i++) {
            var p = named.get(i);
            parts.add(
                    new LimitBar.Part(
                            p.module(), p.waited().toNanos(), "series-" + (i + 1), false));
            words.add(words(p));
        }
        var rest = load.lastHour().subList(named.size(), load.lastHour().size());
        if (!rest.isEmpty()) {
            parts.add(
                    new LimitBar.Part(
                            Texts.of("others"),
                            rest.stream().mapToLong(p -> p.waited().toNanos()).sum(),
                            "series-7",
                            false));
        }
        bar.show(Math.max(1, waited.toNanos()), parts, List.of());
        bar.setVisible(!parts.isEmpty());
        Nodes.tip(bar, words.isEmpty() ? Texts.of("nothing was sent") : String.join("\n", words));
        var first =
                named.isEmpty()
                        ? Texts.of("Nothing was sent.")
                        : Texts.of("most for %s", words(named.getFirst()));
        legend.getChildren().setAll(Nodes.wrapped(first, "row-sub"));
    }

    private static String words(Part p) {
        return p.module().replace('_', ' ')
                + ": "
                + Texts.count(p.statements(), "statement")
                + ", "
                + Format.duration(p.waited());
    }
}

package io.lakebaseops.console.overview;

import io.lakebaseops.console.Texts;
import io.lakebaseops.console.parts.ChartPicture;
import io.lakebaseops.console.parts.Nodes;

import javafx.geometry.Pos;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;

import org.jspecify.annotations.Nullable;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/// The line above the charts: their range, what the flags in it are, and how many vacuums ran.
final class ChartLegend extends HBox {
    /// As many as have room beside each other.
    private static final int NAMED = 4;

    /// Made anew only where it says something else: labels made anew are styled anew.
    private List<?> said = List.of();

    ChartLegend() {
        super(16);
        setAlignment(Pos.CENTER_LEFT);
        setMinWidth(0);
    }

    /// @param whole shows the whole range again; null while it is shown
    void show(ChartPicture p, ZoneId zone, @Nullable Runnable whole) {
        var next = List.of(says(p, zone), whole != null);
        if (next.equals(said)) {
            return;
        }
        said = next;
        getChildren().clear();
        var range =
                Nodes.label(
                        Texts.clock(p.from(), p.to(), zone)
                                + " – "
                                + Texts.clock(p.to(), p.to(), zone),
                        "card-title");
        range.setMinWidth(USE_PREF_SIZE);
        getChildren().add(range);
        if (whole != null) {
            getChildren().add(Nodes.button(Texts.of("Whole range (Esc)"), whole, "link"));
        }
        getChildren().add(Nodes.spacer());
        var generated = p.generated();
        if (generated != null && generated.reaches(p.from())) {
            var ground = new Region();
            ground.getStyleClass().add("legend-generated");
            var words = Nodes.label(generated.words(p.to(), zone), "chart-tick");
            words.setMinWidth(USE_PREF_SIZE);
            getChildren().add(box(ground, words));
        }
        int first = Math.max(0, p.flags().size() - NAMED);
        for (var flag : p.flags().subList(first, p.flags().size())) {
            var words = Texts.clock(flag.at(), p.to(), zone) + " " + flag.text();
            var label = Nodes.label("▼ " + words, "chart-tick", "chart-flag", flag.role().css());
            label.setMinWidth(0);
            getChildren().add(label);
        }
        if (!p.ticks().isEmpty()) {
            var tick = new Region();
            tick.getStyleClass().add("legend-tick");
            var vacuums = Nodes.label(Texts.count(p.ticks().size(), "vacuum"), "chart-tick");
            vacuums.setMinWidth(USE_PREF_SIZE);
            getChildren().add(box(tick, vacuums));
        }
    }

    private static List<String> says(ChartPicture p, ZoneId zone) {
        var generated = p.generated();
        var says = new ArrayList<String>();
        says.add(Texts.clock(p.from(), p.to(), zone));
        says.add(Texts.clock(p.to(), p.to(), zone));
        says.add(generated == null ? "" : generated.words(p.to(), zone));
        says.add(Integer.toString(p.ticks().size()));
        p.flags().forEach(f -> says.add(Texts.clock(f.at(), p.to(), zone) + f.role() + f.text()));
        return says;
    }

    private static HBox box(Region sign, Region words) {
        var box = new HBox(6, sign, words);
        box.setAlignment(Pos.CENTER_LEFT);
        return box;
    }
}

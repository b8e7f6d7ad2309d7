package io.lakebaseops.console.queries;

import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.Destination;
import io.lakebaseops.console.Texts;
import io.lakebaseops.console.parts.ChartPicture;
import io.lakebaseops.console.parts.ChartPicture.Flag;
import io.lakebaseops.console.parts.ChartPicture.Limit;
import io.lakebaseops.console.parts.ChartPicture.Point;
import io.lakebaseops.console.parts.ChartPicture.Series;
import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.WaitClass;
import io.lakebaseops.lakehouse.history.WaitLoad;

import javafx.scene.Node;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/// The picture of the load: active sessions stacked by wait class, and the legend with the mean of
/// each class.
final class LoadChart {
    private static final String GREY = "series-8";

    private LoadChart() {}

    /// Amber and red are kept for severity.
    static String style(WaitClass of) {
        return switch (of) {
            case CPU -> "series-1";
            case IO -> "series-2";
            case LWLOCK -> "series-5";
            case LOCK -> "series-6";
            case IPC -> "series-3";
            case CLIENT -> "series-7";
            case OTHER -> GREY;
        };
    }

    /// @param only draws one class alone; null for all
    static ChartPicture of(QueriesSnapshot p, @Nullable WaitClass only, ConsoleSession session) {
        var series = new ArrayList<Series>();
        var slices = p.load().slices().stream().filter(WaitLoad.Slice::sampled).toList();
        for (var one : WaitClass.values()) {
            boolean any = slices.stream().anyMatch(s -> s.sessions().getOrDefault(one, 0.0) > 0);
            if (any && (only == null || only == one)) {
                series.add(
                        new Series(
                                one.label(),
                                style(one),
                                true,
                                slices.stream().map(s -> point(s, one)).toList()));
            }
        }
        if (series.isEmpty() && !slices.isEmpty()) {
            series.add(
                    new Series(
                            WaitClass.CPU.label(),
                            style(WaitClass.CPU),
                            true,
                            slices.stream().map(s -> point(s, WaitClass.CPU)).toList()));
        }
        var picture =
                ChartPicture.of(p.whole().from(), p.whole().until(), series, Format::digits)
                        .asStack()
                        .generated(p.generated())
                        .silence(Texts.of("no samples in this range"))
                        .events(p.marks().stream().map(m -> flag(m, session)).toList(), List.of());
        var vcpus = p.vcpus();
        return vcpus == null
                ? picture
                : picture.limits(List.of(new Limit(vcpus, Texts.of("%s vCPU", vcpus), Role.MUTED)));
    }

    private static Point point(WaitLoad.Slice slice, WaitClass of) {
        var middle =
                slice.from()
                        .plus(java.time.Duration.between(slice.from(), slice.until()).dividedBy(2));
        return new Point(middle, slice.sessions().getOrDefault(of, 0.0));
    }

    private static Flag flag(QueriesSnapshot.Mark mark, ConsoleSession session) {
        var plan = mark.plan();
        var statement = mark.statement();
        Destination opens =
                plan != null
                        ? Destination.plan(plan)
                        : statement == null ? null : Destination.statement(statement);
        return new Flag(
                mark.at(),
                mark.text(),
                mark.bad() ? Role.CRITICAL : statement == null ? Role.INFO : Role.WARNING,
                opens == null ? null : () -> session.goTo(opens));
    }

    /// The mean of the range and of each class; a click draws one class alone.
    static List<Node> legend(
            QueriesSnapshot p, @Nullable WaitClass only, Consumer<WaitClass> choose) {
        var nodes = new ArrayList<Node>();
        if (!p.sampled()) {
            return nodes;
        }
        var sum = Nodes.label(Format.digits(p.mean()), "strong-quiet");
        sum.setId("load-mean");
        nodes.add(sum);
        nodes.add(Nodes.label(Texts.of("in the range ="), "row-sub"));
        for (var one : WaitClass.values()) {
            double mean = p.means().getOrDefault(one, 0.0);
            if (mean > 0) {
                nodes.add(entry(one, mean, only, choose));
            }
        }
        return nodes;
    }

    private static Node entry(
            WaitClass one, double mean, @Nullable WaitClass only, Consumer<WaitClass> choose) {
        var square = new Region();
        square.getStyleClass().addAll("legend-square", style(one));
        var button =
                Nodes.button(
                        "%s %s".formatted(one.label(), Format.digits(mean)),
                        () -> choose.accept(one),
                        "legend-entry");
        button.setGraphic(square);
        button.setId("load-" + one.name().toLowerCase(java.util.Locale.ROOT));
        if (only != null && only != one) {
            button.setOpacity(0.55);
        }
        Nodes.tip(
                button, only == one ? Texts.of("All classes again") : Texts.of("Only this class"));
        return button;
    }

    /// A bar of a line's load, split by what it waited for.
    static Node bar(StatementLine line, double width) {
        var bar = new HBox();
        bar.getStyleClass().add("load-bar");
        double whole = Math.max(2, line.share() * width);
        double seconds = line.classes().values().stream().mapToDouble(v -> v).sum();
        if (seconds <= 0) {
            bar.getChildren().add(part("series-7", whole));
        } else {
            Arrays.stream(WaitClass.values())
                    .filter(c -> line.in(c) > 0)
                    .forEach(
                            c ->
                                    bar.getChildren()
                                            .add(part(style(c), whole * line.in(c) / seconds)));
        }
        bar.setMinWidth(width);
        bar.setMaxWidth(width);
        return bar;
    }

    private static Node part(String style, double width) {
        var part = new Region();
        part.getStyleClass().addAll("load-part", style);
        part.setMinWidth(width);
        part.setPrefWidth(width);
        return part;
    }
}

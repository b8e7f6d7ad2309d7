package io.lakebaseops.console.sync;

import io.lakebaseops.agents.health.sync.PairResult;
import io.lakebaseops.agents.health.sync.SyncBoard;
import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.Texts;
import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.domain.Format;
import io.lakebaseops.reconcile.BucketStrip;
import io.lakebaseops.reconcile.CheckProgress;
import io.lakebaseops.reconcile.CheckProgress.Phase;
import io.lakebaseops.reconcile.DifferenceClass;
import io.lakebaseops.reconcile.DifferingKey;
import io.lakebaseops.reconcile.PairCheck;

import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;

/// The check under way with its phases, or else the last one of the selected pair; below it the
/// buckets.
final class CheckCard {
    /// The steps of a check stand in its head where there is room for them.
    private static final double WIDE = 860;

    private final ConsoleSession session;
    private final SyncViewModel model;
    private final HBox head = new HBox(10);
    private final FlowPane figures = new FlowPane(22, 4);
    private final HBox legend = new HBox(14);
    private final BucketGrid grid = new BucketGrid();
    private final VBox card = new VBox(8, head, figures, legend, grid);

    CheckCard(ConsoleSession session, SyncViewModel model) {
        this.session = session;
        this.model = model;
        card.getStyleClass().addAll("card", "table-card");
        card.setId("check");
        head.setAlignment(Pos.CENTER_LEFT);
        legend.setAlignment(Pos.CENTER_LEFT);
        grid.says(this::bucket);
        grid.onChoice(b -> model.only(b < 0 ? null : (Integer) b));
    }

    Node node() {
        return card;
    }

    void show() {
        var running = model.runningProperty().get();
        var progress = running == null ? null : running.progress().orElse(null);
        if (running != null && progress != null) {
            running(running, progress);
        } else {
            last();
        }
    }

    private void running(SyncBoard.Running running, CheckProgress p) {
        var elapsed = Duration.between(p.startedAt(), session.now());
        head.getChildren()
                .setAll(
                        Nodes.label(
                                running.pair().source()
                                        + (running.paused()
                                                ? Texts.of(", paused")
                                                : Texts.of(", check running")),
                                "card-title"));
        if (card.getWidth() > WIDE) {
            for (var phase : Phase.values()) {
                head.getChildren().add(phase(phase, p));
            }
        }
        head.getChildren().add(Nodes.spacer());
        var hold =
                Nodes.button(
                        running.paused() ? Texts.of("Resume") : Texts.of("Pause"),
                        () -> model.pause(!running.paused()),
                        "small");
        hold.setId("pause");
        var cancel = Nodes.button(Texts.of("Cancel"), model::cancel, "small");
        cancel.setId("cancel");
        head.getChildren().addAll(hold, cancel);
        double seconds = Math.max(0.001, elapsed.toMillis() / 1e3);
        double rate = p.rowsRead() / seconds;
        figures.getChildren()
                .setAll(
                        Nodes.figure(
                                Texts.of(
                                        "%s of %s",
                                        Format.grouped(p.rowsRead()),
                                        Format.grouped(p.rowsTotal())),
                                Texts.of("rows read, %s / s", Format.grouped(rate))),
                        Nodes.figure(Format.duration(elapsed), ends(p, rate)),
                        Nodes.figure(
                                Format.grouped(p.differing()),
                                p.differing() == 1
                                        ? Texts.of("bucket differs so far")
                                        : Texts.of("buckets differ so far")));
        legend(p.strip());
        grid.show(p.strip(), List.of(), List.of());
    }

    private static String ends(CheckProgress p, double rate) {
        long left = p.rowsTotal() - p.rowsRead();
        return p.phase().compareTo(Phase.SUMS) > 0 || rate < 1 || left <= 0
                ? Texts.of("elapsed")
                : Texts.of(
                        "ends in about %s",
                        Format.briefly(Duration.ofMillis((long) (left / rate * 1000))));
    }

    private static Node phase(Phase phase, CheckProgress p) {
        int order = phase.compareTo(p.phase());
        var label =
                Nodes.label(
                        phase == Phase.SUMS && order == 0 && p.rowsTotal() > 0
                                ? "%s %d %%"
                                        .formatted(
                                                phase.label(), 100 * p.rowsRead() / p.rowsTotal())
                                : phase.label(),
                        order > 0 ? "row-sub" : "small-cell");
        label.setGraphic(
                Nodes.icon(
                        order < 0 ? Feather.CHECK : Feather.CIRCLE,
                        order < 0 ? Role.OK : order == 0 ? Role.INFO : Role.MUTED));
        label.setMinWidth(Region.USE_PREF_SIZE);
        return label;
    }

    private void last() {
        var pair = model.pair();
        var result = pair.flatMap(p -> p.result()).orElse(null);
        var title =
                pair.isEmpty()
                        ? Texts.of("No pair is selected")
                        : result == null
                                ? Texts.of("%s, not compared yet", pair.get().name())
                                : Texts.of(
                                        "%s, compared %s",
                                        pair.get().name(),
                                        Texts.clock(
                                                result.checkedAt(), session.now(), session.zone()));
        head.getChildren().setAll(Nodes.label(title, "card-title"), Nodes.spacer());
        pair.ifPresent(
                p -> {
                    var again =
                            Nodes.button(
                                    Texts.of("Compare now"),
                                    () -> model.compare(p.name()),
                                    "small");
                    again.setId("compare");
                    head.getChildren().add(again);
                });
        var check = result == null ? null : result.check();
        grid.setVisible(check != null);
        grid.setManaged(check != null);
        if (check == null) {
            figures.getChildren().setAll(refusal(result));
            legend.getChildren().clear();
            grid.show("", List.of(), List.of());
            return;
        }
        figures.getChildren().setAll(figures(Objects.requireNonNull(result), check));
        legend(check.strip());
        grid.show(check.strip(), marks(check), axis(check));
    }

    private List<Node> refusal(@Nullable PairResult result) {
        if (result == null || result.error() == null) {
            return List.of();
        }
        var why =
                Nodes.wrapped(
                        "%s. %s".formatted(result.error(), result.remedy()),
                        "said",
                        Role.CRITICAL.css());
        return List.of(why);
    }

    private static List<Node> figures(PairResult result, PairCheck check) {
        var nodes = new ArrayList<Node>();
        double seconds = Math.max(1e-3, check.took().toMillis() / 1e3);
        nodes.add(
                Nodes.figure(
                        Format.grouped(check.sourceRows()),
                        Texts.of(
                                "rows read, %s / s",
                                Format.grouped(check.sourceRows() / seconds))));
        nodes.add(
                Nodes.figure(
                        Format.duration(result.took()),
                        Texts.of(
                                "%s %% read twice",
                                Format.digits(
                                        100.0
                                                * check.rowsReread()
                                                / Math.max(1, check.sourceRows())))));
        nodes.add(
                Nodes.figure(
                        Texts.count(check.differing(), "key"),
                        Texts.of(
                                "in %s",
                                Texts.count(count(check.strip(), BucketStrip.DIFFERS), "bucket"))));
        long missing = of(check, DifferenceClass.MISSING);
        long extra = of(check, DifferenceClass.EXTRA);
        nodes.add(
                Nodes.figure(
                        "%d − %d = %d".formatted(missing, extra, missing - extra),
                        missing - extra == check.drift()
                                ? Texts.of("missing − extra = drift")
                                : Texts.of("missing − extra; the drift is %s", check.drift())));
        if (check.late() > 0) {
            nodes.add(
                    Nodes.figure(
                            Texts.count(check.late(), "key"),
                            Texts.of("late: changed a moment ago")));
        }
        if (!check.notes().isEmpty()) {
            var notes =
                    Nodes.figure(
                            Texts.count(check.notes().size(), "note"), Texts.of("not compared"));
            Nodes.tip(notes, String.join("\n", check.notes()));
            nodes.add(notes);
        }
        return nodes;
    }

    private static long of(PairCheck check, DifferenceClass kind) {
        return check.keys().stream().filter(k -> k.kind() == kind).count();
    }

    private static long count(String strip, char state) {
        return strip.chars().filter(c -> c == state).count();
    }

    private void legend(String strip) {
        legend.getChildren().clear();
        legend(
                strip,
                BucketStrip.DIFFERS,
                Role.CRITICAL.css(),
                Texts.of("of 1,024 buckets differ"));
        legend(strip, BucketStrip.EQUAL, Role.OK.css(), Texts.of("equal"));
        legend(strip, BucketStrip.UNREAD, "unread", Texts.of("not yet read"));
    }

    private void legend(String strip, char state, String css, String words) {
        long count = count(strip, state);
        if (count == 0 && state != BucketStrip.DIFFERS) {
            return;
        }
        var box = new Region();
        box.getStyleClass().setAll("bucket", css);
        box.setMinSize(9, 9);
        box.setMaxSize(9, 9);
        var label = Nodes.label(Format.grouped(count) + " " + words, "row-sub");
        label.setGraphic(box);
        legend.getChildren().add(label);
    }

    /// One name for the alike keys, over the first of their buckets.
    private static List<BucketGrid.Mark> marks(PairCheck check) {
        var groups = new LinkedHashMap<String, List<DifferingKey>>();
        check.keys()
                .forEach(
                        k ->
                                groups.computeIfAbsent(
                                                k.kind() + " " + k.bucket() / 24,
                                                _ -> new ArrayList<>())
                                        .add(k));
        return groups.values().stream()
                .map(
                        g ->
                                new BucketGrid.Mark(
                                        g.getFirst().bucket(),
                                        g.size() + " " + Texts.of(g.getFirst().kind().label())))
                .sorted(Comparator.comparingInt(BucketGrid.Mark::bucket))
                .toList();
    }

    private static List<String> axis(PairCheck check) {
        var low = check.low();
        var high = check.high();
        if (low == null || high == null) {
            return List.of(Texts.of("buckets are parts of a hash of the key"), "");
        }
        var ticks = new ArrayList<String>();
        for (int i = 0; i <= 4; i++) {
            long key = low + (high - low) / 4 * i;
            ticks.add(
                    (i == 0 ? check.keyColumns().getFirst() + " " : "")
                            + Format.grouped(i == 4 ? (long) high : key));
        }
        return ticks;
    }

    private String bucket(int bucket) {
        var check = model.check().orElse(null);
        if (bucket < 0 || check == null || model.runningProperty().get() != null) {
            return Texts.of("Buckets in key order, oldest left");
        }
        var low = check.low();
        var high = check.high();
        var keys = Texts.of("Bucket %s", Format.grouped(bucket));
        if (low != null && high != null) {
            long width = (high - low + 1) / 1024;
            keys +=
                    Texts.of(
                            ": %s %s to %s",
                            check.keyColumns().getFirst(),
                            Format.grouped(low + bucket * width),
                            Format.grouped(low + (bucket + 1) * width - 1));
        }
        var r = check.ranges();
        return Texts.of(
                "%s%nPostgreSQL %s, sum %016x%nDelta %s, sum %016x",
                keys,
                Texts.count(r.sourceRows().get(bucket), "row"),
                r.sourceSums().get(bucket),
                Texts.count(r.deltaRows().get(bucket), "row"),
                r.deltaSums().get(bucket));
    }
}

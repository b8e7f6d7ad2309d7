package io.lakebaseops.console.sync;

import io.lakebaseops.agents.health.sync.PairList;
import io.lakebaseops.agents.health.sync.PairResult;
import io.lakebaseops.agents.health.sync.SyncMonitor;
import io.lakebaseops.agents.health.sync.SyncMonitor.Pair;
import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.Texts;
import io.lakebaseops.console.parts.DataTable;
import io.lakebaseops.console.parts.DataTable.Column;
import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.console.parts.RowItem;
import io.lakebaseops.console.parts.Sparkline;
import io.lakebaseops.domain.Format;
import io.lakebaseops.reconcile.PairCheck;

import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.layout.HBox;

import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/// The pairs with rows of both sides, drift, lag now and over the day, and what a check costs; at
/// the end those found that nobody decided about.
final class PairsTable {
    private static final String STATE = Texts.of("State");
    private static final String DAY = Texts.of("Last 24 h");
    /// All columns need 1,034, and 964 without the version.
    private static final double WIDE = 1036;

    private static final double NARROW = 966;
    private static final double NARROWEST = 770;
    private static final Duration SLOT = Duration.ofMinutes(15);
    private static final int SLOTS = 96;

    private final ConsoleSession session;
    private final DataTable<Line> table;
    private boolean showing;
    private Instant now = Instant.EPOCH;

    /// A watched pair, or one that was found.
    private record Line(
            @Nullable Pair pair, PairList.@Nullable Found found, List<SyncMonitor.Lag> lags) {
        String name() {
            return pair != null ? pair.name() : found != null ? found.pair().source() : "";
        }

        Optional<PairResult> result() {
            return pair == null ? Optional.empty() : pair.result();
        }

        Optional<PairCheck> check() {
            return result().map(PairResult::check);
        }
    }

    PairsTable(ConsoleSession session, SyncViewModel model) {
        this.session = session;
        table =
                new DataTable<>(
                        Texts.marked("pairs"),
                        List.of(
                                Column.text(STATE, 118, this::state),
                                Column.text(Texts.of("Table"), 130, Line::name),
                                number(
                                        Texts.of("Rows"),
                                        92,
                                        PairsTable::rows,
                                        PairCheck::sourceRows),
                                number(
                                        Texts.of("Rows in Delta"),
                                        100,
                                        l -> check(l, c -> Format.grouped(c.deltaRows())),
                                        PairCheck::deltaRows),
                                number(
                                        Texts.of("Version"),
                                        70,
                                        l -> check(l, c -> "v " + Format.grouped(c.version())),
                                        PairCheck::version),
                                number(
                                                Texts.of("Drift"),
                                                60,
                                                l -> check(l, c -> SyncWords.signed(c.drift())),
                                                PairCheck::drift)
                                        .colored(
                                                l ->
                                                        l.check()
                                                                        .filter(c -> !c.equal())
                                                                        .isPresent()
                                                                ? Role.CRITICAL
                                                                : Role.MUTED),
                                number(Texts.of("Lag now"), 92, PairsTable::lag, _ -> 0)
                                        .colored(
                                                l ->
                                                        l.result()
                                                                        .filter(PairResult::stale)
                                                                        .isPresent()
                                                                ? Role.WARNING
                                                                : Role.MUTED),
                                Column.text(DAY, 124, PairsTable::day),
                                Column.number(
                                        Texts.of("Checked"),
                                        80,
                                        this::checked,
                                        Comparator.comparing(
                                                l ->
                                                        l.result()
                                                                .map(PairResult::checkedAt)
                                                                .orElse(Instant.EPOCH))),
                                number(
                                        Texts.of("A check takes"),
                                        104,
                                        l ->
                                                l.result()
                                                        .map(r -> Format.duration(r.took()))
                                                        .orElse(""),
                                        c -> c.took().toMillis())));
        table.table().setId("pairs");
        table.picture(STATE, 118, this::drawState);
        table.picture(DAY, 110, PairsTable::spark);
        table.acts(
                64,
                l -> {
                    var found = l.found();
                    return found == null
                            ? List.of()
                            : List.of(
                                    new RowItem.Act(
                                            Feather.EYE,
                                            Texts.of("Watch"),
                                            () -> model.decide(found, true)),
                                    new RowItem.Act(
                                            Feather.EYE_OFF,
                                            Texts.of("Ignore"),
                                            () -> model.decide(found, false)));
                });
        table.hideBelow(WIDE, Texts.of("Version"));
        table.hideBelow(NARROW, Texts.of("Rows in Delta"), Texts.of("A check takes"));
        // Whether a pair is watched can be decided at every width.
        table.hideBelow(NARROWEST, DAY);
        table.table()
                .getSelectionModel()
                .selectedItemProperty()
                .addListener(
                        (_, _, l) -> {
                            if (!showing && l != null && l.pair() != null) {
                                model.selectPair(l.name());
                            }
                        });
    }

    private static Column<Line> number(
            String title, double width, Function<Line, String> text, ToLongFunction<PairCheck> by) {
        return Column.number(
                title,
                width,
                text,
                Comparator.comparing(l -> l.check().map(by::applyAsLong).orElse(Long.MIN_VALUE)));
    }

    DataTable<Line> node() {
        return table;
    }

    void show(SyncSnapshot p, @Nullable String selected) {
        now = p.now();
        var lines = new ArrayList<Line>();
        p.pairs().stream()
                .sorted(
                        Comparator.comparing((Pair q) -> severity(SyncWords.role(q)))
                                .thenComparing(Pair::name))
                .forEach(
                        q ->
                                lines.add(
                                        new Line(
                                                q,
                                                null,
                                                p.round()
                                                        .lags()
                                                        .getOrDefault(q.name(), List.of()))));
        p.round().found().forEach(f -> lines.add(new Line(null, f, List.of())));
        showing = true;
        table.show(lines);
        lines.stream()
                .filter(l -> l.pair() != null && l.name().equals(selected))
                .findFirst()
                .ifPresent(l -> table.table().getSelectionModel().select(l));
        showing = false;
    }

    static int severity(Role role) {
        return switch (role) {
            case CRITICAL -> 0;
            case WARNING -> 1;
            case UNAVAILABLE -> 2;
            case OK, INFO, SIMULATED, MUTED -> 3;
        };
    }

    private static String check(Line l, Function<PairCheck, String> text) {
        return l.check().map(text).orElse("–");
    }

    private static String rows(Line l) {
        return l.found() != null
                ? "~" + Format.grouped(l.found().rows())
                : check(l, c -> Format.grouped(c.sourceRows()));
    }

    private String state(Line l) {
        return l.pair() == null ? Texts.of("found") : SyncWords.state(l.pair());
    }

    private Node drawState(Line l) {
        var role = l.pair() == null ? Role.INFO : SyncWords.role(l.pair());
        var label = Nodes.label(state(l), "state-word", role.css());
        label.setGraphic(Nodes.icon(l.pair() == null ? Feather.PLUS_CIRCLE : role.icon(), role));
        return label;
    }

    private static String lag(Line l) {
        return l.result().map(PairResult::lagSeconds).map(SyncWords::lag).orElse("–");
    }

    private static String day(Line l) {
        return l.found() != null
                ? Texts.count(l.found().columns(), "column")
                : l.lags().isEmpty()
                        ? "–"
                        : Texts.of(
                                "at most %s%s",
                                SyncWords.lag(
                                        l.lags().stream()
                                                .mapToDouble(SyncMonitor.Lag::seconds)
                                                .max()
                                                .orElse(0)),
                                l.lags().stream().anyMatch(SyncMonitor.Lag::simulated)
                                        ? Texts.of(", partly generated")
                                        : "");
    }

    /// A gap is a check that did not run.
    private static Node spark(Line l) {
        if (l.lags().isEmpty()) {
            return Nodes.label(day(l), "row-sub");
        }
        var values = new double[SLOTS];
        Arrays.fill(values, Double.NaN);
        var end = l.lags().getLast().at();
        for (var lag : l.lags()) {
            long back = Duration.between(lag.at(), end).dividedBy(SLOT);
            if (back >= 0 && back < SLOTS) {
                values[SLOTS - 1 - (int) back] = lag.seconds();
            }
        }
        var spark = new Sparkline();
        spark.setPrefWidth(104);
        spark.show(
                values,
                l.result().filter(PairResult::stale).isPresent() ? Role.WARNING : Role.INFO,
                l.result().map(PairResult::limitSeconds).orElse(0.0));
        Nodes.tip(spark, day(l));
        var middle = new HBox(spark);
        middle.setAlignment(Pos.CENTER_LEFT);
        return middle;
    }

    private String checked(Line l) {
        return l.result().map(r -> Texts.clock(r.checkedAt(), now, session.zone())).orElse("–");
    }
}

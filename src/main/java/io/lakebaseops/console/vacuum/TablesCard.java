package io.lakebaseops.console.vacuum;

import io.lakebaseops.agents.performance.maintenance.VacuumTable;
import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.Texts;
import io.lakebaseops.console.parts.DataTable;
import io.lakebaseops.console.parts.DataTable.Column;
import io.lakebaseops.console.parts.LimitBar;
import io.lakebaseops.console.parts.LimitBar.Part;
import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.domain.Format;

import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;

/// The tables with a bar from zero to each of their own limits, lateness, bloat and the next run.
final class TablesCard {
    private static final String DEAD = Texts.of("Dead rows of limit");
    private static final String INSERTED = Texts.of("Inserted");
    private static final String ANALYZE = Texts.of("Analyze");
    private static final String BLOAT = Texts.of("Bloat");
    private static final double NARROW = 900;

    private final ConsoleSession session;
    private final DataTable<VacuumTable> table;
    private boolean showing;
    private Instant now = Instant.EPOCH;
    private Set<String> locked = Set.of();
    private boolean foretells = true;

    TablesCard(ConsoleSession session, Consumer<VacuumTable> open) {
        this.session = session;
        table =
                new DataTable<>(
                        Texts.marked("tables"),
                        List.of(
                                Column.text(Texts.of("Table"), 128, VacuumTable::name),
                                column(DEAD, 214, this::dead, byShare(TablesCard::deadShare)),
                                column(
                                        INSERTED,
                                        104,
                                        this::inserted,
                                        byShare(TablesCard::insertedShare)),
                                column(
                                        ANALYZE,
                                        104,
                                        this::analyze,
                                        byShare(TablesCard::analyzeShare)),
                                Column.number(
                                                Texts.of("Late"),
                                                86,
                                                this::late,
                                                Comparator.comparing(this::lateBy))
                                        .colored(this::role),
                                column(
                                        BLOAT,
                                        116,
                                        VacuumWords::bloat,
                                        byShare(
                                                t ->
                                                        Objects.requireNonNullElse(
                                                                t.bloatLow(), -1.0))),
                                Column.number(
                                        Texts.of("Last run"),
                                        92,
                                        this::last,
                                        Comparator.comparing(
                                                t ->
                                                        Objects.requireNonNullElse(
                                                                t.lastVacuum(), Instant.EPOCH))),
                                Column.number(
                                                Texts.of("Next run"),
                                                104,
                                                this::next,
                                                Comparator.comparing(
                                                        t ->
                                                                Objects.requireNonNullElse(
                                                                        t.next(), Instant.MAX)))
                                        .colored(t -> t.running() ? Role.INFO : Role.SIMULATED)));
        table.picture(DEAD, 162, this::deadCell);
        table.picture(INSERTED, 94, t -> barCell(insertedShare(t), inserted(t)));
        table.picture(ANALYZE, 94, t -> barCell(analyzeShare(t), analyze(t)));
        table.picture(BLOAT, 116, TablesCard::bloatCell);
        table.hideBelow(NARROW, BLOAT, Texts.of("Last run"));
        table.table().setId("vacuum-tables");
        table.table()
                .getSelectionModel()
                .selectedItemProperty()
                .addListener(
                        (_, _, line) -> {
                            if (!showing && line != null) {
                                open.accept(line);
                            }
                        });
    }

    private static Column<VacuumTable> column(
            String title,
            double width,
            java.util.function.Function<VacuumTable, String> text,
            Comparator<VacuumTable> order) {
        return Column.number(title, width, text, order);
    }

    private static Comparator<VacuumTable> byShare(
            java.util.function.ToDoubleFunction<VacuumTable> share) {
        return Comparator.comparingDouble(share);
    }

    DataTable<VacuumTable> node() {
        return table;
    }

    /// @param chosen the table in the pane, by name; null for none
    /// @param skipped those autovacuum skips because of a lock
    /// @param fresh the next run is foretold only from what is read now
    void show(
            List<VacuumTable> rows,
            @Nullable String chosen,
            Set<String> skipped,
            Instant at,
            boolean fresh) {
        foretells = fresh;
        now = at;
        locked = skipped;
        showing = true;
        try {
            table.show(rows);
            var view = table.table();
            var line = view.getItems().stream().filter(t -> t.name().equals(chosen)).findFirst();
            if (line.isPresent()) {
                view.getSelectionModel().select(line.get());
            } else {
                view.getSelectionModel().clearSelection();
            }
        } finally {
            showing = false;
        }
    }

    private Role role(VacuumTable t) {
        var role = VacuumWords.role(t, now);
        return role == Role.OK ? Role.MUTED : role;
    }

    private static double deadShare(VacuumTable t) {
        return t.unknown() ? -1 : t.dead() / Math.max(1, t.deadLimit());
    }

    private static double insertedShare(VacuumTable t) {
        var limit = t.insertLimit();
        return limit == null || t.unknown() ? -1 : t.inserted() / Math.max(1, limit);
    }

    private static double analyzeShare(VacuumTable t) {
        return t.toast() || t.unknown() ? -1 : t.changed() / Math.max(1, t.analyzeLimit());
    }

    private Duration lateBy(VacuumTable t) {
        var late = t.late(now);
        return late == null ? Duration.ZERO : late;
    }

    private String dead(VacuumTable t) {
        return t.unknown()
                ? unknown(t)
                : Texts.of("%s of %s", VacuumWords.rows(t.dead()), VacuumWords.rows(t.deadLimit()));
    }

    private String unknown(VacuumTable t) {
        return Texts.of(
                "unknown since %s", VacuumWords.when(t.unknownSince(), now, session.zone()));
    }

    private String inserted(VacuumTable t) {
        return t.unknown()
                ? Texts.of("unknown")
                : t.insertLimit() == null ? Texts.of("off") : VacuumWords.share(insertedShare(t));
    }

    private String analyze(VacuumTable t) {
        return t.toast()
                ? Texts.of("never")
                : t.unknown() ? Texts.of("unknown") : VacuumWords.share(analyzeShare(t));
    }

    private String late(VacuumTable t) {
        if (!t.overVacuumLimit() || !t.overFloor()) {
            return "–";
        }
        var late = t.late(now);
        return late == null ? Texts.of("unknown") : VacuumWords.late(late);
    }

    private String last(VacuumTable t) {
        return t.lastVacuum() == null
                ? Texts.of("never")
                : VacuumWords.when(t.lastVacuum(), now, session.zone());
    }

    private String next(VacuumTable t) {
        if (!foretells) {
            return "–";
        }
        return locked.contains(t.name())
                ? Texts.of("locked")
                : VacuumWords.next(t, now, session.zone());
    }

    private Node deadCell(VacuumTable t) {
        var text = Nodes.label(dead(t), "small-cell");
        if (t.unknown()) {
            text.getStyleClass().add("quiet");
            return text;
        }
        var bar = new LimitBar();
        bar.setMaxWidth(Double.MAX_VALUE);
        var kept = t.held();
        long held = kept == null ? 0 : Math.min(kept, t.dead());
        // What alone is far below the limit harms nobody.
        var heldRole = t.dead() > t.deadLimit() ? Role.CRITICAL : Role.WARNING;
        bar.show(
                t.deadLimit(),
                List.of(
                        Part.of(Texts.of("held back"), held, heldRole),
                        Part.of(Texts.of("removable"), t.dead() - held, Role.INFO)),
                List.of());
        Nodes.tip(bar, formula(t, held));
        return line(bar, text, 108);
    }

    private static String formula(VacuumTable t, long held) {
        return Texts.of(
                "%s dead rows; autovacuum begins above %s (threshold + scale factor × rows, its own settings)%s",
                Format.grouped(t.dead()),
                Format.grouped(t.deadLimit()),
                held == 0 ? "" : Texts.of("\n%s of them cannot go yet", Format.grouped(held)));
    }

    private static Node barCell(double share, String words) {
        var text = Nodes.label(words, "small-cell");
        if (share < 0) {
            text.getStyleClass().add("quiet");
            return line(Nodes.spacer(), text, 40);
        }
        if (share > 1) {
            text.getStyleClass().addAll("said", Role.WARNING.css());
        }
        var bar = new LimitBar();
        bar.setMaxWidth(Double.MAX_VALUE);
        bar.show(
                1,
                List.of(
                        Part.of(
                                Texts.of("of its limit"),
                                share,
                                share > 1 ? Role.WARNING : Role.INFO)),
                List.of());
        return line(bar, text, 40);
    }

    private static Node bloatCell(VacuumTable t) {
        var low = t.bloatLow();
        var high = t.bloatHigh();
        Label text = Nodes.label(VacuumWords.bloat(t), "small-cell");
        if (low == null || high == null) {
            text.getStyleClass().add("quiet");
            return line(Nodes.spacer(), text, 56);
        }
        var bar = new ErrorBar();
        bar.show(low, high, t.bloated() ? Role.CRITICAL : Role.MUTED);
        Nodes.tip(
                bar,
                t.bloatMeasured()
                        ? Texts.of(
                                "measured by pgstattuple: what a rewrite of the table would give back")
                        : Texts.of(
                                "estimated from column statistics: what a rewrite would give back lies in the bar nine times of ten"));
        return line(bar, text, 56);
    }

    /// The words have one width, so that the bars above each other begin and end together.
    private static HBox line(Node picture, Label text, double width) {
        text.setMinWidth(width);
        text.setAlignment(Pos.CENTER_RIGHT);
        HBox.setHgrow(picture, Priority.ALWAYS);
        var line = Nodes.row(picture, text);
        line.setMinWidth(0);
        return line;
    }
}

package io.lakebaseops.console.branches;

import io.lakebaseops.agents.provisioning.migration.TestMigrationOnBranch.Locked;
import io.lakebaseops.console.Texts;
import io.lakebaseops.console.parts.DataTable;
import io.lakebaseops.console.parts.DataTable.Column;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.plan.LockLevel;

import javafx.scene.Node;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/// The lock X-ray: each statement of the migration on one clock, the strongest lock it took and how
/// long, whether it wrote the table anew, and how many statements would have waited.
final class LockTable {
    private static final String CLOCK = Texts.of("Clock");
    private static final String STATEMENT = Texts.of("Statement");
    private static final String LOCK = Texts.of("Strongest lock");
    private static final double LOCK_WIDTH = 186;
    private static final double CLOCK_WIDTH = 92;

    private final DataTable<Line> table;
    private Duration all = Duration.ofMillis(1);
    private Duration limit = Duration.ofSeconds(1);
    private boolean showing;

    /// @param from since the first statement began
    record Line(int number, Locked locked, Duration from) {}

    LockTable(Consumer<@Nullable Line> selected) {
        table =
                new DataTable<>(
                        Texts.marked("statements"),
                        List.of(
                                Column.number(
                                        "#",
                                        34,
                                        l -> Integer.toString(l.number()),
                                        Comparator.comparingInt(Line::number)),
                                Column.text(
                                        STATEMENT,
                                        180,
                                        l ->
                                                l.locked()
                                                        .xray()
                                                        .statement()
                                                        .strip()
                                                        .replaceAll("\\s+", " ")),
                                Column.text(
                                        CLOCK,
                                        CLOCK_WIDTH,
                                        l -> Texts.of("%s in", Format.duration(l.from()))),
                                Column.number(
                                                Texts.of("Held"),
                                                64,
                                                l -> Format.duration(l.locked().xray().took()),
                                                Comparator.comparing(
                                                        (Line l) -> l.locked().xray().took()))
                                        .colored(this::role),
                                Column.text(LOCK, LOCK_WIDTH, LockTable::lock).colored(this::role),
                                Column.text(Texts.of("Rewrote"), 96, LockTable::rewrote),
                                Column.number(
                                                Texts.of("Would wait"),
                                                82,
                                                LockTable::waiting,
                                                Comparator.comparing(LockTable::queue))
                                        .colored(l -> queue(l) >= 1 ? role(l) : Role.MUTED)));
        table.table().setId("lock-xray");
        table.picture(CLOCK, CLOCK_WIDTH, this::bar);
        table.grows(STATEMENT);
        table.placeholder(Texts.of("No statement was observed"));
        table.hideBelow(760, CLOCK, Texts.of("Rewrote"));
        // The longest name of a lock is never cut.
        table.table().getColumns().stream()
                .filter(c -> c.getText().equals(LOCK))
                .forEach(c -> c.setMinWidth(LOCK_WIDTH));
        table.table()
                .getSelectionModel()
                .selectedItemProperty()
                .addListener(
                        (_, _, line) -> {
                            if (!showing) {
                                selected.accept(line);
                            }
                        });
    }

    DataTable<Line> node() {
        return table;
    }

    void show(List<Locked> locks, Duration lockLimit) {
        limit = lockLimit;
        var lines = new ArrayList<Line>();
        var from = Duration.ZERO;
        for (int i = 0; i < locks.size(); i++) {
            lines.add(new Line(i + 1, locks.get(i), from));
            from = from.plus(locks.get(i).xray().took());
        }
        all = from.isZero() ? Duration.ofMillis(1) : from;
        showing = true;
        table.show(lines);
        showing = false;
    }

    /// The worst, so that it is what one sees first.
    void selectWorst() {
        table.table().getItems().stream()
                .filter(l -> l.locked().xray().strongest().blocksWrites())
                .max(Comparator.comparing(l -> l.locked().xray().took()))
                .ifPresent(l -> table.table().getSelectionModel().select(l));
    }

    /// Red: over the limit; amber: keeps readers or writers waiting; blue: neither.
    private Role role(Line l) {
        var xray = l.locked().xray();
        if (!xray.strongest().blocksWrites()) {
            return Role.INFO;
        }
        return xray.took().compareTo(limit) > 0 ? Role.CRITICAL : Role.WARNING;
    }

    private static String lock(Line l) {
        var level = l.locked().xray().strongest();
        return level == LockLevel.NONE ? Texts.of("no table lock") : level.name().replace('_', ' ');
    }

    private static String rewrote(Line l) {
        var xray = l.locked().xray();
        return xray.rewritten().isEmpty()
                ? Texts.of("no")
                : String.join(", ", xray.rewritten().stream().map(LockTable::leaf).toList());
    }

    private static String leaf(String relation) {
        return relation.substring(relation.lastIndexOf('.') + 1);
    }

    private static double queue(Line l) {
        var n = l.locked().wouldQueue();
        return n == null ? -1 : n;
    }

    private static String waiting(Line l) {
        var n = l.locked().wouldQueue();
        if (l.locked().xray().strongest().compareTo(LockLevel.SHARE) < 0) {
            return "0";
        }
        return n == null ? Texts.of("not known") : n < 1 ? "< 1" : Format.grouped(Math.round(n));
    }

    private Node bar(Line l) {
        var bar = new Region();
        bar.getStyleClass().addAll("lock-bar", role(l).css());
        bar.setManaged(false);
        var place = new Pane(bar);
        place.setPrefSize(CLOCK_WIDTH - 16, 20);
        double width = CLOCK_WIDTH - 18;
        double total = all.toNanos();
        double x = l.from().toNanos() / total * width;
        double w = Math.max(2, l.locked().xray().took().toNanos() / total * width);
        bar.resizeRelocate(Math.min(x, width - w), 6, w, 8);
        return place;
    }

    /// What a statement did, in a line.
    static String words(Line l) {
        var xray = l.locked().xray();
        var parts = new ArrayList<String>();
        parts.add(
                xray.on() == null
                        ? Texts.of("takes no table lock")
                        : Texts.of(
                                "%s on %s for %s: %s",
                                lock(l),
                                xray.on(),
                                Format.duration(xray.took()),
                                xray.strongest().inWords()));
        if (!xray.rewritten().isEmpty()) {
            parts.add(Texts.of("writes %s anew", String.join(", ", xray.rewritten())));
        }
        if (!xray.built().isEmpty()) {
            parts.add(Texts.of("builds %s", String.join(", ", xray.built())));
        }
        if (!xray.scanned().isEmpty()) {
            parts.add(
                    Texts.of(
                            "reads all of %s",
                            String.join(
                                    ", ",
                                    xray.scanned().stream().map(s -> s.relation()).toList())));
        }
        var n = l.locked().wouldQueue();
        if (n != null && n >= 1) {
            parts.add(
                    Texts.of(
                            "by the live traffic about %s would wait",
                            Texts.count(Math.round(n), "statement")));
        }
        if (xray.sampled()) {
            parts.add(
                    Texts.of(
                            "its locks were watched from outside: a very short one may be missing"));
        }
        return String.join("; ", parts) + ".";
    }
}

package io.lakebaseops.console.indexes;

import io.lakebaseops.agents.performance.indexes.TableMatrix;
import io.lakebaseops.agents.performance.indexes.TableMatrix.Entry;
import io.lakebaseops.agents.performance.indexes.TableMatrix.Key;
import io.lakebaseops.console.Texts;
import io.lakebaseops.console.parts.LimitBar;
import io.lakebaseops.console.parts.Matrix.Cell;
import io.lakebaseops.console.parts.Matrix.Line;
import io.lakebaseops.console.parts.Matrix.Tail;
import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.domain.Format;

import javafx.scene.Node;
import javafx.scene.control.Label;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/// The lines of the matrix: every index of a table by columns in key order, with what it costs and
/// what it gives.
final class MatrixLines {
    static final List<Tail> TAILS =
            List.of(
                    new Tail(Texts.of("Size"), 118, true),
                    new Tail(Texts.of("Scans a day, 30 d"), 128, true),
                    new Tail(Texts.of("Last scan"), 72, true),
                    new Tail(Texts.of("Write"), 58, true),
                    new Tail(Texts.of("Bloat"), 88, true),
                    new Tail(Texts.of("Verdict"), 104, false));

    /// Where there is little room the rest stands in the tooltip of the line.
    static final List<Tail> FEW = List.of(TAILS.getFirst(), TAILS.getLast());

    private final TableMatrix table;
    private final TableView.Read read;
    private final Map<String, FindingLine> findings;
    private final @Nullable String chosen;
    private final boolean narrow;
    private final Instant now;
    private final ZoneId zone;
    private final Consumer<FindingLine> open;

    /// @param findings of this table by the index they are about
    /// @param chosen index whose finding is open
    MatrixLines(
            TableView.Read read,
            Map<String, FindingLine> findings,
            @Nullable String chosen,
            boolean narrow,
            Instant now,
            ZoneId zone,
            Consumer<FindingLine> open) {
        this.read = read;
        this.table = read.matrix();
        this.findings = findings;
        this.chosen = chosen;
        this.narrow = narrow;
        this.now = now;
        this.zone = zone;
        this.open = open;
    }

    /// Column names, and one for expressions when there are any.
    List<String> columns() {
        var columns = new ArrayList<>(table.columns());
        if (hasExpression()) {
            columns.add("expr.");
        }
        return columns;
    }

    private boolean hasExpression() {
        return table.indexes().stream()
                .flatMap(e -> e.keys().stream())
                .anyMatch(k -> k.column() == null);
    }

    /// The sum comes last.
    List<Line> all() {
        var lines = new ArrayList<Line>();
        for (var entry : inOrder()) {
            lines.add(line(entry));
        }
        lines.add(sum());
        return lines;
    }

    /// The primary key, then the largest; what another index covers right below it.
    private List<Entry> inOrder() {
        var first =
                table.indexes().stream()
                        .filter(e -> e.covered() == null)
                        .sorted(
                                Comparator.comparing((Entry e) -> !"p".equals(e.constraintType()))
                                        .thenComparing(Entry::bytes, Comparator.reverseOrder()))
                        .toList();
        var all = new ArrayList<Entry>();
        for (var entry : first) {
            all.add(entry);
            table.indexes().stream()
                    .filter(e -> e.covered() != null && e.covered().by().equals(entry.name()))
                    .forEach(all::add);
        }
        table.indexes().stream().filter(e -> !all.contains(e)).forEach(all::add);
        return all;
    }

    private Line line(Entry e) {
        var finding = findings.get(e.name());
        var cells = new ArrayList<Cell>();
        for (var column : table.columns()) {
            var cell = cell(e, column);
            cells.add(shared(e, column) ? cell.linked() : cell);
        }
        if (hasExpression()) {
            cells.add(expression(e));
        }
        return new Line(
                e.name(),
                note(e),
                cells,
                tail(e, finding),
                e.name().equals(chosen),
                finding == null ? null : () -> open.accept(finding));
    }

    private static String note(Entry e) {
        var words = new ArrayList<String>();
        if ("p".equals(e.constraintType())) {
            words.add(Texts.of("primary key"));
        } else if (e.constraint() != null) {
            words.add(Texts.of("constraint"));
        } else if (e.unique()) {
            words.add(Texts.of("unique"));
        }
        if (!e.method().equals("btree")) {
            words.add(e.method());
        }
        if (e.predicate() != null) {
            words.add(e.predicate());
        }
        return String.join(" ", words);
    }

    private Cell cell(Entry e, String column) {
        for (int k = 0; k < e.keys().size(); k++) {
            if (column.equals(e.keys().get(k).column())) {
                return Cell.mark(
                        Integer.toString(k + 1),
                        shared(e, column) ? Role.WARNING : null,
                        Texts.of("%s is key %d of %s", column, k + 1, e.name()));
            }
        }
        if (e.included().contains(column)) {
            return Cell.shaped("include", "+", null, Texts.of("%s includes %s", e.name(), column));
        }
        return e.predicateColumns().contains(column)
                ? Cell.shaped("where", "", null, Texts.of("only rows where %s", e.predicate()))
                : Cell.NONE;
    }

    private static Cell expression(Entry e) {
        for (int k = 0; k < e.keys().size(); k++) {
            var key = e.keys().get(k);
            if (key.column() == null) {
                return Cell.shaped("key", "ƒ", null, Texts.of("key %d: %s", k + 1, key.words()));
            }
        }
        return Cell.NONE;
    }

    /// Is the column a key that one index repeats from another?
    private boolean shared(Entry e, String column) {
        return table.indexes().stream()
                .filter(o -> o.covered() != null)
                .filter(
                        o ->
                                o.name().equals(e.name())
                                        || Objects.requireNonNull(o.covered())
                                                .by()
                                                .equals(e.name()))
                .anyMatch(
                        o ->
                                o.keys().stream().map(Key::column).anyMatch(column::equals)
                                        && e.keys().stream()
                                                .map(Key::column)
                                                .anyMatch(column::equals));
    }

    private List<Node> tail(Entry e, @Nullable FindingLine finding) {
        var size = size(e, finding != null);
        var verdict = verdict(e, finding);
        var scans = scans(e);
        var bloat = e.bloat();
        var rest =
                List.<Node>of(
                        scans,
                        quiet(
                                e.lastScan() == null
                                        ? "never"
                                        : Format.briefly(Duration.between(e.lastScan(), now))),
                        number("%.0f %%".formatted(100 * e.writeShare())),
                        quiet(
                                bloat == null
                                        ? "–"
                                        : "%.0f ± %.0f %%"
                                                .formatted(
                                                        100 * bloat.share(),
                                                        50 * (bloat.most() - bloat.least()))));
        if (narrow) {
            return List.of(size, verdict);
        }
        var all = new ArrayList<Node>(List.of(size));
        all.addAll(rest);
        all.add(verdict);
        return all;
    }

    /// By the history where it has looked at this index, else by the counters.
    private Node scans(Entry e) {
        var values = read.usage(e.name()).perDay(now, TableView.Read.DAYS);
        var seen = ScanWords.seen(values);
        if (seen == 0) {
            var number = number(scansADay(e));
            number.setId("scans-" + e.name());
            return number;
        }
        var number = number(Format.large(ScanWords.mean(values)).toString());
        number.setId("scans-" + e.name());
        var row = Nodes.row(ScanWords.spark(values), number);
        row.setAlignment(javafx.geometry.Pos.CENTER_RIGHT);
        Nodes.tip(row, ScanWords.of(read.usage(e.name()), now, zone));
        return row;
    }

    /// An average since the counters began; they say no more by themselves.
    private String scansADay(Entry e) {
        var since = table.countedSince();
        if (since == null) {
            return Format.large(e.scans()).toString();
        }
        double days = Math.max(1.0, Duration.between(since, table.at()).toMinutes() / 1440.0);
        return Format.large(e.scans() / days).toString();
    }

    private Node size(Entry e, boolean found) {
        long most = table.indexes().stream().mapToLong(Entry::bytes).max().orElse(1);
        var bar = new LimitBar();
        bar.getStyleClass().add("plain-bar");
        bar.setPrefWidth(36);
        bar.setMinWidth(36);
        bar.setMaxWidth(36);
        bar.show(
                Math.max(1, most),
                List.of(
                        LimitBar.Part.of(
                                Texts.of("size"), e.bytes(), found ? Role.WARNING : Role.MUTED)),
                List.of());
        var row = Nodes.row(bar, number(Format.size(e.bytes())));
        row.setAlignment(javafx.geometry.Pos.CENTER_RIGHT);
        return row;
    }

    private Node verdict(Entry e, @Nullable FindingLine finding) {
        if (finding == null) {
            return quiet(e.valid() ? Texts.of("keep") : Texts.of("invalid"));
        }
        var role = finding.role();
        var word =
                Nodes.label(
                        finding.kind().toLowerCase(java.util.Locale.ROOT),
                        "small-cell",
                        role.css());
        return Nodes.row(Nodes.icon(role.icon(), role), word);
    }

    private Line sum() {
        var bytes = table.indexes().stream().mapToLong(Entry::bytes).sum();
        var cells = columns().stream().map(_ -> Cell.NONE).toList();
        var tail = new ArrayList<Node>(List.of(number(Format.size(bytes))));
        if (!narrow) {
            tail.addAll(
                    List.of(
                            quiet(""),
                            quiet(""),
                            number(table.indexes().isEmpty() ? "" : "100 %"),
                            quiet("")));
        }
        tail.add(quiet(""));
        return new Line(
                Texts.count(table.indexes().size(), "index").replace("indexs", "indexes"),
                "",
                cells,
                tail,
                false,
                null);
    }

    private static Label number(String text) {
        return Nodes.label(text, "small-cell");
    }

    private static Label quiet(String text) {
        return Nodes.label(text, "small-cell", "quiet");
    }
}

package io.lakebaseops.console.queries;

import io.lakebaseops.console.Texts;
import io.lakebaseops.console.parts.DataTable.Column;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.domain.Format;
import io.lakebaseops.lakehouse.history.StatementTotals.Work;

import org.jspecify.annotations.Nullable;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/// The columns of the statements table as words; what is drawn in them is added by the table.
final class StatementColumns {
    static final String LOAD = Texts.of("Load, share");
    static final String TREND = Texts.of("Trend");
    static final String BUFFERS = Texts.of("Hit / read");
    static final String TEMP = Texts.of("Temp, WAL");
    private static final double PAGE_BYTES = 8192;

    private StatementColumns() {}

    static List<Column<StatementLine>> all(String first) {
        return List.of(
                Column.number(LOAD, 104, l -> Format.percent(l.share()), by(StatementLine::share)),
                Column.text(first, 200, StatementLine::text),
                number(Texts.of("Calls/s"), 60, l -> calls(l), l -> rate(l)),
                number(
                        Texts.of("Mean ± spread"),
                        124,
                        StatementColumns::mean,
                        l -> of(l, Work::meanMillis)),
                new Column<>(
                        Texts.of("Change"),
                        78,
                        false,
                        StatementColumns::change,
                        by(StatementLine::factor),
                        StatementColumns::changeRole),
                number(Texts.of("Rows"), 56, l -> perCall(l, Work::rows), l -> each(l, Work::rows)),
                number(
                        BUFFERS,
                        122,
                        StatementColumns::buffers,
                        l -> each(l, StatementColumns::pages)),
                number(TEMP, 112, StatementColumns::temp, l -> each(l, StatementColumns::written)),
                Column.text(TREND, 60, _ -> ""));
    }

    private static Column<StatementLine> number(
            String title,
            double width,
            java.util.function.Function<StatementLine, String> text,
            ToDoubleFunction<StatementLine> order) {
        return Column.number(title, width, text, by(order));
    }

    private static Comparator<StatementLine> by(ToDoubleFunction<StatementLine> figure) {
        return Comparator.comparingDouble(figure);
    }

    private static double of(StatementLine line, ToDoubleFunction<Work> figure) {
        return line.work() == null ? 0 : figure.applyAsDouble(line.work());
    }

    private static double each(StatementLine line, ToDoubleFunction<Work> figure) {
        return line.work() == null || line.work().calls() <= 0
                ? 0
                : figure.applyAsDouble(line.work()) / line.work().calls();
    }

    static double rate(StatementLine line) {
        return of(line, Work::calls) / line.seconds();
    }

    private static String calls(StatementLine line) {
        return line.work() == null ? "–" : rate(rate(line));
    }

    static String rate(double perSecond) {
        return perSecond > 0 && perSecond < 0.01
                ? "< 0.01"
                : perSecond < 1
                        ? String.format(Locale.ROOT, "%.2f", perSecond)
                        : Format.digits(perSecond);
    }

    static String millis(double ms) {
        return ms <= 0 ? Texts.of("0 ms") : Format.seconds(ms / 1000).toString();
    }

    private static String mean(StatementLine line) {
        var work = line.work();
        if (work == null) {
            return "–";
        }
        var spread = line.spreadMillis();
        if (spread == null || spread <= 0 || work.meanMillis() <= 0) {
            return millis(work.meanMillis());
        }
        var mean = Format.seconds(work.meanMillis() / 1000);
        var around = Format.seconds(spread / 1000);
        return mean.unit().equals(around.unit())
                ? "%s ± %s".formatted(mean.number(), around)
                : "%s ± %s".formatted(mean, around);
    }

    static String change(StatementLine line) {
        if (!line.changed()) {
            return "–";
        }
        double factor = line.factor();
        return factor >= 2
                ? "×" + Format.digits(factor)
                : String.format(Locale.ROOT, "%+.0f %%", (factor - 1) * 100);
    }

    static Role changeRole(StatementLine line) {
        if (!line.changed()) {
            return Role.MUTED;
        }
        return line.factor() >= 2 ? Role.CRITICAL : line.factor() > 1 ? Role.WARNING : Role.OK;
    }

    private static String perCall(StatementLine line, ToDoubleFunction<Work> figure) {
        if (line.work() == null) {
            return "–";
        }
        double value = each(line, figure);
        return value > 0 && value < 0.1 ? "< 0.1" : Format.digits(value);
    }

    private static double pages(Work work) {
        return work.blocksHit() + work.blocksRead();
    }

    private static double written(Work work) {
        return work.tempBlocks() * PAGE_BYTES + work.walBytes();
    }

    private static String buffers(StatementLine line) {
        if (each(line, StatementColumns::pages) <= 0) {
            return "–";
        }
        return size(each(line, Work::blocksHit) * PAGE_BYTES)
                + " / "
                + size(each(line, Work::blocksRead) * PAGE_BYTES);
    }

    private static String size(double bytes) {
        return bytes < 1 ? "0" : Format.size(bytes);
    }

    private static String temp(StatementLine line) {
        double spilled = each(line, Work::tempBlocks) * PAGE_BYTES;
        double wal = each(line, Work::walBytes);
        if (spilled < 1 && wal < 1) {
            return "–";
        }
        if (spilled < 1) {
            return Texts.of("%s WAL", Format.size(wal));
        }
        return wal < 1
                ? Texts.of("%s temp", Format.size(spilled))
                : "%s, %s".formatted(Format.size(spilled), Format.size(wal));
    }

    /// As a person says how it changed; null when it did not noticeably.
    static @Nullable String changeWords(StatementLine line) {
        var change = line.change();
        return change == null || !change.significant() || change.meanBefore() == null
                ? null
                : "%s → %s".formatted(millis(change.meanBefore()), millis(change.meanNow()));
    }
}

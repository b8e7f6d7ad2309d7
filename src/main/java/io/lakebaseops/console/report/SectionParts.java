package io.lakebaseops.console.report;

import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.Texts;
import io.lakebaseops.console.parts.ChartPicture;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.domain.Evidence;
import io.lakebaseops.domain.Finding;
import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.GeneratedHistory;
import io.lakebaseops.domain.plan.Step;
import io.lakebaseops.report.Block;
import io.lakebaseops.report.Chart;
import io.lakebaseops.report.Tone;
import io.lakebaseops.sqltext.SqlMask;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What the sections of a report say alike: times with their date, tones, charts, evidence, and
/// statements without their literals.
public final class SectionParts {
    /// Of each list; the rest is a number.
    public static final int MOST_ROWS = 15;

    private static final int MOST_SQL = 1_500;
    private static final int MOST_QUERY = 220;
    private static final int MOST_FACTS = 6;
    private static final int MOST_VALUE = 90;
    private static final Pattern SQL = Pattern.compile("query|statement|sql|command");
    private static final Pattern INSTANT = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT[\\d:.]{8,18}Z");
    private static final DateTimeFormatter TIME = Texts.dates(Texts.of("d MMM HH:mm"));

    private final ZoneId zone;

    public SectionParts(ConsoleSession session) {
        this.zone = session.zone();
    }

    /// `27 Nov 14:02`: a report is read on other days than it was made.
    public String when(@Nullable Instant at) {
        return at == null ? "–" : TIME.format(at.atZone(zone));
    }

    public static Tone tone(Role role) {
        return switch (role) {
            case OK -> Tone.OK;
            case INFO -> Tone.INFO;
            case WARNING -> Tone.WARNING;
            case CRITICAL -> Tone.CRITICAL;
            case SIMULATED -> Tone.SIMULATED;
            case UNAVAILABLE -> Tone.UNAVAILABLE;
            case MUTED -> Tone.PLAIN;
        };
    }

    /// The chart of a screen on paper.
    public static Chart chart(String title, String current, ChartPicture p) {
        return chart(title, current, p, p.stacked() ? Chart.Form.STACK : Chart.Form.LINES);
    }

    public static Chart chart(String title, String current, ChartPicture p, Chart.Form form) {
        var generated = p.generated();
        return new Chart(
                title,
                current,
                p.from(),
                p.to(),
                form,
                p.series().stream()
                        .map(
                                s ->
                                        new Chart.Line(
                                                s.name(),
                                                color(s.style()),
                                                s.area(),
                                                s.points().stream()
                                                        .map(
                                                                x ->
                                                                        new Chart.Point(
                                                                                x.at(), x.value()))
                                                        .toList()))
                        .toList(),
                p.limits().stream()
                        .map(l -> new Chart.Limit(l.value(), l.text(), tone(l.role())))
                        .toList(),
                p.usual().stream().map(u -> new Chart.Band(u.at(), u.low(), u.high())).toList(),
                generated == null ? null : generated.until(),
                p.predictedFrom(),
                p.format(),
                p.silence());
    }

    /// Of a style class `series-4`; the last one for any other.
    private static int color(String style) {
        return style.matches("series-[1-8]") ? style.charAt(style.length() - 1) - '0' : 8;
    }

    /// What was made up for demonstration is told from what was measured.
    public List<Block> generated(@Nullable Instant until) {
        return until == null
                ? List.of()
                : List.of(
                        new Block.Note(
                                Tone.SIMULATED,
                                Texts.of(
                                        "The history until %s was generated for demonstration, not measured; what rests on it is hatched.",
                                        when(until))));
    }

    public List<Block> generated(@Nullable GeneratedHistory history) {
        return generated(history == null ? null : history.until());
    }

    /// One statement in a line, without literals.
    public static String query(String text) {
        return cut(SqlMask.mask(text).replaceAll("\\s+", " "), MOST_QUERY);
    }

    /// The statements of a plan without the values they are run with. A text in quotes may be
    /// somebody's data, and so may all that a person, a file or a model wrote.
    public static String statements(List<Step> steps) {
        return cut(
                steps.stream().map(SectionParts::statement).collect(Collectors.joining("\n")),
                MOST_SQL);
    }

    private static String statement(Step step) {
        return switch (step) {
            case Step.SqlStep s ->
                    ended(
                            s.sql().indexOf('\'') < 0 && s.sql().indexOf('$') < 0
                                    ? s.sql()
                                    : SqlMask.mask(s.sql()));
            case Step.ScriptStep s ->
                    s.statements().stream()
                            .map(one -> ended(SqlMask.mask(one.sql())))
                            .collect(Collectors.joining("\n"));
            case Step.ApiStep a -> a.act().inWords();
            case Step.ArchiveStep a -> a.order().inWords();
        };
    }

    private static String ended(String sql) {
        var text = sql.strip();
        return text.endsWith(";") ? text : text + ";";
    }

    public static String cut(String text, int most) {
        return text.length() <= most
                ? text
                : text.substring(0, most).strip()
                        + Texts.of(" … (%d more characters)", text.length() - most);
    }

    /// The first row of what makes a finding believable, with the query that read it.
    public String evidence(Finding finding) {
        return finding.evidence().stream()
                .limit(2)
                .map(this::evidence)
                .collect(Collectors.joining("; "));
    }

    private String evidence(Evidence e) {
        var facts = new ArrayList<String>();
        if (!e.rows().isEmpty()) {
            for (var column : e.rows().list().getFirst().entrySet()) {
                var value = column.getValue();
                var words = value == null ? "" : value(column.getKey(), value);
                if (!words.isBlank() && facts.size() < MOST_FACTS) {
                    facts.add(column.getKey().replace('_', ' ') + " " + words);
                }
            }
        }
        var rows = e.rows().size();
        return "%s%s (%s, %s)"
                .formatted(
                        String.join(", ", facts),
                        rows > 1 ? Texts.of(", and %d more rows", rows - 1) : "",
                        e.query(),
                        when(e.at()));
    }

    private String value(String column, Object value) {
        if (value instanceof Instant at) {
            return when(at);
        }
        if (value instanceof Number n && column.contains("bytes")) {
            return Format.size(n.doubleValue());
        }
        if (value instanceof Double || value instanceof Float || value instanceof BigDecimal) {
            return Format.digits(((Number) value).doubleValue());
        }
        var text = value.toString().replaceAll("\\s+", " ").strip();
        // Evidence that was stored has its times as text.
        if (INSTANT.matcher(text).matches()) {
            return when(Instant.parse(text));
        }
        boolean sql = text.indexOf(' ') > 0 && SQL.matcher(column).find();
        return cut(sql ? query(text) : text, MOST_VALUE);
    }
}

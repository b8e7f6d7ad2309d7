package io.lakebaseops.report;

import io.lakebaseops.domain.Format;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/// A report as one HTML file that needs nothing beside it: style sheet and charts are inside, there
/// is no script, and it is well-formed XML, so that the PDF is made of the same text.
public final class HtmlReport {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm", Locale.ENGLISH);

    private static final String FOOT =
            "font-family: InterTabular, sans-serif; font-size: 7.5pt; color: #56616d;";

    private final HtmlWriter out = new HtmlWriter();
    private final Report report;

    private HtmlReport(Report report) {
        this.report = report;
    }

    public static String of(Report report) {
        return new HtmlReport(report).write();
    }

    private String write() {
        var when = TIME.format(report.at().atZone(report.zone()));
        out.own("<!DOCTYPE html>\n").open("html", "lang", "en").open("head");
        out.empty("meta", "charset", "utf-8");
        out.empty("meta", "name", "viewport", "content", "width=device-width");
        out.open("title").text(report.title() + ", " + when).close("title");
        out.open("style").own(style()).own(foot(when)).close("style").close("head").own("\n");
        out.open("body");
        out.open("div", "class", "page");
        out.open("div", "class", "head");
        out.line("p", "brand", "LakebaseOps report");
        out.line("h1", "title", report.title());
        out.line("p", "when", when + " (" + report.zone().getId() + ")");
        out.close("div");
        facts("", report.about());
        if (report.sections().size() > 1) {
            contents();
        }
        report.sections().forEach(this::section);
        if (!report.reading().isEmpty()) {
            out.open("div", "class", "section", "id", "how-to-read");
            out.line("h2", "", "How to read this report");
            facts("", report.reading());
            out.close("div");
        }
        return out.close("div").close("body").close("html").own("\n").toString();
    }

    /// Stands at the foot of each printed page and nowhere else. Every character is escaped, so
    /// that no title ends the rule.
    private String foot(String when) {
        var words = new StringBuilder();
        Format.printable(report.title() + " · " + when)
                .codePoints()
                .forEach(c -> words.append("\\%06x".formatted(c)));
        return "@page { @bottom-left { %s content: \"%s\"; } }\n".formatted(FOOT, words);
    }

    private static String style() {
        try (var in = HtmlReport.class.getResourceAsStream("/report/report.css")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("The style sheet of the report cannot be read", e);
        }
    }

    /// The verdicts of all sections first: who reads no further has read these.
    private void contents() {
        out.open("table", "class", "verdicts").open("tbody");
        for (var s : report.sections()) {
            out.open("tr").open("td", "class", "mark");
            shape(s.tone());
            out.close("td").open("td", "class", "name");
            out.open("a", "href", "#" + s.id()).text(s.title()).close("a");
            out.close("td").open("td").text(s.verdict()).close("td").close("tr");
        }
        out.close("tbody").close("table").own("\n");
    }

    private void section(Section s) {
        out.open("div", "class", "section", "id", s.id());
        out.line("h2", "", s.title());
        out.open("p", "class", "verdict " + s.tone().css());
        shape(s.tone());
        out.text(s.verdict()).close("p");
        s.blocks().forEach(this::block);
        out.close("div").own("\n");
    }

    private void block(Block block) {
        switch (block) {
            case Block.Heading h -> out.line("h3", "", h.title());
            case Block.Figures f -> figures(f.figures());
            case Block.Table t -> table(t);
            case Block.Charts c -> charts(c.charts());
            case Block.Note n -> note(n);
            case Block.Facts f -> facts(f.title(), f.facts());
            case Block.Listing l -> {
                out.line("h3", "", l.title());
                out.open("pre").lines(l.text()).close("pre");
            }
        }
        out.own("\n");
    }

    private void note(Block.Note n) {
        out.open("p", "class", "note " + n.tone().css());
        shape(n.tone());
        out.text(n.text()).close("p");
    }

    private void figures(List<Block.Figure> figures) {
        out.open("table", "class", "figures").open("tbody");
        for (int i = 0; i < figures.size(); i += 4) {
            out.open("tr");
            for (int j = i; j < i + 4; j++) {
                out.open("td");
                if (j < figures.size()) {
                    figure(figures.get(j));
                }
                out.close("td");
            }
            out.close("tr");
        }
        out.close("tbody").close("table");
    }

    private void figure(Block.Figure f) {
        out.line("div", "value " + f.tone().css(), f.value());
        out.open("div", "class", "label").text(f.label());
        if (f.estimated()) {
            out.own(" ").line("span", "pill tone-info", "estimated");
        }
        out.close("div");
        if (!f.how().isEmpty()) {
            out.line("div", "how", f.how());
        }
    }

    private void facts(String title, List<Block.Fact> facts) {
        if (!title.isEmpty()) {
            out.line("h3", "", title);
        }
        out.open("table", "class", "facts").open("tbody");
        for (var f : facts) {
            out.open("tr").line("th", "", f.name()).open("td");
            cell(f.value());
            out.close("td").close("tr");
        }
        out.close("tbody").close("table").own("\n");
    }

    private void table(Block.Table t) {
        if (!t.title().isEmpty()) {
            out.line("h3", "", t.title());
        }
        if (t.rows().isEmpty()) {
            out.line("p", "empty", t.empty());
            return;
        }
        out.open("table", "class", "rows").open("thead").open("tr");
        for (var c : t.columns()) {
            var css = c.number() ? "number" : "";
            if (c.percent() == 0) {
                out.line("th", css, c.title());
            } else {
                out.open("th", "class", css, "style", "width: " + c.percent() + "%")
                        .text(c.title())
                        .close("th");
            }
        }
        out.close("tr").close("thead").open("tbody");
        for (var row : t.rows()) {
            out.open("tr");
            for (int i = 0; i < row.size(); i++) {
                var cell = row.get(i);
                out.open(
                        "td",
                        "class",
                        (t.columns().get(i).number() ? "number" : "")
                                + (cell.simulated() ? " simulated" : ""));
                cell(cell);
                out.close("td");
            }
            out.close("tr");
        }
        out.close("tbody").close("table");
        if (t.more() > 0) {
            out.line("p", "more", "and %s more".formatted(Format.grouped(t.more())));
        }
    }

    private void cell(Cell c) {
        var share = c.share();
        if (c.simulated()) {
            shape(Tone.SIMULATED);
        }
        if (c.code()) {
            out.open("pre").lines(c.text()).close("pre");
        } else if (c.tone() == Tone.PLAIN || c.tone() == Tone.UNAVAILABLE) {
            out.line("span", c.tone().css(), c.text());
        } else {
            out.line("span", "pill " + c.tone().css(), c.text());
        }
        if (share != null) {
            out.open("div", "class", "bar")
                    .open(
                            "div",
                            "class",
                            "fill " + (share >= 1 ? Tone.WARNING : c.tone()).css(),
                            "style",
                            "width: "
                                    + String.format(
                                            Locale.ROOT, "%.1f", Math.clamp(share, 0, 1) * 100)
                                    + "%")
                    .close("div")
                    .close("div");
        }
        if (!c.sub().isEmpty()) {
            out.line("div", "sub", c.sub());
        }
    }

    private void charts(List<Chart> charts) {
        int paired = charts.size() / 2 * 2;
        for (int i = 0; i < paired; i += 2) {
            out.open("table", "class", "charts").open("tbody").open("tr");
            for (int j = i; j < i + 2; j++) {
                out.open("td");
                chart(charts.get(j), false);
                out.close("td");
            }
            out.close("tr").close("tbody").close("table");
        }
        if (paired < charts.size()) {
            out.open("div", "class", "chart-alone");
            chart(charts.getLast(), true);
            out.close("div");
        }
    }

    private void chart(Chart chart, boolean wide) {
        out.open("div", "class", "chart-head");
        out.line("span", "chart-title", chart.title());
        if (!chart.current().isEmpty()) {
            out.own(" ").line("span", "chart-now", chart.current());
        }
        out.close("div");
        new ChartSvg(chart, report.zone(), wide).write(out);
    }

    /// The shape of a tone: told apart without colours.
    private void shape(Tone tone) {
        if (tone == Tone.PLAIN) {
            return;
        }
        out.open(
                "svg",
                "class",
                "shape",
                "width",
                "13",
                "height",
                "13",
                "viewBox",
                "0 0 16 16",
                "role",
                "img",
                "aria-label",
                tone.word());
        ToneShape.draw(out, tone);
        out.close("svg").own(" ");
    }
}

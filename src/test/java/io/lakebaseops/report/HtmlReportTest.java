package io.lakebaseops.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.domain.Format;
import io.lakebaseops.report.Block.Column;
import io.lakebaseops.report.Block.Fact;
import io.lakebaseops.report.Block.Figure;

import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import javax.xml.parsers.DocumentBuilderFactory;

/// A report is one well-formed file that refers to nothing, whatever stands in it, and prints.
final class HtmlReportTest {
    private static final Instant NOW = Instant.parse("2026-11-27T14:02:00Z");

    /// Markup, an escape sequence, a right-to-left override, a null character.
    private static final String HOSTILE =
            "</td><script>alert(1)</script><img src=\"http://evil.example/x\">&amp;\u001b[31m\u202Edrop\u0000";

    private static Report report(List<Section> sections) {
        return new Report(
                "State of shop / production",
                NOW,
                ZoneOffset.UTC,
                List.of(Fact.of("Version", null, "it does not answer")),
                sections,
                List.of(new Fact("–", Cell.of("not available"))));
    }

    private static Section section(String id, Block... blocks) {
        return new Section(
                id, "Title of " + id, Tone.WARNING, "Something is to do.", List.of(blocks));
    }

    private static Block.Table rows(int rows) {
        return Block.Table.of(
                "Many",
                List.of(Column.text("Object name", 60), Column.number("Count", 40)),
                IntStream.range(0, rows)
                        .mapToObj(i -> List.of(Cell.of("row-%04d".formatted(i)), Cell.of("" + i)))
                        .toList(),
                "none");
    }

    private static Chart chart(String silence, List<Chart.Point> points) {
        return new Chart(
                "Transactions",
                "212 / s",
                NOW.minus(Duration.ofHours(1)),
                NOW,
                Chart.Form.LINES,
                List.of(new Chart.Line("tps", 1, true, points)),
                List.of(new Chart.Limit(90, "warning 90", Tone.WARNING)),
                List.of(),
                NOW.minus(Duration.ofMinutes(30)),
                NOW.minus(Duration.ofMinutes(10)),
                Format::digits,
                silence);
    }

    private static Block everyKind(String text) {
        return Block.Table.of(
                text,
                List.of(Column.text(text), Column.number(text)),
                List.of(
                        List.of(
                                Cell.code(text).sub(text),
                                Cell.of(text, Tone.CRITICAL).simulated(true).share(0.3))),
                text);
    }

    private static Document parsed(String html) throws Exception {
        var factory = DocumentBuilderFactory.newDefaultInstance();
        factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
        return factory.newDocumentBuilder().parse(new InputSource(new StringReader(html)));
    }

    private static List<Element> elements(Document document) {
        var all = document.getElementsByTagName("*");
        return IntStream.range(0, all.getLength()).mapToObj(i -> (Element) all.item(i)).toList();
    }

    @Test
    void text_of_others_is_text_and_nothing_else() throws Exception {
        var html =
                HtmlReport.of(
                        new Report(
                                HOSTILE,
                                NOW,
                                ZoneOffset.UTC,
                                List.of(Fact.of(HOSTILE, HOSTILE, "")),
                                List.of(
                                        new Section(
                                                "one",
                                                HOSTILE,
                                                Tone.OK,
                                                HOSTILE,
                                                List.of(
                                                        everyKind(HOSTILE),
                                                        new Block.Heading(HOSTILE),
                                                        new Block.Note(Tone.INFO, HOSTILE),
                                                        new Block.Listing(HOSTILE, HOSTILE),
                                                        new Block.Figures(
                                                                List.of(
                                                                        Figure.measured(
                                                                                HOSTILE, HOSTILE,
                                                                                HOSTILE))),
                                                        new Block.Charts(
                                                                List.of(
                                                                        chart(
                                                                                HOSTILE,
                                                                                List.of())))))),
                                List.of()));
        var tags = new TreeSet<String>();
        for (var element : elements(parsed(html))) {
            tags.add(element.getTagName());
            for (var attribute : List.of("src", "href", "onerror", "onload", "xlink:href")) {
                var to = element.getAttribute(attribute);
                assertThat(to.isEmpty() || to.startsWith("#")).as(to).isTrue();
            }
        }
        assertThat(tags).doesNotContain("script", "img", "link", "iframe", "object", "base");
        assertThat(html).contains("&lt;script&gt;").contains("\\u202Edrop\\u0000");
        assertThat(html.codePoints().noneMatch(c -> c == 0x202E || c == 0x1B || c == 0)).isTrue();
        // As text alone.
        assertThat(html.replace("http://evil.example/x", "")).doesNotContain("http");
        assertThat(html).doesNotContain("@import", "url(");
    }

    @Test
    void what_cannot_be_had_says_why() throws Exception {
        var html =
                HtmlReport.of(
                        report(
                                List.of(
                                        Section.unread("sync", "Sync", "the server is gone"),
                                        section("two", rows(0)),
                                        section(
                                                "three",
                                                new Block.Charts(
                                                        List.of(chart("no points", List.of())))))));
        var text = parsed(html).getDocumentElement().getTextContent();
        assertThat(text)
                .contains("Could not be read: the server is gone")
                .contains("–", "it does not answer", "none", "no points");
    }

    @Test
    void a_chart_is_bounded_and_keeps_its_peak() {
        var points =
                IntStream.range(0, 50_000)
                        .mapToObj(
                                i ->
                                        new Chart.Point(
                                                NOW.minus(Duration.ofHours(1)).plusMillis(i * 72L),
                                                i == 31_234 ? 100 : 10 + i % 3))
                        .toList();
        var made = chart("", points);
        assertThat(made.lines().getFirst().points())
                .hasSizeLessThan(250)
                .anyMatch(p -> p.value() == 100);
        var html = HtmlReport.of(report(List.of(section("one", new Block.Charts(List.of(made))))));
        assertThat(html.length()).isLessThan(40_000);
        assertThat(html)
                .contains("stroke-dasharray=\"3 2\"")
                .contains("hatched: generated until", "dashed: forecast", "warning 90");
    }

    @Test
    void the_file_prints_with_all_titles_and_a_head_on_each_page() throws Exception {
        var html = HtmlReport.of(report(List.of(section("one", rows(150)), section("two"))));
        var pages = pages(html);
        assertThat(pages).hasSizeGreaterThan(3);
        assertThat(String.join("\n", pages))
                .contains("Title of one", "Title of two", "How to read this report");
        int rows = 0;
        for (var page : pages) {
            var lines = Pattern.compile("row-\\d{4}").matcher(page).results().count();
            rows += (int) lines;
            if (lines > 0) {
                assertThat(page).contains("Object name");
            }
            assertThat(page).contains("State of shop / production · 27 November 2026, 14:02");
        }
        // None is lost at a page's end, none is printed twice.
        assertThat(rows).isEqualTo(150);
    }

    @Test
    void every_character_of_our_texts_has_a_glyph() throws Exception {
        var signs = "≥ ≤ → − · – … ± ≈ × µ Δ € é ß Ж α";
        var pages = pages(HtmlReport.of(report(List.of(section("one", everyKind(signs))))));
        assertThat(String.join("", pages)).contains(signs).doesNotContain("#");
    }

    private static List<String> pages(String html) throws IOException {
        var out = new ByteArrayOutputStream();
        PdfReport.write(html, out);
        try (var pdf = Loader.loadPDF(out.toByteArray())) {
            var pages = new ArrayList<String>();
            for (int page = 1; page <= pdf.getNumberOfPages(); page++) {
                var reader = new PDFTextStripper();
                reader.setStartPage(page);
                reader.setEndPage(page);
                pages.add(reader.getText(pdf));
            }
            return pages;
        }
    }

    @Test
    void text_is_readable_on_its_ground() throws IOException {
        String css;
        try (var in = HtmlReport.class.getResourceAsStream("/report/report.css")) {
            css = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        var text = new TreeSet<>(Set.of());
        var rule = Pattern.compile("[ {;]color: (#[0-9a-f]{6})").matcher(css);
        while (rule.find()) {
            var color = rule.group(1);
            text.add(color);
            for (var ground : List.of("#ffffff", "#f5f7f9", "#efe8fc")) {
                assertThat(contrast(color, ground)).as(color + " on " + ground).isGreaterThan(4.5);
            }
        }
        for (var tone : Tone.values()) {
            assertThat(text).contains(ToneShape.color(tone).toLowerCase(Locale.ROOT));
        }
    }

    private static double contrast(String a, String b) {
        double one = luminance(a);
        double other = luminance(b);
        return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    }

    /// WCAG 2.2, relative luminance.
    private static double luminance(String color) {
        int rgb = Integer.parseInt(color.substring(1), 16);
        double[] weights = {0.0722, 0.7152, 0.2126};
        double sum = 0;
        for (int i = 0; i < 3; i++) {
            double part = (rgb >> i * 8 & 0xff) / 255.0;
            sum +=
                    weights[i]
                            * (part <= 0.04045
                                    ? part / 12.92
                                    : Math.pow((part + 0.055) / 1.055, 2.4));
        }
        return sum;
    }
}

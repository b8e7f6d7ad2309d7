package io.lakebaseops.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

final class ContrastTest {
    private static final Pattern TOKEN = Pattern.compile("-([a-z0-9-]+):\\s*#([0-9a-f]{6})");
    private static final List<String> ROLES =
            List.of("ok", "info", "warning", "critical", "simulated", "unavailable");

    @ParameterizedTest
    @ValueSource(strings = {"dark", "light"})
    void text_stands_out_from_every_ground_it_is_set_on(String theme) throws IOException {
        var tokens = tokens(theme);
        for (var ground : List.of("page", "card", "raised", "rail", "selected")) {
            for (var text : List.of("text", "text-quiet")) {
                assertContrast(tokens, text, ground);
            }
        }
        for (var role : ROLES) {
            assertContrast(tokens, role, "page");
            assertContrast(tokens, role, "card");
            assertContrast(tokens, role, role + "-soft");
            assertContrast(tokens, "text", role + "-soft");
        }
        for (var text : List.of("sql-keyword", "sql-literal", "sql-name")) {
            assertContrast(tokens, text, "raised");
        }
        assertContrast(tokens, "on-accent", "accent-fill");
        assertContrast(tokens, "accent", "card");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dark", "light"})
    void the_window_fills_with_the_page_colour_so_nothing_flashes(String theme) throws IOException {
        var source =
                java.nio.file.Files.readString(
                        java.nio.file.Path.of("src/main/java/io/lakebaseops/console/Theme.java"));
        assertThat(source).contains("\"#" + tokens(theme).get("page") + "\"");
    }

    private static void assertContrast(Map<String, String> tokens, String text, String ground) {
        var a = Objects.requireNonNull(tokens.get(text), text);
        var b = Objects.requireNonNull(tokens.get(ground), ground);
        assertThat(ratio(a, b)).as(text + " on " + ground).isGreaterThanOrEqualTo(4.5);
    }

    /// WCAG 2.2, relative luminance and contrast ratio.
    private static double ratio(String a, String b) {
        double la = luminance(a);
        double lb = luminance(b);
        return (Math.max(la, lb) + 0.05) / (Math.min(la, lb) + 0.05);
    }

    private static double luminance(String hex) {
        double[] c = new double[3];
        for (int i = 0; i < 3; i++) {
            double v = Integer.parseInt(hex.substring(2 * i, 2 * i + 2), 16) / 255.0;
            c[i] = v <= 0.04045 ? v / 12.92 : Math.pow((v + 0.055) / 1.055, 2.4);
        }
        return 0.2126 * c[0] + 0.7152 * c[1] + 0.0722 * c[2];
    }

    private static Map<String, String> tokens(String theme) throws IOException {
        try (var in =
                ContrastTest.class.getResourceAsStream("/console/css/tokens-" + theme + ".css")) {
            var css = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
            var tokens = new HashMap<String, String>();
            var m = TOKEN.matcher(css);
            while (m.find()) {
                tokens.put(m.group(1), m.group(2));
            }
            return tokens;
        }
    }
}

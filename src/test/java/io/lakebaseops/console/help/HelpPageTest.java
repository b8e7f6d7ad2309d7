package io.lakebaseops.console.help;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakebaseops.agents.health.monitoring.MetricDefinitions;
import io.lakebaseops.change.approval.PlanQueue.Merit;
import io.lakebaseops.console.FakeShop;
import io.lakebaseops.console.Screen;
import io.lakebaseops.console.shell.ConsoleScreens;
import io.lakebaseops.domain.Format;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// Every screen has help, and no figure in it is written twice.
final class HelpPageTest {
    private static final Path PAGES = Path.of("resources/help");

    /// Versions of PostgreSQL whose plans are read.
    private static final Set<String> VERSIONS = Set.of("13", "18");

    @TempDir private Path dir;

    private static List<Path> pages() throws IOException {
        try (var files = Files.list(PAGES)) {
            return files.sorted().toList();
        }
    }

    @Test
    void every_screen_has_a_page_with_the_same_title_and_parts() {
        var services = FakeShop.busyDay().services(Runnable::run, dir.resolve("memory.json"));
        var screens = ConsoleScreens.of(services);
        assertThat(screens.stream().map(Screen::id))
                .allMatch(id -> HelpPage.of(id).isPresent(), "has a page");
        for (var screen : screens) {
            var page = HelpPage.of(screen.id()).orElseThrow();
            assertThat(page.title()).isEqualTo(screen.title());
            assertThat(page.about()).as(page.id()).isNotBlank();
            assertThat(page.parts().stream().map(HelpPage.Part::title))
                    .as(page.id())
                    .startsWith("Figures", "By itself, and what asks first", "Source");
            assertThat(page.parts()).allMatch(p -> !p.items().isEmpty());
        }
    }

    @Test
    void figures_stand_in_the_product_alone() throws IOException {
        var used = new TreeSet<String>();
        var figure = Pattern.compile("\\{\\{([a-z._]+)}}");
        for (var file : pages()) {
            var text = Files.readString(file);
            figure.matcher(text).results().forEach(m -> used.add(m.group(1)));
            var plain = figure.matcher(text.replaceAll("`[^`]*`", "")).replaceAll("");
            var literal = Pattern.compile("\\d+").matcher(plain);
            while (literal.find()) {
                assertThat(VERSIONS).as("written in " + file).contains(literal.group());
            }
        }
        assertThat(used).isEqualTo(new TreeSet<>(HelpFigures.byName().keySet()));
    }

    @Test
    void what_is_said_is_what_the_product_does() {
        var said = new StringBuilder();
        HelpPage.of("overview").orElseThrow().parts().stream()
                .flatMap(p -> p.items().stream())
                .forEach(i -> said.append(i.term()).append(' ').append(i.text()).append('\n'));
        for (var watched : MetricDefinitions.standard().watched()) {
            var rule = watched.rule();
            assertThat(said)
                    .contains(watched.gauge().title())
                    .contains(Format.of(rule.metric(), rule.warning()).toString())
                    .contains(Format.of(rule.metric(), rule.critical()).toString());
        }
        assertThat(said)
                .contains("Warning under 99 %, critical under 95 %, after 2 min")
                .contains(Merit.REPAIR.toMinutes() + " min + accepted changes × ")
                .contains("every 5 min");
    }

    @Test
    void a_page_with_a_mistake_is_refused() {
        assertThatThrownBy(() -> HelpPage.parse("x", "# X\n{{no.such}}"))
                .hasMessageContaining("no.such");
        assertThatThrownBy(() -> HelpPage.parse("x", "# X\n## F\n- "))
                .hasMessageContaining("Not an item");
    }
}

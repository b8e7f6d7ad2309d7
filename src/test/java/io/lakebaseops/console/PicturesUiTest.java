package io.lakebaseops.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.console.fx.FxToolkit;
import io.lakebaseops.testing.ScreenTest;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;

/// Pictures of every screen in every state, both themes and three sizes, each looked over for texts
/// that are cut, hidden or on one place: `mvn test -Dtest=PicturesUiTest -Dpictures=DIR`.
///
/// `-Dpictures.only=PART` takes those whose names hold the part, `-Dpictures.sizes=1280` one size,
/// `-Dpictures.language=de` the language.
@ScreenTest
@EnabledIfSystemProperty(named = "pictures", matches = ".+")
final class PicturesUiTest {
    private static final List<int[]> SIZES =
            List.of(new int[] {1280, 720}, new int[] {1600, 900}, new int[] {2560, 1440});

    private static final Logger LOG = LoggerFactory.getLogger(PicturesUiTest.class);

    private final Path dir = Path.of(System.getProperty("pictures", "target/pictures"));
    private final String only = System.getProperty("pictures.only", "");
    private final String sizes = System.getProperty("pictures.sizes", "");

    /// What is wrong, and on which pictures.
    private final TreeMap<String, TreeSet<String>> wrong = new TreeMap<>();

    private int taken;

    @Test
    void every_screen_in_every_state_can_be_read() throws IOException {
        Language.show(Language.of(System.getProperty("pictures.language", "en"), Locale.ENGLISH));
        Files.createDirectories(dir);
        FxToolkit.headless();
        FxToolkit.start();
        try {
            for (var scene : scenes()) {
                if (scene.name().contains(only)) {
                    take(scene);
                    report();
                }
            }
            for (var theme : Theme.values()) {
                for (var size : wanted()) {
                    ConnectPictures.draw(
                            dir,
                            only,
                            theme,
                            size,
                            (name, drawn) -> note(name, LayoutCheck.of(drawn)));
                }
            }
        } finally {
            Language.show(Language.ENGLISH);
        }
        var report = report();
        System.out.printf("%d pictures in %s, %d findings%n", taken, dir, report.size());
        assertThat(report).isEmpty();
    }

    /// Written after each scene, so that a run that is ended leaves what it found.
    private List<String> report() throws IOException {
        var report = new ArrayList<String>();
        wrong.forEach(
                (what, where) -> report.add("%s  [%s]".formatted(what, String.join(" ", where))));
        Files.write(dir.resolve("findings.txt"), report);
        return report;
    }

    private static List<PictureScene> scenes() throws IOException {
        var lake = QueriesPictures.lake();
        var all = new ArrayList<PictureScene>();
        all.addAll(StatePictures.scenes(lake));
        all.addAll(BranchPictures.scenes());
        all.addAll(SettingsPictures.scenes());
        all.addAll(FleetPictures.scenes());
        all.addAll(QueriesPictures.scenes(lake));
        all.addAll(AskPictures.scenes());
        all.addAll(CornerPictures.scenes());
        return all;
    }

    private List<int[]> wanted() {
        return SIZES.stream()
                .filter(s -> sizes.isEmpty() || sizes.contains(Integer.toString(s[0])))
                .toList();
    }

    /// One window for all its pictures: it is resized and changes its theme as a person's does.
    private void take(PictureScene scene) throws IOException {
        var shop = scene.shop().get();
        var first = wanted().getFirst();
        try (var console = new OpenConsole(shop, dir, first[0], first[1], Theme.DARK)) {
            scene.act().accept(new PictureHands(console, shop));
            for (var theme : Theme.values()) {
                FxToolkit.call(
                        () -> {
                            theme.applyTo(console.frame.scene());
                            return theme;
                        });
                for (var size : wanted()) {
                    console.resize(size[0], size[1]);
                    settle(console);
                    var name = file(scene.name(), theme, size);
                    note(name, FxToolkit.call(() -> LayoutCheck.of(console.frame.scene())));
                    Screens.write(
                            FxToolkit.call(() -> console.frame.scene().snapshot(null)),
                            dir.resolve(name));
                }
            }
        } catch (RuntimeException | AssertionError e) {
            LOG.warn("No picture of {}", scene.name(), e);
            note(scene.name(), List.of("no picture: " + e));
        } finally {
            shop.threads.close();
        }
    }

    /// Lists fill their cells and charts are drawn over a few pulses.
    private static void settle(OpenConsole console) {
        for (int pulse = 0; pulse < 6; pulse++) {
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
            console.settle();
        }
    }

    private void note(String picture, List<String> found) {
        taken++;
        found.forEach(what -> wrong.computeIfAbsent(what, _ -> new TreeSet<>()).add(picture));
    }

    static String file(String name, Theme theme, int[] size) {
        return "%s-%s-%d.png".formatted(name, theme.name().toLowerCase(Locale.ROOT), size[0]);
    }
}

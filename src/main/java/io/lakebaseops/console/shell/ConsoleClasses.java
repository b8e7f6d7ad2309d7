package io.lakebaseops.console.shell;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// The classes of the console, loaded and verified ahead of their first use, which would happen on
/// the JavaFX thread while somebody waits for a screen. Blocking.
final class ConsoleClasses {
    private static final Logger LOG = LoggerFactory.getLogger(ConsoleClasses.class);
    private static final String ROOM = "/io/lakebaseops/console";

    /// Skins of JavaFX's controls, by the control: most of what a first screen loads besides.
    private static final List<String> SKINS =
            List.of(
                    "CheckBox",
                    "ComboBoxListView",
                    "ContextMenu",
                    "DatePicker",
                    "ListView",
                    "MenuButton",
                    "ProgressBar",
                    "ScrollPane",
                    "Slider",
                    "TableRow",
                    "TableView",
                    "TextArea",
                    "TextField",
                    "ToggleButton");

    private ConsoleClasses() {}

    /// Loads and verifies them without initializing any: what a static initializer does, it does
    /// where the class is used.
    ///
    /// @return how many there are
    static int load() {
        var names = new ArrayList<>(names());
        SKINS.forEach(control -> names.add("javafx.scene.control.skin.%sSkin".formatted(control)));
        var loader = ConsoleClasses.class.getClassLoader();
        for (var name : names) {
            try {
                // Asking for the methods is what links a class without initializing it.
                Objects.requireNonNull(Class.forName(name, false, loader).getDeclaredMethods());
            } catch (ClassNotFoundException | LinkageError e) {
                // It says so again where it is used, which may be never.
                LOG.debug("{} is not loaded ahead", name, e);
            }
        }
        return names.size();
    }

    private static List<String> names() {
        URL url = Objects.requireNonNull(ConsoleClasses.class.getResource("ConsoleClasses.class"));
        try {
            if (!url.getProtocol().equals("jar")) {
                return in(Path.of(url.toURI()).resolve("../..").normalize());
            }
            var jar = url.toString().substring("jar:".length()).split("!", 2)[0];
            try (var files = FileSystems.newFileSystem(Path.of(URI.create(jar)))) {
                return in(files.getPath(ROOM));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The classes of the console cannot be listed", e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException("The classes of the console cannot be listed", e);
        }
    }

    private static List<String> in(Path room) throws IOException {
        try (var all = Files.walk(room)) {
            return all.map(p -> room.relativize(p).toString())
                    .filter(n -> n.endsWith(".class") && !n.endsWith("package-info.class"))
                    .map(n -> n.substring(0, n.length() - ".class".length()))
                    .map(n -> (ROOM.substring(1) + "/" + n).replaceAll("[/\\\\]", "."))
                    .sorted()
                    .toList();
        }
    }
}

package io.lakebaseops.console.branches;

import io.lakebaseops.console.Texts;

import javafx.stage.FileChooser;
import javafx.stage.Window;

import java.nio.file.Path;
import java.util.function.Consumer;

/// Asks where to write a file; the writing itself is done in the background.
final class FileExport {
    private FileExport() {}

    static void ask(Window window, String name, Consumer<Path> write) {
        var chooser = new FileChooser();
        chooser.setTitle(Texts.of("Export"));
        chooser.setInitialFileName(name.replaceAll("[^A-Za-z0-9._-]", "_"));
        var chosen = chooser.showSaveDialog(window);
        if (chosen != null) {
            write.accept(chosen.toPath());
        }
    }
}

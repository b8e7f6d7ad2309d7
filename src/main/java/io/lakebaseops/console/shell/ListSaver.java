package io.lakebaseops.console.shell;

import io.lakebaseops.console.Messages;
import io.lakebaseops.console.parts.SaveList;

import javafx.scene.Node;
import javafx.stage.FileChooser;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;

/// Saves lists of the screens as files: the person says where, the file is written in the
/// background.
final class ListSaver {
    private final Function<String, @Nullable Path> choose;
    private final Executor background;
    private final Consumer<String> say;

    /// @param choose asks the person for a file, given a name; null when the person changed his
    ///     mind
    /// @param say what became of it; called from the background
    ListSaver(Function<String, @Nullable Path> choose, Executor background, Consumer<String> say) {
        this.choose = choose;
        this.background = background;
        this.say = say;
    }

    /// Of a window, with the dialog of the system.
    static ListSaver of(Node root, Executor background, Consumer<String> say) {
        return new ListSaver(name -> dialog(root, name), background, say);
    }

    private static @Nullable Path dialog(Node root, String name) {
        var chooser = new FileChooser();
        chooser.setTitle(Messages.of("list.save"));
        chooser.setInitialFileName(name + ".csv");
        chooser.getExtensionFilters()
                .addAll(
                        new FileChooser.ExtensionFilter("CSV", "*.csv"),
                        new FileChooser.ExtensionFilter("JSON", "*.json"));
        var file = chooser.showSaveDialog(root.getScene().getWindow());
        return file == null ? null : file.toPath();
    }

    void serve(Node root) {
        root.addEventHandler(SaveList.WANTED, this::save);
    }

    private void save(SaveList wanted) {
        wanted.consume();
        var file = choose.apply(wanted.name());
        if (file == null) {
            return;
        }
        var content = wanted.content(file);
        background.execute(
                () -> {
                    try {
                        Files.writeString(file, content);
                    } catch (IOException e) {
                        say.accept(
                                Messages.of(
                                        "list.not.saved", file, String.valueOf(e.getMessage())));
                    }
                });
    }
}

package io.lakebaseops.console.fx;

import io.lakebaseops.console.Messages;

import javafx.fxml.FXMLLoader;
import javafx.scene.Parent;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;

/// Loads `X.fxml` for the view `X`, which is its controller.
public final class Fxml {
    private Fxml() {}

    public static Parent load(Object view) {
        var name = "/console/fxml/" + view.getClass().getSimpleName() + ".fxml";
        var loader =
                new FXMLLoader(
                        Objects.requireNonNull(Fxml.class.getResource(name), name),
                        Messages.bundle());
        loader.setController(view);
        try {
            return loader.load();
        } catch (IOException e) {
            throw new UncheckedIOException(name + " does not load", e);
        }
    }
}

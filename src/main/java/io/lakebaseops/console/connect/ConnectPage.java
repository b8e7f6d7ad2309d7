package io.lakebaseops.console.connect;

import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;

/// The connect page: what was found, the form, and the test, side by side.
public final class ConnectPage extends HBox {
    private static final double WIDEST = 1640;

    private final ConnectModel model;
    private final FoundColumn found;
    private final FormColumn form;

    public ConnectPage(ConnectModel model) {
        super(14);
        this.model = model;
        found = new FoundColumn(model);
        form = new FormColumn(model);
        var test = new TestColumn(model);
        getChildren().addAll(found, form, test);
        setMaxWidth(WIDEST);
        setMinHeight(0);
        share(found, 0.265);
        share(form, 0.36);
        share(test, 0.375);
        addEventFilter(KeyEvent.KEY_PRESSED, this::onKey);
    }

    private void share(Region column, double part) {
        column.setMinWidth(0);
        column.setMinHeight(0);
        column.prefWidthProperty().bind(widthProperty().subtract(28).multiply(part));
        column.maxWidthProperty().bind(column.prefWidthProperty());
        HBox.setHgrow(column, Priority.NEVER);
    }

    private void onKey(KeyEvent key) {
        if (key.getCode() == KeyCode.ENTER && key.isShortcutDown()) {
            model.test();
            key.consume();
        } else if (key.getCode() == KeyCode.ESCAPE && model.cancel()) {
            key.consume();
        }
    }

    void show(ConnectionDesk.Saved saved) {
        found.show(saved);
    }

    /// The paste field has the focus.
    public void focus() {
        form.focus();
    }
}

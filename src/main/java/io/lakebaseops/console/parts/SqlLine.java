package io.lakebaseops.console.parts;

import io.lakebaseops.domain.Format;

import javafx.scene.layout.HBox;
import javafx.scene.shape.Rectangle;
import javafx.scene.text.Text;

import java.util.Locale;

/// A statement on one line of a table, lightly coloured; what has no room is cut, and stands in the
/// tooltip.
public final class SqlLine extends HBox {
    public SqlLine(String sql) {
        getStyleClass().add("sql-one-line");
        setMinWidth(0);
        setPrefWidth(0);
        setMaxWidth(Double.MAX_VALUE);
        for (var token : SqlTokens.of(sql)) {
            var text = new Text(Format.printable(token.text()));
            text.getStyleClass()
                    .addAll("sql-text", "sql-" + token.kind().name().toLowerCase(Locale.ROOT));
            getChildren().add(text);
        }
        var clip = new Rectangle();
        clip.widthProperty().bind(widthProperty());
        clip.heightProperty().bind(heightProperty());
        setClip(clip);
        setAccessibleText(Format.printable(sql));
        Nodes.tip(this, sql);
    }
}

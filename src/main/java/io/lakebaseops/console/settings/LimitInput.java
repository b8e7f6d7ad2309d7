package io.lakebaseops.console.settings;

import io.lakebaseops.console.settings.LimitFields.Field;
import io.lakebaseops.domain.MetricName;

import javafx.css.PseudoClass;
import javafx.scene.control.TextField;

import org.jspecify.annotations.Nullable;

/// A field for one limit of one measure; several may show the same one.
final class LimitInput extends TextField {
    static final PseudoClass WRONG = PseudoClass.getPseudoClass("wrong");
    static final PseudoClass CHANGED = PseudoClass.getPseudoClass("changed");

    private final SettingsViewModel model;
    private final Field field;
    private @Nullable MetricName metric;
    private boolean showing;

    LimitInput(SettingsViewModel model, Field field) {
        this.model = model;
        this.field = field;
        getStyleClass().add("limit-input");
        textProperty().addListener((_, _, text) -> typed(text));
    }

    void about(MetricName next, String words) {
        metric = next;
        setAccessibleText(words);
        update();
    }

    private void typed(String text) {
        if (!showing && metric != null) {
            model.type(metric, field, text);
        }
    }

    /// The field as it was.
    ///
    /// @return false when there is nothing to take back
    boolean back() {
        var about = metric;
        if (about == null || !model.typed(about)) {
            return false;
        }
        var saved = LimitFields.of(about, model.savedRule(about).limits()).text(field);
        if (saved.equals(getText())) {
            return false;
        }
        model.type(about, field, saved);
        return true;
    }

    void update() {
        var about = metric;
        if (about == null) {
            return;
        }
        var text = model.fields(about).text(field);
        if (!text.equals(getText())) {
            showing = true;
            setText(text);
            showing = false;
        }
        var saved = LimitFields.of(about, model.savedRule(about).limits()).text(field);
        pseudoClassStateChanged(WRONG, problem() != null);
        pseudoClassStateChanged(CHANGED, !saved.equals(text));
        setEditable(!model.readOnly());
    }

    /// Why it is wrong; null when it is right.
    @Nullable String problem() {
        return metric == null ? null : model.check(metric).problems().get(field);
    }
}

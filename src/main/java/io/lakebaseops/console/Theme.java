package io.lakebaseops.console;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;

import javafx.application.Application;
import javafx.application.ColorScheme;
import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.scene.paint.Color;

import java.util.Locale;
import java.util.Objects;

/// Dark or light: AtlantaFX below, our colour roles and rules above.
public enum Theme {
    // The fill must be the page colour of the token file, or a window flashes while it opens.
    DARK(new PrimerDark().getUserAgentStylesheet(), "#0b0f14"),
    LIGHT(new PrimerLight().getUserAgentStylesheet(), "#f5f7f9");

    private final String base;
    private final String page;

    Theme(String base, String page) {
        this.base = base;
        this.page = page;
    }

    /// As the desktop is set, where it says.
    static Theme ofDesktop() {
        return Platform.getPreferences().getColorScheme() == ColorScheme.DARK ? DARK : LIGHT;
    }

    public Theme other() {
        return this == DARK ? LIGHT : DARK;
    }

    public void applyTo(Scene scene) {
        Application.setUserAgentStylesheet(base);
        scene.setFill(Color.web(page));
        scene.getStylesheets()
                .setAll(css("tokens-" + name().toLowerCase(Locale.ROOT)), css("console"));
        Motion.applyTo(scene);
    }

    private static String css(String name) {
        return Objects.requireNonNull(
                        Theme.class.getResource("/console/css/" + name + ".css"),
                        "stylesheet " + name)
                .toExternalForm();
    }
}

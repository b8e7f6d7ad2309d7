package io.lakebaseops.console;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;

/// The words on the screens that have a key, from `console/i18n/console.properties` and its German
/// neighbour; see {@link Texts} for those written where they are said.
public final class Messages {
    private static final String NAME = "console.i18n.console";
    // A desktop in German has no say in a window that is shown in English.
    private static final ResourceBundle.Control EXACT =
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

    private Messages() {}

    /// Of the language shown; what German does not have is English.
    public static ResourceBundle bundle() {
        return ResourceBundle.getBundle(NAME, Language.shown().locale(), EXACT);
    }

    /// @param args fill `{0}`, `{1}` …; numbers are to be formatted by {@link Figures} before
    public static String of(String key, Object... args) {
        var pattern = bundle().getString(key);
        return args.length == 0 ? pattern : new MessageFormat(pattern, Locale.ENGLISH).format(args);
    }
}

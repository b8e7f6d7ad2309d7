package io.lakebaseops.console;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;

/// The words on the screens, from `console/i18n/console.properties`.
public final class Messages {
    private static final ResourceBundle BUNDLE =
            ResourceBundle.getBundle("console.i18n.console", Locale.ENGLISH);

    private Messages() {}

    public static ResourceBundle bundle() {
        return BUNDLE;
    }

    /// @param args fill `{0}`, `{1}` …; numbers are to be formatted by {@link Figures} before
    public static String of(String key, Object... args) {
        var pattern = BUNDLE.getString(key);
        return args.length == 0 ? pattern : new MessageFormat(pattern, Locale.ENGLISH).format(args);
    }
}

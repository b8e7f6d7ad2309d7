package io.lakebaseops.console;

import io.lakebaseops.domain.Format;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// The sentences of the screens, written in English where they are said and looked up in the
/// language of the window. What a catalog does not have stays English.
public final class Texts {
    private Texts() {}

    /// @param english also the key of its translation
    /// @param args fill `%s`, `%d` …; without any the text is taken as it is
    public static String of(String english, @Nullable Object... args) {
        var said = catalog().text(english);
        return args.length == 0 ? said : String.format(Locale.ENGLISH, said, args);
    }

    /// With a capital, as a sentence begins.
    public static String begin(String words) {
        return words.isEmpty()
                ? words
                : words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }

    /// Marks a text for the catalog that is looked up later, for constants that are also keys.
    public static String marked(String english) {
        return english;
    }

    /// `1 plan`, `3 plans`; the English plural must be regular.
    public static String count(long n, String noun) {
        var words = catalog().noun(noun);
        return words == null
                ? Format.count(n, noun)
                : Format.grouped(n) + " " + (n == 1 ? words.one() : words.many());
    }

    /// `3 s ago`, `4 min ago`, `2 d ago`.
    public static String ago(Instant then, Instant now) {
        return Texts.of("%s ago", Format.briefly(Duration.between(then, now)));
    }

    /// Local time of today as `14:02`, of another day as `20 Nov`.
    public static String clock(Instant at, Instant now, ZoneId zone) {
        var clock = Format.clock(at, now, zone);
        return clock.indexOf(':') >= 0 || Language.shown() == Language.ENGLISH
                ? clock
                : dates("d MMM").format(at.atZone(zone));
    }

    /// @param pattern of {@link DateTimeFormatter}; its order may be another in the language shown
    public static DateTimeFormatter dates(String pattern) {
        return DateTimeFormatter.ofPattern(catalog().text(pattern), Language.shown().locale());
    }

    private static TextCatalog catalog() {
        return switch (Language.shown()) {
            case ENGLISH -> TextCatalog.NONE;
            case GERMAN -> German.CATALOG;
        };
    }

    /// Read when the first German word is wanted.
    private static final class German {
        private static final TextCatalog CATALOG = TextCatalog.of("/console/i18n/de.po");
    }
}

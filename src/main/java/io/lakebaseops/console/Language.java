package io.lakebaseops.console;

import org.jspecify.annotations.Nullable;

import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/// The language of the window: English, or German beside it. It is settled once, before the first
/// screen is made, since words stand in constants as well; a choice holds from the next start on.
public enum Language {
    ENGLISH("English", Locale.ENGLISH),
    GERMAN("Deutsch", Locale.GERMAN);

    // Of the process, as the default locale is.
    private static final AtomicReference<Language> SHOWN = new AtomicReference<>(ENGLISH);
    private static final AtomicReference<@Nullable Language> CHOSEN = new AtomicReference<>();

    private final String itself;
    private final Locale locale;

    Language(String itself, Locale locale) {
        this.itself = itself;
        this.locale = locale;
    }

    /// Its name in itself, as menus of languages have it.
    public String itself() {
        return itself;
    }

    /// Of dates. Numbers are written the same way in both languages, as PostgreSQL, plans and
    /// findings write them: a point that is read as another number would be a danger.
    public Locale locale() {
        return locale;
    }

    public static Language shown() {
        return Objects.requireNonNull(SHOWN.get());
    }

    /// For the start of a window, before anything of it is made.
    public static void show(Language language) {
        SHOWN.set(language);
    }

    /// For the next start; null is as the system.
    public static void choose(@Nullable Language language) {
        CHOSEN.set(language);
    }

    public static @Nullable Language chosen() {
        return CHOSEN.get();
    }

    /// What the next start will show.
    public static Language next() {
        var choice = CHOSEN.get();
        return choice == null ? ofSystem() : choice;
    }

    /// Settles the language of the window that is about to open.
    static void begin(@Nullable Language remembered) {
        CHOSEN.set(remembered);
        SHOWN.set(next());
    }

    /// What holds where nobody chose: the environment's wish, else the system's language.
    ///
    /// @param wish of `LAKEBASEOPS_LANG`: a language tag such as `de` or `en`
    public static Language of(@Nullable String wish, Locale system) {
        var tag = wish == null || wish.isBlank() ? system.getLanguage() : wish.strip();
        return tag.toLowerCase(Locale.ROOT).startsWith("de") ? GERMAN : ENGLISH;
    }

    static Language ofSystem() {
        return of(System.getenv("LAKEBASEOPS_LANG"), Locale.getDefault(Locale.Category.DISPLAY));
    }
}

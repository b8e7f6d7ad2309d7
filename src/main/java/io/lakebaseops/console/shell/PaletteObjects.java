package io.lakebaseops.console.shell;

import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.Destination;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.state.TitleSearch;
import io.lakebaseops.state.TitleSearch.Title;

import org.kordamp.ikonli.feather.Feather;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

/// What of the server shown the palette finds by its title: plans, findings and alerts. Read in the
/// background for each text typed.
final class PaletteObjects {
    private static final Logger LOG = LoggerFactory.getLogger(PaletteObjects.class);
    private static final int MOST = 12;
    private static final int SHORTEST = 2;

    private final ConsoleSession session;
    private final TitleSearch titles;

    PaletteObjects(ConsoleSession session, TitleSearch titles) {
        this.session = session;
        this.titles = titles;
    }

    /// @param show called on the screen's thread
    void find(String typed, Consumer<List<Command>> show) {
        var text = typed.strip();
        if (text.length() < SHORTEST) {
            show.accept(List.of());
            return;
        }
        session.background()
                .execute(
                        () -> {
                            var found = commands(text);
                            session.screen().execute(() -> show.accept(found));
                        });
    }

    private List<Command> commands(String text) {
        try {
            return titles.matching(session.target(), List.of(text.split("\\s+")), MOST).stream()
                    .map(this::command)
                    .toList();
        } catch (OpsException e) {
            // The palette goes on with what it knows; the screens say that the database is gone.
            LOG.debug("The titles could not be searched", e);
            return List.of();
        }
    }

    private Command command(Title title) {
        return switch (title.kind()) {
            case PLAN ->
                    open(
                            title,
                            Feather.CHECK_SQUARE,
                            "plan",
                            Destination.plan(UUID.fromString(title.id())));
            case FINDING -> open(title, Feather.EYE, "finding", Destination.finding(title.id()));
            case ALERT -> open(title, Feather.BELL, "alert", Destination.metric(title.id()));
        };
    }

    private Command open(Title title, Feather icon, String kind, Destination there) {
        return new Command(icon, title.title(), kind, title.detail(), () -> session.goTo(there));
    }
}

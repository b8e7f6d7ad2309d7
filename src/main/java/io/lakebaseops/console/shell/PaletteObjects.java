package io.lakebaseops.console.shell;

import io.lakebaseops.agents.performance.indexes.RelationSearch;
import io.lakebaseops.agents.performance.indexes.RelationSearch.Relation;
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
import java.util.function.Supplier;
import java.util.stream.Stream;

/// What of the server shown the palette finds by its title or name: plans, findings and alerts,
/// tables and indexes. Read in the background for each text typed.
final class PaletteObjects {
    private static final Logger LOG = LoggerFactory.getLogger(PaletteObjects.class);
    private static final int MOST = 12;
    private static final int SHORTEST = 2;

    private final ConsoleSession session;
    private final TitleSearch titles;
    private final RelationSearch relations;

    PaletteObjects(ConsoleSession session, TitleSearch titles, RelationSearch relations) {
        this.session = session;
        this.titles = titles;
        this.relations = relations;
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
        var words = List.of(text.split("\\s+"));
        var target = session.target();
        return Stream.concat(
                        found(() -> titles.matching(target, words, MOST)).map(this::command),
                        found(() -> relations.named(target, words, MOST)).map(this::command))
                .toList();
    }

    private static <T> Stream<T> found(Supplier<List<T>> search) {
        try {
            return search.get().stream();
        } catch (OpsException e) {
            // The palette goes on with what it knows; the screens say what cannot be reached.
            LOG.debug("Not all could be searched", e);
            return Stream.of();
        }
    }

    private Command command(Relation r) {
        boolean index = r.kind().equals("index");
        return new Command(
                index ? Feather.LIST : Feather.GRID,
                r.schema() + "." + r.name(),
                r.kind(),
                index ? "on " + r.table() : r.database(),
                () -> session.goTo(Destination.indexTable(r.database(), r.schema(), r.table())));
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

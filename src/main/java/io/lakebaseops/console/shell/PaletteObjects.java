package io.lakebaseops.console.shell;

import io.lakebaseops.agents.performance.indexes.RelationSearch;
import io.lakebaseops.agents.performance.indexes.RelationSearch.Relation;
import io.lakebaseops.console.ConsoleServices;
import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.Destination;
import io.lakebaseops.console.Texts;
import io.lakebaseops.console.settings.Section;
import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.lakehouse.history.StatementTotals.Dimension;
import io.lakebaseops.lakehouse.history.TimeRange;
import io.lakebaseops.state.TitleSearch.Title;

import org.kordamp.ikonli.feather.Feather;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;

/// What of the server shown the palette finds by name: plans, findings and alerts, tables and
/// indexes, statements and settings. Read when the palette opens, at most once a minute; what is
/// typed is looked up in that, in the background.
final class PaletteObjects {
    private static final Logger LOG = LoggerFactory.getLogger(PaletteObjects.class);
    private static final Duration KEPT = Duration.ofMinutes(1);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration DAY = Duration.ofHours(24);
    private static final int MOST = 12;
    private static final int SHORTEST = 2;
    private static final int TITLES = 1000;

    /// Of a database with more, the rest is looked for as it is typed.
    private static final int RELATIONS = 20_000;

    private static final int STATEMENTS = 100;
    private static final int TITLE_LENGTH = 120;

    private final ConsoleSession session;
    private final ConsoleServices services;
    private final RelationSearch relations;
    private volatile Kept kept;

    /// @param at when the read began
    private record Kept(TargetId target, Instant at, List<Command> objects) {
        Kept {
            objects = List.copyOf(objects);
        }
    }

    PaletteObjects(ConsoleSession session, ConsoleServices services, RelationSearch relations) {
        this.session = session;
        this.services = services;
        this.relations = relations;
        kept = new Kept(session.target(), Instant.MIN, List.of());
    }

    /// Reads what has become old, one kind after the other.
    ///
    /// @param came on the screen's thread, after each kind
    void read(Runnable came) {
        var target = session.target();
        var now = session.now();
        var before = kept;
        if (before.target().equals(target) && before.at().plus(KEPT).isAfter(now)) {
            return;
        }
        var fresh =
                new Kept(
                        target, now, before.target().equals(target) ? before.objects() : List.of());
        begin(fresh);
        session.background().execute(() -> parts(fresh, came));
    }

    private void parts(Kept begun, Runnable came) {
        var all = new ArrayList<Command>();
        List<Function<TargetId, List<Command>>> kinds =
                List.of(_ -> settings(), this::titles, this::statements, this::relations);
        for (var kind : kinds) {
            try {
                all.addAll(kind.apply(begun.target()));
            } catch (OpsException e) {
                // The palette goes on with what it knows; the screens say what cannot be read.
                LOG.debug("The palette lacks a kind of objects: {}", e.getMessage());
            }
            keep(new Kept(begun.target(), begun.at(), all));
            session.screen().execute(came);
        }
    }

    private synchronized void begin(Kept fresh) {
        kept = fresh;
    }

    /// Unless another read began meanwhile.
    private synchronized void keep(Kept next) {
        var now = kept;
        if (now.target().equals(next.target()) && now.at().equals(next.at())) {
            kept = next;
        }
    }

    /// @param show called on the screen's thread
    void find(String typed, Consumer<List<Command>> show) {
        var text = typed.strip();
        var known = kept;
        if (text.length() < SHORTEST || !known.target().equals(session.target())) {
            show.accept(List.of());
            return;
        }
        session.background()
                .execute(
                        () -> {
                            var found = found(known, text);
                            session.screen().execute(() -> show.accept(found));
                        });
    }

    private List<Command> found(Kept known, String text) {
        var found = Command.matching(known.objects(), text).stream().limit(MOST).toList();
        if (!found.isEmpty() || known.objects().size() < RELATIONS) {
            return found;
        }
        try {
            return relations.named(known.target(), List.of(text.split("\\s+")), MOST).stream()
                    .map(this::command)
                    .toList();
        } catch (OpsException e) {
            LOG.debug("The rest of the names could not be searched: {}", e.getMessage());
            return List.of();
        }
    }

    private List<Command> titles(TargetId target) {
        return services.titles().matching(target, List.of(), TITLES).stream()
                .map(this::command)
                .toList();
    }

    /// Sections of the settings, and the limits of each measure.
    private List<Command> settings() {
        if (services.settings() == null) {
            return List.of();
        }
        var all = new ArrayList<Command>();
        for (var section : Section.values()) {
            all.add(setting(section.title(), section.words(), section.id()));
        }
        for (var watched : services.health().metrics().watched()) {
            all.add(
                    setting(
                            Texts.of(watched.gauge().title()),
                            Texts.of("threshold limit alert"),
                            watched.rule().metric().id()));
        }
        return all;
    }

    private Command setting(String title, String words, String item) {
        return open(
                title,
                Feather.SETTINGS,
                Texts.marked("setting"),
                words,
                new Destination(Destination.SETTINGS, item));
    }

    /// Tables and indexes; a sleeping compute is not woken for them.
    private List<Command> relations(TargetId target) {
        return relations.named(target, List.of(), RELATIONS).stream().map(this::command).toList();
    }

    /// Those that took most of the time of the last day.
    private List<Command> statements(TargetId target) {
        return services
                .performance()
                .statements()
                .totals(
                        target,
                        TimeRange.before(session.now(), DAY),
                        Dimension.STATEMENT,
                        STATEMENTS,
                        Deadline.in(PATIENCE))
                .rows()
                .stream()
                .filter(row -> row.query() != null)
                .map(
                        row ->
                                open(
                                        line(Objects.requireNonNull(row.query())),
                                        Feather.CODE,
                                        Texts.marked("statement"),
                                        row.key(),
                                        Destination.statement(row.key())))
                .toList();
    }

    private static String line(String statement) {
        var words = statement.strip().replaceAll("\\s+", " ");
        return words.length() <= TITLE_LENGTH ? words : words.substring(0, TITLE_LENGTH) + "…";
    }

    private Command command(Relation r) {
        boolean index = r.kind().equals("index");
        return new Command(
                index ? Feather.LIST : Feather.GRID,
                r.schema() + "." + r.name(),
                r.kind(),
                index ? Texts.of("on %s", r.table()) : r.database(),
                () -> session.goTo(Destination.indexTable(r.database(), r.schema(), r.table())));
    }

    private Command command(Title title) {
        return switch (title.kind()) {
            case PLAN ->
                    open(
                            title.title(),
                            Feather.CHECK_SQUARE,
                            Texts.marked("plan"),
                            title.detail(),
                            Destination.plan(UUID.fromString(title.id())));
            case FINDING ->
                    open(
                            title.title(),
                            Feather.EYE,
                            Texts.marked("finding"),
                            title.detail(),
                            Destination.finding(title.id()));
            case ALERT ->
                    open(
                            title.title(),
                            Feather.BELL,
                            Texts.marked("alert"),
                            title.detail(),
                            Destination.metric(title.id()));
        };
    }

    private Command open(
            String title, Feather icon, String kind, String detail, Destination there) {
        return new Command(icon, title, kind, detail, () -> session.goTo(there));
    }
}

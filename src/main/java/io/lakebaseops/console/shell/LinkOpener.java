package io.lakebaseops.console.shell;

import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.Destination;
import io.lakebaseops.console.Screen;
import io.lakebaseops.console.TargetWords;
import io.lakebaseops.console.Texts;
import io.lakebaseops.console.settings.Section;
import io.lakebaseops.domain.ConsoleLink;
import io.lakebaseops.domain.MetricName;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.framework.ToolDescriptor;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/// Follows links into the console. A link that is not wholly understood, or names a server, a
/// screen or an object there is not, opens nothing and is said; no link starts anything.
final class LinkOpener {
    private final ConsoleSession session;
    private final List<Screen> screens;
    private final List<ToolDescriptor> tools;
    private final Consumer<String> say;

    /// @param say on the screen's thread
    LinkOpener(
            ConsoleSession session,
            List<Screen> screens,
            List<ToolDescriptor> tools,
            Consumer<String> say) {
        this.session = session;
        this.screens = List.copyOf(screens);
        this.tools = List.copyOf(tools);
        this.say = say;
    }

    /// On the screen's thread; whether the server is known is asked in the background.
    void open(String text) {
        switch (ConsoleLink.parse(text)) {
            case ConsoleLink.Parsed.Refused r -> refuse(r.why());
            case ConsoleLink.Parsed.Link l -> {
                var place = place(l.link());
                if (place.isEmpty()) {
                    refuse(Texts.of("there is no such screen, or no such object on it"));
                } else {
                    session.background().execute(() -> look(l.link(), place.get()));
                }
            }
        }
    }

    private void refuse(String why) {
        say.accept(Texts.of("The link was not opened: %s.", why));
    }

    private void look(ConsoleLink link, Destination place) {
        Runnable then;
        try {
            boolean known = session.servers().list().contains(link.target());
            then =
                    known
                            ? () -> show(link, place)
                            : () ->
                                    refuse(
                                            Texts.of(
                                                    "the server %s is not known here",
                                                    TargetWords.of(link.target())));
        } catch (OpsException e) {
            then = () -> refuse(String.valueOf(e.getMessage()));
        }
        session.screen().execute(then);
    }

    private void show(ConsoleLink link, Destination place) {
        if (!session.target().equals(link.target())) {
            session.lookAt(link.target());
        }
        session.goTo(place);
    }

    private Optional<Destination> place(ConsoleLink link) {
        if (screens.stream().noneMatch(s -> s.id().equals(link.screen()))) {
            return Optional.empty();
        }
        var object = link.object();
        if (object.isEmpty()) {
            return Optional.of(new Destination(link.screen(), null));
        }
        if (object.size() == 2) {
            return pair(link.screen(), object.get(0), object.get(1));
        }
        var one = object.getFirst();
        boolean fits =
                switch (link.screen()) {
                    case Destination.APPROVALS, Destination.ASK -> uuid(one);
                    case Destination.QUERIES -> one.matches("-?[0-9]{1,20}");
                    case Destination.AGENTS ->
                            tools.stream().map(ToolDescriptor::name).anyMatch(one::equals);
                    case Destination.SETTINGS ->
                            metric(one)
                                    || Arrays.stream(Section.values())
                                            .anyMatch(s -> s.id().equals(one));
                    case Destination.BRANCHES,
                            Destination.INDEXES,
                            Destination.VACUUM,
                            Destination.SYNC ->
                            true;
                    default -> false;
                };
        return fits ? Optional.of(new Destination(link.screen(), one)) : Optional.empty();
    }

    private static Optional<Destination> pair(String screen, String kind, String id) {
        if (!screen.equals(Destination.OVERVIEW)) {
            return Optional.empty();
        }
        return switch (kind) {
            case "finding" -> Optional.of(Destination.finding(id));
            case "metric" -> metric(id) ? Optional.of(Destination.metric(id)) : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static boolean metric(String id) {
        return Arrays.stream(MetricName.values()).anyMatch(m -> m.id().equals(id));
    }

    private static boolean uuid(String text) {
        try {
            return UUID.fromString(text).toString().equals(text);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}

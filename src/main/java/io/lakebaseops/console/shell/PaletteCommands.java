package io.lakebaseops.console.shell;

import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.Destination;
import io.lakebaseops.console.Messages;
import io.lakebaseops.console.Screen;
import io.lakebaseops.domain.TargetId;

import org.kordamp.ikonli.feather.Feather;

import java.util.ArrayList;
import java.util.List;

/// Everything the palette offers: screens, targets, actions, and each tool of the catalog.
final class PaletteCommands {
    private final ConsoleSession session;
    private final List<Screen> screens;
    private final Runnable switchTheme;
    private final Runnable refresh;
    private final Runnable help;
    private final Runnable openLocal;

    PaletteCommands(
            ConsoleSession session,
            List<Screen> screens,
            Runnable switchTheme,
            Runnable refresh,
            Runnable help,
            Runnable openLocal) {
        this.session = session;
        this.screens = screens;
        this.switchTheme = switchTheme;
        this.refresh = refresh;
        this.help = help;
        this.openLocal = openLocal;
    }

    List<Command> all(List<TargetId> targets) {
        var all = new ArrayList<Command>();
        for (int i = 0; i < screens.size(); i++) {
            var screen = screens.get(i);
            all.add(
                    new Command(
                            screen.icon(),
                            screen.title(),
                            "screen",
                            "Ctrl " + (i + 1),
                            () -> session.goTo(screen.home())));
        }
        for (var target : targets) {
            all.add(
                    new Command(
                            Feather.GIT_BRANCH,
                            target.toString(),
                            "target",
                            target.profile(),
                            () -> session.lookAt(target)));
        }
        if (targets.stream().noneMatch(t -> t.profile().equals("local"))) {
            all.add(action(Feather.DATABASE, "palette.local", "", openLocal));
        }
        all.add(action(Feather.REFRESH_CW, "palette.refresh", "F5", refresh));
        all.add(action(Feather.MOON, "palette.theme", "", switchTheme));
        all.add(action(Feather.HELP_CIRCLE, "palette.help", "?", help));
        for (var tool : session.services().framework().catalog().all()) {
            var d = tool.descriptor();
            all.add(
                    new Command(
                            Feather.TERMINAL,
                            d.name().replace('_', ' '),
                            "tool",
                            d.summary(),
                            () -> session.goTo(new Destination.Agents(d.name()))));
        }
        return all;
    }

    private static Command action(Feather icon, String key, String detail, Runnable run) {
        return new Command(icon, Messages.of(key), "action", detail, run);
    }
}

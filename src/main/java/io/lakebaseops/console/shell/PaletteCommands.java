package io.lakebaseops.console.shell;

import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.Destination;
import io.lakebaseops.console.Messages;
import io.lakebaseops.console.Screen;
import io.lakebaseops.console.Texts;
import io.lakebaseops.console.ToolWords;
import io.lakebaseops.console.help.HelpPage;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.framework.JobScheduler.JobDefinition;
import io.lakebaseops.framework.ToolDescriptor;

import org.kordamp.ikonli.feather.Feather;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/// Everything the palette offers: screens, targets, actions, and each tool of the catalog.
final class PaletteCommands {
    private final ConsoleSession session;
    private final List<Screen> screens;
    private final List<ToolDescriptor> tools;
    private final List<JobDefinition> jobs;
    private final Runnable switchTheme;
    private final Runnable refresh;
    private final Runnable help;
    private final Consumer<String> helpOf;
    private final Runnable report;
    private final Runnable openLocal;
    private final IntConsumer step;

    PaletteCommands(
            ConsoleSession session,
            List<Screen> screens,
            List<ToolDescriptor> tools,
            List<JobDefinition> jobs,
            Runnable switchTheme,
            Runnable refresh,
            Runnable help,
            Consumer<String> helpOf,
            Runnable report,
            Runnable openLocal,
            IntConsumer step) {
        this.session = session;
        this.screens = screens;
        this.tools = tools;
        this.jobs = jobs;
        this.switchTheme = switchTheme;
        this.refresh = refresh;
        this.help = help;
        this.helpOf = helpOf;
        this.report = report;
        this.openLocal = openLocal;
        this.step = step;
    }

    List<Command> all(List<TargetId> targets) {
        var all = new ArrayList<Command>();
        for (var screen : screens) {
            all.add(
                    new Command(
                            screen.icon(),
                            screen.title(),
                            Texts.marked("screen"),
                            screen.keyWords(),
                            () -> session.goTo(screen.home())));
        }
        for (var target : targets) {
            all.add(
                    new Command(
                            Feather.GIT_BRANCH,
                            target.toString(),
                            Texts.marked("target"),
                            target.profile(),
                            () -> session.lookAt(target)));
        }
        if (targets.stream().noneMatch(t -> t.profile().equals("local"))) {
            all.add(action(Feather.DATABASE, "palette.local", "", openLocal));
        }
        all.add(
                action(
                        Feather.ARROW_LEFT,
                        "palette.back",
                        Texts.of("Alt ←"),
                        () -> step.accept(-1)));
        all.add(
                action(
                        Feather.ARROW_RIGHT,
                        "palette.forward",
                        Texts.of("Alt →"),
                        () -> step.accept(1)));
        all.add(action(Feather.REFRESH_CW, "palette.refresh", "F5", refresh));
        all.add(action(Feather.MOON, "palette.theme", "", switchTheme));
        all.add(action(Feather.FILE_TEXT, "palette.report", Texts.of("Ctrl P"), report));
        all.add(action(Feather.HELP_CIRCLE, "palette.help", "?", help));
        for (var tool : tools) {
            all.add(
                    new Command(
                            Feather.TERMINAL,
                            ToolWords.title(tool.name()),
                            Texts.marked("tool"),
                            tool.summary(),
                            () -> session.goTo(Destination.tool(tool.name()))));
        }
        for (var job : jobs) {
            all.add(
                    new Command(
                            Feather.CLOCK,
                            job.name(),
                            Texts.marked("job"),
                            job.cron(),
                            () -> session.goTo(Destination.agents())));
        }
        for (var screen : screens) {
            HelpPage.of(screen.id()).ifPresent(page -> addHelp(all, page));
        }
        return all;
    }

    /// The page, and each thing it explains.
    private void addHelp(List<Command> all, HelpPage page) {
        all.add(help(page, page.title(), page.about()));
        for (var part : page.parts()) {
            for (var item : part.items()) {
                if (!item.term().isEmpty() && !item.key()) {
                    all.add(help(page, page.title() + ": " + item.term(), item.text()));
                }
            }
        }
    }

    private Command help(HelpPage page, String title, String text) {
        return new Command(
                Feather.HELP_CIRCLE,
                Messages.of("palette.help.of", title),
                Texts.marked("help"),
                text,
                () -> helpOf.accept(page.id()));
    }

    private static Command action(Feather icon, String key, String detail, Runnable run) {
        return new Command(icon, Messages.of(key), Texts.marked("action"), detail, run);
    }
}

package io.lakebaseops.app;

import io.lakebaseops.cli.Commands;
import io.lakebaseops.domain.ConsoleLink;
import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.local.LocalOptions;
import io.lakebaseops.platform.StandardStreams;

import java.time.Clock;
import java.util.List;

/// The program: with arguments a command, without them, or with a link, the console; where there is
/// no display, the demo as text and pictures.
public final class Main {
    /// A console of its own beside one that is open; without it a second start shows the first.
    static final String NEW_WINDOW = "--new-window";

    /// Opens the window on an empty home, prints when it was visible and usable, and leaves.
    static final String MEASURE_START = "--measure-start";

    /// Opens the window alone, prints when it was visible, and leaves.
    static final String MEASURE_WINDOW = "--measure-window";

    private Main() {}

    public static void main(String[] args) {
        StandardStreams.utf8WhereNobodyLooks();
        System.exit(run(args));
    }

    private static int run(String[] args) {
        Home home;
        try {
            home = Home.ofThisProcess();
        } catch (OpsException e) {
            System.err.println(Format.printable(String.valueOf(e.getMessage())));
            return 2;
        }
        LogFile.begin(home, Clock.systemUTC());
        boolean window = List.of(args).equals(List.of(MEASURE_WINDOW));
        if (window || List.of(args).equals(List.of(MEASURE_START))) {
            return ConsoleCommand.measureStart(home, LocalOptions.defaults(), window);
        }
        boolean another = List.of(args).equals(List.of(NEW_WINDOW));
        boolean link = args.length == 1 && ConsoleLink.claims(args[0]);
        if (link && !Display.present()) {
            System.err.println("A link opens in the window, and there is no display");
            return 2;
        }
        if (args.length == 0 || another || link) {
            return Display.present()
                    ? ConsoleCommand.run(
                            home, LocalOptions.defaults(), another, link ? args[0] : null)
                    : DemoLauncher.withPictures();
        }
        try (var wiring = new Wiring(home, LocalOptions.defaults())) {
            return Commands.build(wiring).execute(args);
        }
    }
}

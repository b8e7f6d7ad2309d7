package io.lakebaseops.app;

import io.lakebaseops.cli.Commands;
import io.lakebaseops.local.LocalOptions;

import java.time.Clock;

/// The program: with arguments a command, without them the console; where there is no display, the
/// demo as text and pictures.
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        System.exit(run(args));
    }

    private static int run(String[] args) {
        var home = Home.ofThisProcess();
        LogFile.begin(home, Clock.systemUTC());
        if (args.length == 0) {
            return Display.present()
                    ? ConsoleCommand.run(home, LocalOptions.defaults())
                    : DemoLauncher.withPictures();
        }
        try (var wiring = new Wiring(home, LocalOptions.defaults())) {
            return Commands.build(wiring).execute(args);
        }
    }
}

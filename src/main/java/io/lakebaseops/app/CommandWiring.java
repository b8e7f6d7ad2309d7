package io.lakebaseops.app;

import io.lakebaseops.cli.Demo;
import io.lakebaseops.cli.GameDays;
import io.lakebaseops.cli.Reports;
import io.lakebaseops.cli.Services;
import io.lakebaseops.console.ConsoleServices;
import io.lakebaseops.domain.Actor;

import java.util.List;

/// What commands need beside the parts of the product: who runs them, and what they start.
abstract class CommandWiring implements Services {
    /// @param troubles what of the connection profiles could not be opened
    abstract ConsoleServices consoleServices(List<String> troubles);

    @Override
    public Actor person() {
        return ProcessActor.of(System.getProperty("user.name"), System.getenv());
    }

    @Override
    public Demo demo() {
        return new DemoLauncher();
    }

    @Override
    public GameDays gameDays() {
        return new GameDayLauncher();
    }

    @Override
    public Reports reports() {
        return new ReportWriter(() -> consoleServices(List.of()));
    }
}

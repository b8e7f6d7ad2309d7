package io.lakebaseops.console;

import io.lakebaseops.agents.performance.maintenance.QuietHours;
import io.lakebaseops.agents.performance.maintenance.SampleVacuum;
import io.lakebaseops.agents.performance.maintenance.VacuumRound;

import javafx.scene.input.KeyCode;

import java.util.List;
import java.util.function.Consumer;

/// Pictures of what one rarely sees: a plan of high risk, one under way, layers over a screen,
/// figures that are partly known.
final class CornerPictures {
    private CornerPictures() {}

    static List<PictureScene> scenes() {
        var running = FakeShop.busyDay();
        SampleRuns.waiting(running);
        var runningHigh = FakeShop.busyDay();
        SampleRuns.waiting(runningHigh);
        var partly = FakeShop.busyDay();
        partly.vacuum.round = SampleVacuum.partly(FakeShop.NOW);
        partly.vacuum.quiet = QuietHours.UNKNOWN;
        var asked = FakeShop.busyDay();
        asked.tools.answers.put("diagnose_root_cause", _ -> SampleCause.heldBack());
        var busy = FakeShop.busyDay();
        busy.work.add(
                new FakeWork<>("Index analysis on production", 0.4, "4 of 10 tables", false, 1));
        busy.work.add(new FakeWork<>("Vacuum shop.orders", -1, "scanning heap", false, 1));
        return List.of(
                at("plan-high", FakeShop.busyDay(), Destination.plan(SampleDay.FULL), _ -> {}),
                at("plan-done", FakeShop.busyDay(), Destination.plan(SampleDay.VACUUMED), _ -> {}),
                at("plan-running", running, Destination.approvals(), _ -> {}),
                at("plan-running-high", runningHigh, Destination.plan(SampleDay.FULL), _ -> {}),
                at(
                        "overview-evidence",
                        FakeShop.busyDay(),
                        Destination.overview(),
                        c -> c.click("#gauge-max_dead_tuple_ratio")),
                at(
                        "overview-cause",
                        asked,
                        Destination.overview(),
                        c -> {
                            c.click("#gauge-max_dead_tuple_ratio");
                            c.fire("#find-cause");
                        }),
                at(
                        "agents-tool",
                        FakeShop.busyDay(),
                        Destination.tool("terminate_idle_connections"),
                        _ -> {}),
                at(
                        "palette",
                        FakeShop.busyDay(),
                        Destination.overview(),
                        c -> c.press(KeyCode.K, true)),
                at(
                        "help",
                        FakeShop.busyDay(),
                        Destination.overview(),
                        c -> c.press(KeyCode.F1, false)),
                at("work", busy, Destination.overview(), c -> c.fire("#work")),
                at(
                        "report",
                        FakeShop.busyDay(),
                        Destination.overview(),
                        c -> c.fire("#report-button")),
                vacuum("vacuum-standby", SampleVacuum.standby(FakeShop.NOW)),
                PictureScene.of("vacuum-partly", partly, Destination.vacuum(), _ -> {}),
                vacuum("vacuum-reset", SampleVacuum.reset(FakeShop.NOW)));
    }

    private static PictureScene vacuum(String name, VacuumRound round) {
        var shop = FakeShop.busyDay();
        shop.vacuum.round = round;
        return at(name, shop, Destination.vacuum(), _ -> {});
    }

    private static PictureScene at(
            String name, FakeShop shop, Destination to, Consumer<PictureHands> act) {
        return PictureScene.of(name, shop, to, act);
    }
}

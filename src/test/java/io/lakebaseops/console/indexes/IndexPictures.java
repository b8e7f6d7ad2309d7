package io.lakebaseops.console.indexes;

import io.lakebaseops.agents.performance.indexes.IndexPlanning;
import io.lakebaseops.console.Destination;
import io.lakebaseops.console.ScreenState;
import io.lakebaseops.console.Theme;
import io.lakebaseops.console.fx.FxExecutor;
import io.lakebaseops.console.fx.FxToolkit;
import io.lakebaseops.console.shell.Frame;
import io.lakebaseops.domain.Rows;
import io.lakebaseops.local.demo.DemoShop;
import io.lakebaseops.local.demo.DemoStatements;
import io.lakebaseops.local.demo.DemoWorkload;
import io.lakebaseops.testing.Pg17;

import javafx.embed.swing.SwingFXUtils;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

import javax.imageio.ImageIO;

/// Draws the Indexes screen over the demo shop under load, to be looked at: `IndexPictures DIR`.
public final class IndexPictures {
    private IndexPictures() {}

    public static void main(String[] args) throws Exception {
        var dir = Files.createDirectories(Path.of(args[0]));
        FxToolkit.headless();
        FxToolkit.start();
        FxToolkit.call(
                () -> {
                    Thread.currentThread()
                            .setUncaughtExceptionHandler((_, e) -> e.printStackTrace());
                    return args;
                });
        var server = Pg17.started(List.of("shared_preload_libraries=pg_stat_statements"));
        try {
            var database = server.database("shop");
            database.asAdmin("create extension if not exists pg_stat_statements");
            try (var connection =
                    DriverManager.getConnection(database.url(), Pg17.DBA, Pg17.DBA_PASSWORD)) {
                DemoShop.load(connection, DemoShop.Size.SMALL);
            }
            try (var work =
                            new DemoWorkload(
                                    database.url(),
                                    Pg17.DBA,
                                    () -> Pg17.DBA_PASSWORD,
                                    DemoWorkload.DEFAULT_RATE);
                    var rig = new IndexRig(database, Files.createTempDirectory("pictures"))) {
                scans(database, rig);
                work.start();
                Thread.sleep(15_000);
                draw(rig, dir, "unread", Theme.DARK, 1600, 900);
                rig.analyse();
                for (var theme : Theme.values()) {
                    draw(rig, dir, "wide", theme, 1600, 900);
                    draw(rig, dir, "small", theme, 1280, 720);
                }
            }
        } finally {
            server.stop();
        }
        System.exit(0);
    }

    /// A month of scans with quiet weekends; one index has none since two months.
    private static void scans(Pg17.Database database, IndexRig rig) throws SQLException {
        var days = new ArrayList<Map<String, Object>>();
        var now = Instant.now();
        try (var connection =
                        DriverManager.getConnection(database.url(), Pg17.DBA, Pg17.DBA_PASSWORD);
                var statement = connection.createStatement();
                var row = statement.executeQuery(DemoStatements.INDEXES)) {
            while (row.next()) {
                var name = row.getString("index_name");
                boolean unused = name.equals("orders_coupon_code_idx");
                for (int d = 30; d >= 0; d--) {
                    var at = now.minus(Duration.ofDays(d));
                    boolean weekend = at.atZone(ZoneOffset.UTC).getDayOfWeek().getValue() > 5;
                    long scans = Math.abs(name.hashCode() % 9_000) + d * 37L % 400;
                    days.add(
                            Map.of(
                                    "index_name",
                                    name,
                                    "recorded_at",
                                    at,
                                    "interval_seconds",
                                    86_400.0,
                                    "scans",
                                    unused ? 0L : weekend ? scans / 3 : scans,
                                    "index_bytes",
                                    1_000_000L,
                                    "reset_detected",
                                    false,
                                    "source",
                                    d > 1 ? "simulated" : "live"));
                }
                if (unused) {
                    var idle = new HashMap<String, Object>();
                    idle.put("index_oid", row.getLong("index_oid"));
                    idle.put("watched_from", now.minus(Duration.ofDays(88)));
                    idle.put("seen_at", now.minusSeconds(60));
                    idle.put("last_used", now.minus(Duration.ofDays(62)));
                    idle.put("looks_before", 26L);
                    idle.put("looks_used", 19L);
                    idle.put("generated_until", now.minusSeconds(90));
                    rig.lake.answers.put("lakehouse/index_idle", new Rows(List.of(idle)));
                }
            }
        }
        rig.lake.answers.put("lakehouse/index_usage_days", new Rows(days));
    }

    private static void draw(
            IndexRig rig, Path dir, String name, Theme theme, int width, int height)
            throws Exception {
        var frame =
                FxToolkit.call(
                        () ->
                                new Frame(
                                        rig.services,
                                        rig.target,
                                        new FxExecutor(),
                                        theme,
                                        width,
                                        height));
        FxToolkit.call(
                () -> {
                    frame.session().goTo(Destination.indexes());
                    return frame;
                });
        var model = (IndexesViewModel) FxToolkit.call(() -> frame.view("indexes").model());
        await(() -> model.stateProperty().get() != ScreenState.LOADING);
        await(
                () ->
                        model.tableProperty().get() == null
                                || model.tableProperty().get() instanceof TableView.Read);
        write(
                frame,
                dir.resolve(name + "-" + theme.name().toLowerCase(java.util.Locale.ROOT) + ".png"));
        if (!name.equals("unread")) {
            budget(frame, model, dir, name + "-" + theme.name().toLowerCase(java.util.Locale.ROOT));
        }
        var picture = model.dataProperty().get();
        if (picture != null && !picture.lines().isEmpty()) {
            for (int i = 0; i < picture.lines().size(); i += 3) {
                var line = picture.lines().get(i);
                FxToolkit.call(
                        () -> {
                            model.open(line);
                            return line;
                        });
                await(() -> model.tableProperty().get() instanceof TableView.Read);
                if (IndexPlanning.answers(line.finding().kind())) {
                    FxToolkit.call(
                            () -> {
                                model.planInTwin(line);
                                return line;
                            });
                    await(
                            () -> {
                                var open = model.detailProperty().get();
                                return open != null && open.planned() != null;
                            });
                }
                write(
                        frame,
                        dir.resolve(
                                "%s-%s-%d.png"
                                        .formatted(
                                                name,
                                                theme.name().toLowerCase(java.util.Locale.ROOT),
                                                i)));
            }
        }
        FxToolkit.call(
                () -> {
                    frame.close();
                    return frame;
                });
    }

    /// The best set of indexes: before its search, its curve, the set and a smaller one.
    private static void budget(Frame frame, IndexesViewModel model, Path dir, String name)
            throws Exception {
        press(frame, "#show-budget");
        write(frame, dir.resolve(name + "-budget-before.png"));
        if (model.dataProperty().get().sets().isEmpty()) {
            press(frame, "#search-set");
            for (int i = 0; i < 20 && model.dataProperty().get().sets().isEmpty(); i++) {
                await(() -> !model.dataProperty().get().sets().isEmpty());
            }
        }
        press(frame, "#open-set");
        write(frame, dir.resolve(name + "-budget.png"));
        var set = model.dataProperty().get().sets().getFirst();
        FxToolkit.call(
                () -> {
                    model.budget().open(set, set.curve().get(set.curve().size() / 2));
                    return set;
                });
        write(frame, dir.resolve(name + "-budget-part.png"));
        FxToolkit.call(
                () -> {
                    model.budget().close();
                    return set;
                });
        press(frame, "#show-storage");
    }

    private static void press(Frame frame, String selector) {
        FxToolkit.call(
                () -> {
                    var button = (javafx.scene.control.ButtonBase) frame.scene().lookup(selector);
                    button.fire();
                    return button;
                });
    }

    private static void await(BooleanSupplier there) throws InterruptedException {
        for (int i = 0; i < 400 && !FxToolkit.call(there::getAsBoolean); i++) {
            Thread.sleep(50);
        }
    }

    private static void write(Frame frame, Path file) throws Exception {
        for (int pulse = 0; pulse < 8; pulse++) {
            Thread.sleep(80);
            FxToolkit.call(
                    () -> {
                        frame.scene().getRoot().applyCss();
                        frame.scene().getRoot().layout();
                        return frame;
                    });
        }
        var image = FxToolkit.call(() -> frame.scene().snapshot(null));
        ImageIO.write(SwingFXUtils.fromFXImage(image, null), "png", file.toFile());
    }
}

package io.lakebaseops.console.shell;

import io.lakebaseops.console.Practice;
import io.lakebaseops.console.parts.Facts;
import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.domain.Format;

import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

import java.time.Duration;
import java.util.stream.Collectors;

/// The end of a practice: what it was, and how long finding, naming and repairing it took.
final class PracticePane extends VBox {
    PracticePane(Practice.Result result, Runnable again, Runnable close) {
        super(12);
        setId("practice");
        getStyleClass().addAll("popover", "help-sheet");
        setMaxSize(560, USE_PREF_SIZE);
        var more =
                Nodes.button(
                        "Practise again",
                        () -> {
                            close.run();
                            again.run();
                        });
        more.setId("practice-again");
        getChildren()
                .addAll(
                        Nodes.row(
                                Nodes.label(
                                        result.fault() ? "It was a fault" : "Nothing was wrong",
                                        "pane-title"),
                                Nodes.spacer(),
                                Nodes.iconButton(Feather.X, "Close (Esc)", close)),
                        Nodes.wrapped(result.title(), "said"),
                        facts(result),
                        Nodes.wrapped(
                                "Times count from the moment it began. The server is thrown away; plans and audit entries about it stay.",
                                "row-sub"),
                        new HBox(8, more));
    }

    private static Facts facts(Practice.Result r) {
        var causes =
                r.causes().stream()
                        .map(c -> c.replace('_', ' '))
                        .collect(Collectors.joining(" or "));
        return new Facts()
                .add(r.fault() ? "Cause" : "Looks like", causes)
                .add(
                        "Detection",
                        took(r.alerted(), r.alert(), "no alert"),
                        good(r, r.alerted() != null))
                .add(
                        "Diagnosis",
                        r.diagnosed() == null
                                ? "no diagnosis got it right"
                                : took(
                                        r.diagnosed(),
                                        r.fault() ? "named right" : "called healthy",
                                        ""),
                        r.diagnosed() == null ? Role.WARNING : Role.OK)
                .add(
                        "Repair",
                        took(r.repaired(), r.repair(), "no plan was carried out and verified"),
                        good(r, r.repaired() != null))
                .add("At the end", r.now());
    }

    /// Of a look-alike no alert and no repair is right.
    private static Role good(Practice.Result r, boolean done) {
        return done == r.fault() ? Role.OK : Role.WARNING;
    }

    private static String took(@Nullable Duration time, @Nullable String what, String none) {
        if (time == null) {
            return none;
        }
        var after = Format.duration(Duration.ofSeconds(time.toSeconds()));
        return "after " + after + (what == null ? "" : ": " + what);
    }
}

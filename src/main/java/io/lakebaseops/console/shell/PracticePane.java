package io.lakebaseops.console.shell;

import io.lakebaseops.console.Practice;
import io.lakebaseops.console.Texts;
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
                        Texts.of("Practise again"),
                        () -> {
                            close.run();
                            again.run();
                        });
        more.setId("practice-again");
        getChildren()
                .addAll(
                        Nodes.row(
                                Nodes.label(
                                        result.fault()
                                                ? Texts.of("It was a fault")
                                                : Texts.of("Nothing was wrong"),
                                        "pane-title"),
                                Nodes.spacer(),
                                Nodes.iconButton(Feather.X, Texts.of("Close (Esc)"), close)),
                        Nodes.wrapped(result.title(), "said"),
                        facts(result),
                        Nodes.wrapped(
                                Texts.of(
                                        "Times count from the moment it began. The server is thrown away; plans and audit entries about it stay."),
                                "row-sub"),
                        new HBox(8, more));
    }

    private static Facts facts(Practice.Result r) {
        var causes =
                r.causes().stream()
                        .map(c -> c.replace('_', ' '))
                        .collect(Collectors.joining(Texts.of(" or ")));
        return new Facts()
                .add(r.fault() ? Texts.of("Cause") : Texts.of("Looks like"), causes)
                .add(
                        Texts.of("Detection"),
                        took(r.alerted(), r.alert(), Texts.of("no alert")),
                        good(r, r.alerted() != null))
                .add(
                        Texts.of("Diagnosis"),
                        r.diagnosed() == null
                                ? Texts.of("no diagnosis got it right")
                                : took(
                                        r.diagnosed(),
                                        r.fault()
                                                ? Texts.of("named right")
                                                : Texts.of("called healthy"),
                                        ""),
                        r.diagnosed() == null ? Role.WARNING : Role.OK)
                .add(
                        Texts.of("Repair"),
                        took(
                                r.repaired(),
                                r.repair(),
                                Texts.of("no plan was carried out and verified")),
                        good(r, r.repaired() != null))
                .add(Texts.of("At the end"), r.now());
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
        return what == null ? Texts.of("after %s", after) : Texts.of("after %s: %s", after, what);
    }
}

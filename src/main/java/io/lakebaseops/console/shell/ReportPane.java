package io.lakebaseops.console.shell;

import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.Messages;
import io.lakebaseops.console.Notice;
import io.lakebaseops.console.Screen;
import io.lakebaseops.console.ScreenModel;
import io.lakebaseops.console.TargetWords;
import io.lakebaseops.console.Texts;
import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.console.parts.Segments;
import io.lakebaseops.console.parts.SqlView;
import io.lakebaseops.console.report.ReportDesk;
import io.lakebaseops.domain.Format;
import io.lakebaseops.report.Report;
import io.lakebaseops.report.ReportFiles;

import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import javafx.stage.FileChooser;

import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Locale;
import java.util.function.Function;

/// Asks what a report is to be of and where it goes, and writes it in the background.
final class ReportPane extends VBox {
    private final ConsoleSession session;
    private final ReportDesk desk;
    private final Screen screen;
    private final ScreenModel<?> shown;
    private final Function<String, @Nullable Path> choose;
    private final Label says = Nodes.wrapped(Messages.of("report.says"), "row-sub");
    private final HBox acts = new HBox(8);
    private boolean whole = true;

    /// @param screen the one shown, with its model
    /// @param choose asks the person for a file, given a name; null when the person changed his
    ///     mind
    ReportPane(
            ConsoleSession session,
            ReportDesk desk,
            Screen screen,
            ScreenModel<?> shown,
            Function<String, @Nullable Path> choose,
            Runnable close) {
        super(12);
        this.session = session;
        this.desk = desk;
        this.screen = screen;
        this.shown = shown;
        this.choose = choose;
        setId("report");
        getStyleClass().addAll("popover", "help-sheet");
        setMaxSize(520, USE_PREF_SIZE);
        var of = new Segments<Boolean>();
        of.add(true, Messages.of("report.whole"), "report-whole");
        of.add(false, Messages.of("report.screen", screen.title()), "report-screen");
        of.select(true);
        of.onChoice(w -> whole = w);
        if (screen.report() == null) {
            of.enable(false, Messages.of("report.screen.none"));
        }
        says.setId("report-says");
        acts.getChildren().addAll(save("report.html", ".html"), save("report.pdf", ".pdf"));
        getChildren()
                .addAll(
                        Nodes.row(
                                Nodes.label(
                                        Messages.of(
                                                "report.title", TargetWords.of(session.target())),
                                        "pane-title"),
                                Nodes.spacer(),
                                Nodes.iconButton(Feather.X, Texts.of("Close (Esc)"), close)),
                        new HBox(of),
                        says,
                        acts);
    }

    /// With the dialog of the system.
    static Function<String, @Nullable Path> dialog(Node root) {
        return name -> {
            var chooser = new FileChooser();
            chooser.setTitle(Messages.of("report.save"));
            chooser.setInitialFileName(name);
            var file = chooser.showSaveDialog(root.getScene().getWindow());
            return file == null ? null : file.toPath();
        };
    }

    private Node save(String words, String ending) {
        var button = Nodes.button(Messages.of(words), () -> save(ending));
        button.setId("save" + ending.replace('.', '-'));
        return button;
    }

    /// `lakebaseops-storefront-prod-production-2026-11-27.html`.
    private String name(String ending) {
        var of = whole ? "" : "-" + screen.id();
        var target = TargetWords.of(session.target()).toLowerCase(Locale.ROOT);
        return "lakebaseops-%s%s-%s%s"
                .formatted(
                        target.replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", ""),
                        of,
                        LocalDate.ofInstant(session.now(), session.zone()),
                        ending);
    }

    private void save(String ending) {
        var file = choose.apply(name(ending));
        if (file == null) {
            return;
        }
        boolean all = whole;
        acts.setDisable(true);
        say(Messages.of("report.writing"), Role.MUTED);
        session.background().execute(() -> write(file, ending.equals(".pdf"), all));
    }

    // A boundary: a person pressed a button, so whatever went wrong has to be said.
    private void write(Path file, boolean pdf, boolean all) {
        String words;
        var role = Role.OK;
        try {
            ReportFiles.write(report(all), pdf ? null : file, pdf ? file : null);
            words = Messages.of("report.written", file, Format.size((double) Files.size(file)));
        } catch (RuntimeException | IOException e) {
            words = Notice.words(e);
            role = Role.CRITICAL;
        }
        var said = words;
        var as = role;
        session.screen().execute(() -> done(file, said, as));
    }

    private Report report(boolean all) {
        var how = screen.report();
        return all || how == null
                ? desk.whole(session)
                : desk.one(session, screen, how.asShown(session, shown));
    }

    private void done(Path file, String words, Role role) {
        acts.setDisable(false);
        say(words, role);
        if (role == Role.OK && acts.getChildren().size() == 2) {
            var copy =
                    Nodes.button(
                            Messages.of("report.copy"),
                            () -> SqlView.copy(file.toAbsolutePath().toString()));
            acts.getChildren().addAll(Nodes.spacer(), copy);
        }
    }

    private void say(String words, Role role) {
        says.setText(Format.printable(words));
        Nodes.role(says, role);
    }
}

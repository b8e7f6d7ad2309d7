package io.lakebaseops.console.indexes;

import io.lakebaseops.agents.performance.indexes.TableMatrix;
import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.Messages;
import io.lakebaseops.console.Texts;
import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.console.parts.ReasonForm;
import io.lakebaseops.console.parts.SidePane;
import io.lakebaseops.lakehouse.history.IndexUsage;

import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// What is behind the chosen finding, and what can be done about it.
final class FindingPane {
    private final ConsoleSession session;
    private final IndexesViewModel model;
    private final SidePane pane;
    private final FindingContent content;
    private String about = "";
    // While a person fills in the form at the foot, no reading takes it away.
    private boolean asking;

    FindingPane(ConsoleSession session, IndexesViewModel model) {
        this.session = session;
        this.model = model;
        this.content = new FindingContent(session, new TwinWords(model));
        pane = new SidePane("finding", model::close);
        model.detailProperty().addListener((_, _, _) -> show());
        model.tableProperty().addListener((_, _, _) -> show());
        model.workingProperty().addListener((_, _, _) -> show());
        show();
    }

    SidePane node() {
        return pane;
    }

    private void show() {
        var detail = model.detailProperty().get();
        if (detail == null) {
            about = "";
            asking = false;
            pane.hide();
            return;
        }
        var line = detail.line();
        boolean same = line.fingerprint().equals(about);
        if (same && typing()) {
            return;
        }
        asking &= same;
        about = line.fingerprint();
        pane.title(line.role(), title(line), List.of());
        pane.note(content.note(detail));
        pane.content(about, content.of(detail, entry(line), usage(line)));
        if (!asking) {
            acts(detail);
        }
    }

    private static String title(FindingLine line) {
        var name = line.finding().subject().name();
        return switch (line.kind()) {
            case "Missing FK", "Missing" -> Texts.of("Index %s?", line.object());
            case "Bloated" -> Texts.of("Rebuild %s?", name);
            case "Unused, keep" -> Texts.of("%s is kept", name);
            case "Invalid" -> Texts.of("%s is invalid", name);
            default -> Texts.of("Drop %s?", name);
        };
    }

    private IndexUsage usage(FindingLine line) {
        return model.tableProperty().get() instanceof TableView.Read read && entry(line) != null
                ? read.usage(line.finding().subject().name())
                : IndexUsage.UNKNOWN;
    }

    /// What the matrix says of its index, when the matrix of its table is read.
    private TableMatrix.@Nullable Entry entry(FindingLine line) {
        var subject = line.finding().subject();
        return model.tableProperty().get() instanceof TableView.Read r
                        && r.schema().equals(subject.schema())
                        && r.table().equals(subject.table())
                ? r.matrix().indexes().stream()
                        .filter(e -> e.name().equals(subject.name()))
                        .findFirst()
                        .orElse(null)
                : null;
    }

    private void acts(FindingDetail detail) {
        var line = detail.line();
        var ignored = line.ignored();
        if (ignored != null) {
            var again =
                    Nodes.button(
                            Messages.of("indexes.again"), () -> model.showAgain(ignored), "accent");
            again.setId("show-again");
            pane.acts(null, List.of(again));
            return;
        }
        var buttons = new ArrayList<Node>();
        var ignore = Nodes.button(Messages.of("indexes.ignore"), () -> askIgnore(line));
        ignore.setId("ignore-finding");
        buttons.add(ignore);
        var plan = detail.plan();
        var untried = model.untried(detail);
        var test =
                Nodes.button(
                        Messages.of("indexes.trial"),
                        () -> {
                            if (plan != null) {
                                model.tryOnBranch(line, plan);
                            }
                        });
        test.setId("test-finding");
        test.setDisable(untried != null || model.workingProperty().get());
        // A disabled button shows no tooltip: what stands around it does.
        var around = new HBox(test);
        if (untried != null) {
            Nodes.tip(around, untried);
            test.setAccessibleText(test.getText() + ": " + untried);
        }
        buttons.add(around);
        if (plan != null) {
            var review =
                    Nodes.button(Messages.of("indexes.review"), () -> model.review(plan), "accent");
            review.setId("review-plan");
            buttons.add(review);
            pane.acts(null, buttons);
            return;
        }
        var why = content.unfiled(line);
        var file = Nodes.button(Messages.of("indexes.file"), () -> model.file(line), "accent");
        file.setId("file-finding");
        boolean working = model.workingProperty().get();
        file.setDisable(why != null || working);
        buttons.add(file);
        pane.acts(why == null ? null : Nodes.wrapped(why, "row-sub"), buttons);
    }

    /// From the keyboard: the same as the foot's main button.
    void act() {
        var button = pane.lookup("#file-finding");
        if (button instanceof Button b && !b.isDisabled()) {
            b.fire();
        } else if (pane.lookup("#review-plan") instanceof Button b) {
            b.fire();
        } else if (pane.lookup("#show-again") instanceof Button b) {
            b.fire();
        }
    }

    void askIgnore() {
        var detail = model.detailProperty().get();
        if (detail != null && detail.line().ignored() == null) {
            askIgnore(detail.line());
        }
    }

    private void askIgnore(FindingLine line) {
        asking = true;
        var form =
                new ReasonForm(
                        "ignore-form",
                        Messages.of("indexes.ignore.says"),
                        Messages.of("indexes.ignore.act"),
                        List.of(
                                in("7 d", 7),
                                in("30 d", 30),
                                in("90 d", 90),
                                new ReasonForm.Choice(Texts.of("for good"), null)),
                        (why, until) -> {
                            asking = false;
                            model.ignore(line, why, until);
                        },
                        () -> {
                            asking = false;
                            pane.requestFocus();
                            show();
                        });
        pane.acts(form, List.of());
        form.begin();
    }

    private ReasonForm.Choice in(String words, int days) {
        return new ReasonForm.Choice(words, session.now().plus(Duration.ofDays(days)));
    }

    private boolean typing() {
        var owner = pane.getScene() == null ? null : pane.getScene().getFocusOwner();
        for (Node node = owner; node != null; node = node.getParent()) {
            if (node == pane) {
                return owner instanceof TextField;
            }
        }
        return false;
    }

    /// Closes the form first, then the pane.
    boolean escape() {
        if (asking) {
            asking = false;
            show();
            return true;
        }
        if (model.detailProperty().get() == null) {
            return false;
        }
        model.close();
        return true;
    }
}

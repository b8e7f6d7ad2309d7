package io.lakebaseops.console.branches;

import io.lakebaseops.agents.provisioning.branching.BranchLife;
import io.lakebaseops.agents.provisioning.branching.BranchRules;
import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.Destination;
import io.lakebaseops.console.Texts;
import io.lakebaseops.console.branches.BranchLine.Compute;
import io.lakebaseops.console.parts.Facts;
import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.console.parts.ReasonForm;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.console.parts.SidePane;
import io.lakebaseops.domain.Format;
import io.lakebaseops.lakebase.ControlPlane.Endpoint;

import javafx.application.Platform;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.TextField;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The pane of the selected branch: what it is, a branch made of it, and what can be done to it;
/// what cannot says why.
final class BranchPane {
    private static final Duration SHORT = Duration.ofHours(1);

    /// What the pane asks before it files: a life, or a reason.
    private enum Asking {
        NOTHING,
        LIFE,
        DELETE
    }

    private final ConsoleSession session;
    private final BranchesViewModel model;
    private final SidePane pane;
    private final DraftForm form;
    private Asking asking = Asking.NOTHING;
    private @Nullable ReasonForm deleting;
    private @Nullable String about;

    BranchPane(ConsoleSession session, BranchesViewModel model) {
        this.session = session;
        this.model = model;
        pane = new SidePane("branch-pane", model::close);
        form = new DraftForm(session, model);
    }

    SidePane node() {
        return pane;
    }

    void show() {
        var life = model.life().orElse(null);
        var rules = model.rules().orElse(null);
        if (life == null || rules == null) {
            pane.hide();
            about = null;
            return;
        }
        if (!life.id().equals(about)) {
            asking = Asking.NOTHING;
            deleting = null;
        }
        about = life.id();
        var computes = model.computes().property().get().get(life.id());
        pane.title(null, life.id(), List.of());
        pane.note(pills(life, computes));
        var nodes = new ArrayList<Node>();
        nodes.add(facts(life, computes, rules));
        var draft = model.draftProperty().get();
        if (draft != null) {
            nodes.add(form.node(draft));
        }
        nodes.add(reset(life, rules));
        nodes.add(extend(life, rules));
        nodes.add(protect(life, rules));
        nodes.add(delete(life, rules));
        var owner = pane.getScene() == null ? null : pane.getScene().getFocusOwner();
        pane.content(life.id(), nodes);
        pane.acts(filed(), buttons(life));
        keepFocus(owner);
    }

    /// Who types goes on typing where they were.
    private static void keepFocus(@Nullable Node owner) {
        if (owner != null && owner.getScene() != null && !owner.isFocused()) {
            owner.requestFocus();
            if (owner instanceof TextField field) {
                field.end();
            }
        }
    }

    private FlowPane pills(BranchLife life, @Nullable List<Endpoint> computes) {
        var pills = new FlowPane(6, 4);
        var now = session.now();
        var state = BranchLine.compute(computes, now);
        var end = life.branch().expiresAt();
        if (life.branch().isProtected()) {
            pills.getChildren().add(Nodes.pill(Texts.of("protected"), Role.OK));
        }
        if (state != Compute.UNKNOWN) {
            pills.getChildren()
                    .add(
                            Nodes.pill(
                                    state.word(),
                                    state == Compute.SUSPENDED ? Role.MUTED : Role.INFO));
        }
        pills.getChildren()
                .add(
                        end == null
                                ? Nodes.pill(Texts.of("no expiry"), Role.MUTED)
                                : Nodes.pill(
                                        Texts.of("ends in %s", BranchCell.left(end, now)),
                                        end.isBefore(now.plus(SHORT)) ? Role.WARNING : Role.MUTED));
        if (life.pullRequest() != null) {
            pills.getChildren().add(Nodes.pill(Texts.of("PR %s", life.pullRequest()), Role.INFO));
        }
        return pills;
    }

    private Facts facts(BranchLife life, @Nullable List<Endpoint> computes, BranchRules rules) {
        var b = life.branch();
        var facts = new Facts();
        if (b.source() != null) {
            facts.add(
                    Texts.of("Parent"),
                    Texts.of(
                            "%s, at %s",
                            b.source(), BranchDraft.moment(life.forkedAt(), session.zone())));
        }
        facts.add(
                Texts.of("Created"),
                "%s, %s"
                        .formatted(
                                BranchDraft.moment(b.createdAt(), session.zone()),
                                Texts.ago(b.createdAt(), session.now())));
        facts.add(Texts.of("Size"), Texts.of("%s logical", Format.size(b.logicalSizeBytes())));
        if (computes == null) {
            facts.add(Texts.of("Endpoints"), Texts.of("not read yet"));
        } else if (computes.isEmpty()) {
            facts.add(Texts.of("Endpoints"), Texts.of("none: nobody can connect"));
        }
        if (computes != null) {
            computes.forEach(e -> facts.add(Texts.of("Endpoint"), endpoint(e)));
        }
        facts.add(
                Texts.of("Owner"),
                Texts.of(
                        "%s, policy %s",
                        BranchCell.ownerWords(life.ownerKind(), life.owner()), life.type()));
        var children = rules.known().children(life.id());
        facts.add(
                Texts.of("Children"),
                children.isEmpty() ? Texts.of("none") : String.join(", ", children));
        if (!b.state().equals("READY")) {
            facts.add(Texts.of("State"), b.state(), Role.WARNING);
        }
        return facts;
    }

    private static String endpoint(Endpoint e) {
        var suspend = e.suspendAfter();
        return "%s, %s, %s, %s%s"
                .formatted(
                        e.id(),
                        e.readWrite() ? Texts.of("read and write") : Texts.of("read only"),
                        BranchLine.size(e),
                        e.state().equals("IDLE")
                                ? Texts.of("suspended")
                                : e.state().toLowerCase(Locale.ROOT),
                        suspend == null
                                ? Texts.of(", never suspends")
                                : Texts.of(", suspends after %s", Format.duration(suspend)));
    }

    private Node reset(BranchLife life, BranchRules rules) {
        var why = rules.whyNot(BranchRules.Act.RESET, life).orElse(null);
        var says =
                why == null
                        ? Texts.of(
                                "Back to the state of %s. The plan lists what would be lost before anybody approves it.",
                                life.branch().source())
                        : why;
        return act(
                Feather.ROTATE_CCW,
                Texts.of(
                        "Reset from %s",
                        life.branch().source() == null
                                ? Texts.of("parent")
                                : life.branch().source()),
                says,
                Texts.of("Plan: reset"),
                "plan-reset",
                why == null ? () -> model.acts().reset(life.id()) : null,
                List.of());
    }

    private Node extend(BranchLife life, BranchRules rules) {
        var why = rules.whyNot(BranchRules.Act.EXTEND, life).orElse(null);
        if (asking == Asking.LIFE && why == null) {
            return act(
                    Feather.CLOCK,
                    Texts.of("Extend"),
                    Texts.of("Its life from now:"),
                    Texts.of("Cancel"),
                    "extend-cancel",
                    () -> ask(Asking.NOTHING),
                    lives(life));
        }
        return act(
                Feather.CLOCK,
                Texts.of("Extend"),
                why == null ? Texts.of("Gives it a later end, or none.") : why,
                Texts.of("Extend"),
                "extend",
                why == null ? () -> ask(Asking.LIFE) : null,
                List.of());
    }

    private List<Node> lives(BranchLife life) {
        var choices = new HBox(6);
        for (var hours : new int[] {4, 24, 24 * 7, 24 * 30}) {
            var ttl = Duration.ofHours(hours);
            var text = hours < 24 ? hours + " h" : hours / 24 + " d";
            var button = Nodes.button(text, () -> live(life, ttl), "small");
            button.setId("extend-" + text.replace(" ", ""));
            choices.getChildren().add(button);
        }
        var none = Nodes.button(Texts.of("No expiry"), () -> live(life, null), "small");
        none.setId("extend-none");
        choices.getChildren().add(none);
        return List.of(choices);
    }

    private void live(BranchLife life, @Nullable Duration ttl) {
        asking = Asking.NOTHING;
        model.acts().live(life, ttl);
    }

    private Node protect(BranchLife life, BranchRules rules) {
        boolean on = !life.branch().isProtected();
        var why =
                rules.whyNot(on ? BranchRules.Act.PROTECT : BranchRules.Act.UNPROTECT, life)
                        .orElse(null);
        return act(
                Feather.SHIELD,
                on ? Texts.of("Protect") : Texts.of("Take the protection off"),
                why != null
                        ? why
                        : on
                                ? Texts.of("It can be neither deleted nor reset then.")
                                : Texts.of("It can be deleted and reset then."),
                on ? Texts.of("Plan: protect") : Texts.of("Plan: unprotect"),
                "plan-protect",
                why == null ? () -> model.acts().protect(life.id(), on) : null,
                List.of());
    }

    private Node delete(BranchLife life, BranchRules rules) {
        var why = rules.whyNot(BranchRules.Act.DELETE, life).orElse(null);
        if (asking == Asking.DELETE && why == null) {
            return deleting == null ? deletion(life) : deleting;
        }
        deleting = null;
        return act(
                Feather.TRASH_2,
                Texts.of("Delete"),
                why == null
                        ? Texts.of("Endpoints and data go; it can be brought back for some days.")
                        : why,
                Texts.of("Delete…"),
                "delete",
                why == null ? () -> ask(Asking.DELETE) : null,
                List.of());
    }

    /// One for good while it is asked: what was typed stays when the pane is drawn again.
    private Node deletion(BranchLife life) {
        var asked =
                new ReasonForm(
                        "delete-branch",
                        Texts.of(
                                "Its endpoints and what was written to it go. It can be brought back as long as the service keeps it."),
                        Texts.of("Plan: delete %s", life.id()),
                        List.of(new ReasonForm.Choice(Texts.of("With its data"), null)),
                        (reason, _) -> {
                            asking = Asking.NOTHING;
                            model.acts().delete(life, reason);
                        },
                        () -> ask(Asking.NOTHING));
        deleting = asked;
        Platform.runLater(asked::begin);
        return asked;
    }

    /// @param run null when it cannot be done: the button is dashed and its words say why
    private static Node act(
            Feather icon,
            String title,
            String says,
            String button,
            String id,
            @Nullable Runnable run,
            List<Node> more) {
        var text = new VBox(2, Nodes.label(title, "row-title"), Nodes.wrapped(says, "row-sub"));
        text.getChildren().addAll(more);
        text.setMinWidth(0);
        HBox.setHgrow(text, Priority.ALWAYS);
        Button go = Nodes.button(button, run == null ? () -> {} : run, "small");
        go.setId(id);
        if (run == null) {
            // A disabled button would not show its tooltip.
            go.getStyleClass().add("not-possible");
            go.setAccessibleHelp(says);
            Nodes.tip(go, says);
        }
        var line = new HBox(10, Nodes.icon(icon, Role.MUTED), text, go);
        line.getStyleClass().add("branch-act");
        return line;
    }

    private void ask(Asking next) {
        asking = next;
        show();
    }

    DraftForm form() {
        return form;
    }

    private @Nullable Node filed() {
        var filed = model.acts().filedProperty().get();
        if (filed == null) {
            return null;
        }
        var words = Nodes.wrapped(filed.words(), "pane-text");
        words.setId("branch-filed");
        words.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(words, Priority.ALWAYS);
        var show =
                Nodes.button(
                        Texts.of("Show plan"),
                        () -> session.goTo(Destination.plan(filed.filed().id())),
                        "link");
        show.setId("show-plan");
        return new HBox(
                8,
                Nodes.icon(filed.role().icon(), filed.role()),
                words,
                show,
                Nodes.iconButton(Feather.X, Texts.of("Dismiss"), model.acts()::forget));
    }

    private List<Button> buttons(BranchLife life) {
        var buttons = new ArrayList<Button>();
        var draft = model.draftProperty().get();
        var parent = life.branch().source();
        if (draft == null && parent != null && model.names().contains(parent)) {
            var diff =
                    Nodes.button(
                            Texts.of("Diff to %s", parent),
                            () -> model.diffs().compare(parent, life.id(), false));
            diff.setId("diff-parent");
            buttons.add(diff);
        }
        if (draft == null) {
            var begin = Nodes.button(Texts.of("Create a branch of it"), model::draft, "accent");
            begin.setId("begin-branch");
            buttons.add(begin);
        } else {
            buttons.add(Nodes.button(Texts.of("Cancel"), () -> model.draft((BranchDraft) null)));
            buttons.add(form.create());
        }
        return buttons;
    }
}

package io.lakebaseops.console.approvals;

import io.lakebaseops.change.approval.PlanQueue.Who;
import io.lakebaseops.change.audit.AuditLog.ChainState;
import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.Messages;
import io.lakebaseops.console.ScreenView;
import io.lakebaseops.console.Texts;
import io.lakebaseops.console.ToolWords;
import io.lakebaseops.console.ask.PinnedAnswers;
import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.console.parts.RowList;
import io.lakebaseops.console.parts.Segments;
import io.lakebaseops.console.parts.StateBanner;
import io.lakebaseops.console.parts.VerdictLine;
import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.Subject;
import io.lakebaseops.domain.plan.RiskLevel;
import io.lakebaseops.state.Conversations.Item;
import io.lakebaseops.state.Conversations.ItemKind;
import io.lakebaseops.state.IndexAdvice;

import javafx.beans.binding.Bindings;
import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/// The approvals screen: what waits for a person, what runs, what was decided, and the plan looked
/// at in full.
public final class ApprovalsView extends ScreenView<ApprovalsViewModel> {
    @FXML private VBox body;
    @FXML private VerdictLine verdict;
    @FXML private HBox scopePlace;
    @FXML private VBox above;
    @FXML private HBox columns;
    @FXML private VBox left;
    @FXML private ListView<QueueItem> queue;
    @FXML private RowList decided;
    @FXML private HBox whoPlace;
    @FXML private FontIcon chainIcon;
    @FXML private Label chain;
    @FXML private Button verify;
    private final PinnedAnswers pinned;

    @FXML private VBox detailPlace;

    private static final double CARD = 114;

    private final DecidedRows rows;
    private final IndexAdvice advice;
    private final Segments<Boolean> scope = new Segments<>();
    private boolean selecting;

    // FXML fills the annotated fields before initialize().
    @SuppressWarnings("NullAway.Init")
    public ApprovalsView(
            ConsoleSession session,
            ApprovalsViewModel model,
            PinnedAnswers pinned,
            IndexAdvice advice) {
        super(session, model);
        this.advice = advice;
        this.pinned = pinned;
        rows = new DecidedRows(session, model);
    }

    @FXML
    private void initialize() {
        queue.setCellFactory(_ -> new QueueCell(session));
        queue.setPlaceholder(Nodes.wrapped(Messages.of("approvals.reading"), "placeholder"));
        queue.getSelectionModel()
                .selectedItemProperty()
                .addListener((_, _, item) -> onSelected(item));
        scope.add(true, Messages.of("approvals.scope.here", ""), "scope-here");
        scope.add(false, Messages.of("approvals.scope.all", ""), "scope-all");
        scope.select(model.listing().here());
        scope.onChoice(h -> model.list(PlanListing.first(h, model.listing().who())));
        scopePlace.getChildren().add(scope);
        var who = new Segments<Optional<Who>>();
        for (var one : Who.values()) {
            var name = one.name().toLowerCase(Locale.ROOT);
            who.add(Optional.of(one), Messages.of("approvals.who." + name), "who-" + name);
        }
        who.add(Optional.empty(), Messages.of("approvals.who.kept"), "who-kept");
        who.select(Optional.of(Who.ALL));
        who.onChoice(w -> model.list(model.listing().who(w.orElse(null))));
        whoPlace.getChildren().add(who);
        verify.setOnAction(_ -> model.verifyChain());
        above.getChildren()
                .addAll(new StateBanner(model, session, columns), new RunningStrip(session, model));
        left.minWidthProperty()
                .bind(body.widthProperty().map(w -> Math.clamp(w.doubleValue() * 0.215, 272, 440)));
        left.maxWidthProperty().bind(left.minWidthProperty());
        // As high as its cards, and at most a little more than half: the decided ones have the
        // rest.
        queue.prefHeightProperty()
                .bind(
                        Bindings.createDoubleBinding(
                                () ->
                                        Math.clamp(
                                                queue.getItems().size() * CARD + 12.0,
                                                CARD,
                                                Math.max(CARD, left.getHeight() * 0.58)),
                                queue.getItems(),
                                left.heightProperty()));
        var detail = new PlanDetail(session, model, advice);
        detailPlace.getChildren().add(detail);
        detailPlace.getChildren().add(pinned);
        model.shownProperty()
                .addListener(
                        (_, _, plan) ->
                                pinned.about(
                                        plan == null
                                                ? null
                                                : new Item(ItemKind.PLAN, plan.id().toString())));
        VBox.setVgrow(detail, Priority.ALWAYS);
        verdict.whileUnread(model, Messages.of("approvals.reading"), Messages.of("state.unread"));
        model.dataProperty().addListener((_, _, p) -> show(p));
        model.shownProperty().addListener((_, _, _) -> selectShown());
        model.chainProperty().addListener((_, _, state) -> showChain(state));
        showChain(model.chainProperty().get());
        show(model.dataProperty().get());
    }

    private void onSelected(@Nullable QueueItem item) {
        if (selecting || item == null) {
            return;
        }
        switch (item) {
            case QueueItem.Waiting w -> model.look(w.plan().id());
            case QueueItem.Alike a -> model.list(model.listing().opening(a.key()));
            case QueueItem.More _ -> model.list(model.listing().moreWaiting());
        }
    }

    private void show(@Nullable ApprovalsSnapshot p) {
        if (p == null) {
            scope.text(true, Messages.of("approvals.scope.here", ""));
            scope.text(false, Messages.of("approvals.scope.all", ""));
            return;
        }
        queue.setPlaceholder(Nodes.wrapped(Messages.of("approvals.empty"), "placeholder"));
        decided.placeholder(
                Messages.of(
                        model.listing().who() == null
                                ? "approvals.kept.empty"
                                : "approvals.decided.empty"));
        var here = session.target();
        scope.text(true, Messages.of("approvals.scope.here", Format.grouped(p.waits(here))));
        scope.text(false, Messages.of("approvals.scope.all", Format.grouped(p.waits(null))));
        say(p);
        selecting = true;
        var items = items(p);
        if (!queue.getItems().equals(items)) {
            queue.getItems().setAll(items);
        }
        decided.show(rows.of(p));
        selecting = false;
        selectShown();
    }

    private void say(ApprovalsSnapshot p) {
        var scoped = model.listing().here() ? session.target() : null;
        int waits = p.waits(scoped);
        int high = p.waits(scoped, RiskLevel.HIGH);
        var role = high > 0 ? Role.CRITICAL : waits > 0 ? Role.WARNING : Role.OK;
        var said = new StringBuilder();
        if (waits == 0) {
            said.append(Messages.of("approvals.verdict.none"));
            p.decided().stream()
                    .findFirst()
                    .map(g -> g.newest())
                    .ifPresent(
                            last ->
                                    said.append(' ')
                                            .append(
                                                    Messages.of(
                                                            "approvals.verdict.last",
                                                            Texts.clock(
                                                                    last.at(),
                                                                    session.now(),
                                                                    session.zone()),
                                                            last.decidedBy() == null
                                                                    ? Texts.of("nobody")
                                                                    : last.decidedBy())));
        } else {
            said.append(Texts.count(waits, "plan"))
                    .append(waits == 1 ? Texts.of(" waits") : Texts.of(" wait"));
            if (high > 0) {
                said.append(", ").append(high).append(Texts.of(" of high risk"));
                p.waiting().stream()
                        .map(w -> w.newest())
                        .filter(w -> w.risk() == RiskLevel.HIGH)
                        .findFirst()
                        .ifPresent(w -> said.append(": ").append(w.title()));
            }
            said.append('.');
        }
        if (!p.running().isEmpty()) {
            said.append(' ')
                    .append(
                            p.running().size() == 1
                                    ? Texts.of("%s is running.", p.running().getFirst().title())
                                    : Texts.of("%s are running.", p.running().size()));
        }
        verdict.say(
                role,
                said.toString(),
                p.running().stream().map(r -> r.title()).toArray(String[]::new));
    }

    /// After the last listed of alike plans, how many more there are.
    private List<QueueItem> items(ApprovalsSnapshot p) {
        var items = new ArrayList<QueueItem>();
        var shown = new HashMap<String, Integer>();
        int listed = 0;
        for (int i = 0; i < p.waiting().size(); i++) {
            var group = p.waiting().get(i);
            var key = group.newest().alike();
            items.add(new QueueItem.Waiting(group.newest()));
            int of = shown.merge(key, 1, Integer::sum);
            boolean last =
                    i + 1 == p.waiting().size()
                            || !p.waiting().get(i + 1).newest().alike().equals(key);
            listed += 1;
            if (last && of < group.times() && !model.listing().open().contains(key)) {
                listed += group.times() - of;
                items.add(
                        new QueueItem.Alike(
                                key,
                                Messages.of(
                                        "approvals.alike",
                                        Format.grouped(group.times() - of),
                                        ToolWords.title(group.newest().tool()))));
            }
        }
        int waits = p.waits(model.listing().here() ? session.target() : null);
        if (waits > listed) {
            items.add(
                    new QueueItem.More(
                            Messages.of("approvals.more.waiting", Format.grouped(waits - listed))));
        }
        return items;
    }

    private void selectShown() {
        var shown = model.shownProperty().get();
        if (shown == null) {
            return;
        }
        selecting = true;
        queue.getItems().stream()
                .filter(i -> i instanceof QueueItem.Waiting w && w.plan().id().equals(shown.id()))
                .findFirst()
                .ifPresentOrElse(
                        queue.getSelectionModel()::select,
                        queue.getSelectionModel()::clearSelection);
        decided.getItems().stream()
                .filter(i -> i.key().equals(shown.id().toString()))
                .findFirst()
                .ifPresentOrElse(
                        decided.getSelectionModel()::select,
                        decided.getSelectionModel()::clearSelection);
        selecting = false;
    }

    private void showChain(@Nullable ChainState state) {
        if (state == null) {
            Nodes.role(chainIcon, Role.MUTED);
            Nodes.role(chain, Role.MUTED);
            chain.setText(Messages.of("approvals.chain.unread"));
            return;
        }
        var role = state instanceof ChainState.Intact ? Role.OK : Role.CRITICAL;
        Nodes.role(chainIcon, role);
        Nodes.role(chain, role == Role.OK ? Role.MUTED : role);
        chain.setText(
                switch (state) {
                    case ChainState.Intact i ->
                            Messages.of("approvals.chain.intact", Format.grouped(i.entries()));
                    case ChainState.Broken b ->
                            Messages.of("approvals.chain.broken", Format.grouped(b.seq()), b.why());
                });
        chain.setTooltip(
                state instanceof ChainState.Intact(_, _, var notes) && !notes.isEmpty()
                        ? new Tooltip(String.join("\n", notes))
                        : null);
    }

    @Override
    public @Nullable Subject selection() {
        var plan = model.shownProperty().get();
        return plan == null ? null : plan.plan().subject();
    }

    @Override
    public void reveal(String plan) {
        model.look(UUID.fromString(plan));
    }

    @Override
    public boolean onKey(KeyEvent key) {
        if (key.isShortcutDown() && key.getCode() == KeyCode.ENTER) {
            if (detailPlace.lookup(".decision-bar") instanceof DecisionBar bar) {
                bar.onShortcutEnter();
            }
            return true;
        }
        return false;
    }
}

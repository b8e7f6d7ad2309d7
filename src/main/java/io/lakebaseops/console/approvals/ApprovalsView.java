package io.lakebaseops.console.approvals;

import io.lakebaseops.change.audit.AuditLog.ChainState;
import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.Messages;
import io.lakebaseops.console.ScreenView;
import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.console.parts.StateBanner;
import io.lakebaseops.domain.Format;

import javafx.fxml.FXML;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;

import java.util.ArrayList;
import java.util.UUID;

/// What waits for a person, what was decided, and the plan looked at in full.
public final class ApprovalsView extends ScreenView<ApprovalsViewModel> {

    @FXML private VBox left;
    @FXML private HBox counts;
    @FXML private ListView<QueueItem> queue;
    @FXML private FontIcon chainIcon;
    @FXML private Label chain;
    @FXML private VBox detailPlace;

    private boolean selecting;

    // FXML fills the annotated fields before initialize().
    @SuppressWarnings("NullAway.Init")
    public ApprovalsView(ConsoleSession session, ApprovalsViewModel model) {
        super(session, model);
    }

    @FXML
    private void initialize() {
        queue.setCellFactory(_ -> new QueueCell(session));
        queue.setPlaceholder(Nodes.wrapped(Messages.of("approvals.empty"), "placeholder"));
        queue.getSelectionModel()
                .selectedItemProperty()
                .addListener((_, _, item) -> onSelected(item));
        var detail = new PlanDetail(session, model);
        detailPlace.getChildren().addAll(new StateBanner(model, session, left), detail);
        VBox.setVgrow(detail, javafx.scene.layout.Priority.ALWAYS);
        model.dataProperty().addListener((_, _, p) -> show(p));
        model.shownProperty().addListener((_, _, _) -> selectShown());
        show(model.dataProperty().get());
    }

    private void onSelected(@Nullable QueueItem item) {
        if (selecting || item == null) {
            return;
        }
        switch (item) {
            case QueueItem.Waiting w -> model.look(w.plan().id());
            case QueueItem.Done d -> model.look(d.plan().id());
            case QueueItem.Heading _ -> {}
        }
    }

    private void show(@Nullable ApprovalsSnapshot p) {
        counts.getChildren().clear();
        if (p == null) {
            return;
        }
        int n = p.waiting().size();
        counts.getChildren().add(Nodes.pill(n + " waiting", n == 0 ? Role.MUTED : Role.WARNING));
        var items = new ArrayList<QueueItem>();
        p.waiting().forEach(w -> items.add(new QueueItem.Waiting(w)));
        if (!p.history().isEmpty()) {
            items.add(new QueueItem.Heading(Messages.of("approvals.done")));
        }
        p.history().forEach(d -> items.add(new QueueItem.Done(d)));
        selecting = true;
        if (!queue.getItems().equals(items)) {
            queue.getItems().setAll(items);
        }
        selecting = false;
        selectShown();
        showChain(p.chain());
    }

    private void selectShown() {
        var shown = model.shownProperty().get();
        if (shown == null) {
            return;
        }
        selecting = true;
        queue.getItems().stream()
                .filter(
                        i ->
                                switch (i) {
                                    case QueueItem.Waiting w -> w.plan().id().equals(shown.id());
                                    case QueueItem.Done d -> d.plan().id().equals(shown.id());
                                    case QueueItem.Heading _ -> false;
                                })
                .findFirst()
                .ifPresent(queue.getSelectionModel()::select);
        selecting = false;
    }

    private void showChain(ChainState state) {
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
    }

    @Override
    public void reveal(String plan) {
        model.look(UUID.fromString(plan));
    }

    @Override
    public boolean onKey(KeyEvent key) {
        if (key.isShortcutDown() && key.getCode() == KeyCode.ENTER) {
            model.approve();
            return true;
        }
        return false;
    }
}

package io.lakebaseops.console.approvals;

import io.lakebaseops.console.Messages;
import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.domain.plan.Postcondition;
import io.lakebaseops.domain.plan.Precondition;
import io.lakebaseops.domain.plan.Verification;

import javafx.scene.Node;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

import org.kordamp.ikonli.feather.Feather;

/// What is checked before a plan runs and proves it afterwards: no tick before it was checked, and
/// afterwards what was measured.
final class PlanProofs {
    private PlanProofs() {}

    static Node of(FiledPlan filed, VBox card) {
        card.getChildren().add(Nodes.label(Messages.of("plan.proof.before"), "section"));
        var before = filed.plan().preconditions().stream().map(Precondition::description).toList();
        before.forEach(t -> card.getChildren().add(point(Feather.EYE, Role.MUTED, t)));
        card.getChildren().add(Nodes.label(Messages.of("plan.proof.after"), "section"));
        var after = filed.plan().proofs().stream().map(Postcondition::description).toList();
        after.forEach(t -> card.getChildren().add(point(Feather.TARGET, Role.MUTED, t)));
        var verification = filed.verification();
        if (verification != null) {
            var role =
                    switch (verification) {
                        case Verification.Confirmed _ -> Role.OK;
                        case Verification.NotConfirmed _ -> Role.CRITICAL;
                        case Verification.Inconclusive _ -> Role.WARNING;
                    };
            card.getChildren().add(Nodes.label(Messages.of("plan.proof.measured"), "section"));
            verification
                    .measured()
                    .forEach(t -> card.getChildren().add(point(role.icon(), role, t)));
        }
        if (before.isEmpty() && after.isEmpty()) {
            card.getChildren().add(Nodes.wrapped(Messages.of("plan.proof.none"), "row-sub"));
        }
        return card;
    }

    private static Node point(Feather icon, Role role, String text) {
        var label = Nodes.wrapped(text, "row-title");
        HBox.setHgrow(label, Priority.ALWAYS);
        return new HBox(10, Nodes.icon(icon, role), label);
    }
}

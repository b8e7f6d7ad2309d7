package io.lakebaseops.console.approvals;

import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.Messages;
import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.state.DropCertificate;
import io.lakebaseops.state.IndexAdvice;

import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;

import java.util.Locale;

/// The drop certificate that is kept of the index a plan drops, with its age, or that it is void.
/// Read in the background; nothing is shown for other plans and where none is kept.
final class PlanCertificate extends VBox {
    private final ConsoleSession session;
    private final IndexAdvice advice;
    private @Nullable FiledPlan about;

    PlanCertificate(ConsoleSession session, IndexAdvice advice) {
        super(6);
        this.session = session;
        this.advice = advice;
        setId("plan-certificate");
        getStyleClass().addAll("card", "detail-card");
        managedProperty().bind(visibleProperty());
        setVisible(false);
    }

    void show(FiledPlan filed) {
        about = filed;
        setVisible(false);
        var subject = filed.plan().subject();
        var database = subject.database();
        var schema = subject.schema();
        if (!subject.type().equals("index")
                || database == null
                || schema == null
                || !filed.plan().verb().equals("Drop index")) {
            return;
        }
        var target = filed.plan().target();
        session.background()
                .execute(
                        () -> {
                            try {
                                var kept =
                                        advice.certificate(
                                                target, database, schema, subject.name());
                                session.screen().execute(() -> kept.ifPresent(k -> draw(filed, k)));
                            } catch (OpsException e) {
                                session.screen()
                                        .execute(
                                                () ->
                                                        say(
                                                                filed,
                                                                Role.WARNING,
                                                                Messages.of(
                                                                        "plan.certificate.unread",
                                                                        e.why()),
                                                                ""));
                            }
                        });
    }

    private void draw(FiledPlan filed, IndexAdvice.Certified kept) {
        var certificate = kept.certificate();
        var age = Format.ago(certificate.at(), session.now());
        if (kept.voided() != null) {
            say(
                    filed,
                    Role.WARNING,
                    Messages.of("plan.certificate.void", age, kept.voided()),
                    Messages.of("plan.certificate.again"));
        } else {
            say(
                    filed,
                    role(certificate.grade()),
                    Messages.of(
                            "plan.certificate.says",
                            certificate.grade().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                            age,
                            certificate.verdict()),
                    certificate.origin());
        }
    }

    private static Role role(DropCertificate.Grade grade) {
        return switch (grade) {
            case PROVEN -> Role.OK;
            case CHECK_THE_CODE -> Role.INFO;
            case INCONCLUSIVE -> Role.WARNING;
            case NEEDED -> Role.CRITICAL;
        };
    }

    private void say(FiledPlan filed, Role role, String title, String more) {
        if (about == null || !about.id().equals(filed.id())) {
            return;
        }
        var words = new VBox(2, Nodes.wrapped(title, "row-title"));
        if (!more.isEmpty()) {
            words.getChildren().add(Nodes.wrapped(more, "row-sub"));
        }
        HBox.setHgrow(words, Priority.ALWAYS);
        getChildren()
                .setAll(
                        Nodes.label(Messages.of("plan.certificate"), "card-title"),
                        new HBox(10, Nodes.icon(role.icon(), role), words));
        setVisible(true);
    }
}

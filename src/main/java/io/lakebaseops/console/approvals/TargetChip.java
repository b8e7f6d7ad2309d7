package io.lakebaseops.console.approvals;

import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.TargetWords;
import io.lakebaseops.console.Texts;
import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.domain.TargetId;

import javafx.scene.control.Label;

import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// The server a plan is about, framed; in the warning colour when it is not the one shown at the
/// top. A plan for the wrong server is the commonest mistake at night.
final class TargetChip extends Label {
    TargetChip(ConsoleSession session, TargetId target) {
        super(TargetWords.of(target));
        boolean elsewhere = !target.equals(session.target());
        setGraphic(new FontIcon(target.plain() ? Feather.SERVER : Feather.GIT_BRANCH));
        getStyleClass().addAll("target-chip", elsewhere ? Role.WARNING.css() : Role.MUTED.css());
        setMinWidth(0);
        Nodes.tip(
                this,
                Texts.of(
                        "%s\nConnection profile %s%s",
                        TargetWords.of(target),
                        target.profile(),
                        elsewhere ? Texts.of("\nNot the server shown at the top") : ""));
    }
}

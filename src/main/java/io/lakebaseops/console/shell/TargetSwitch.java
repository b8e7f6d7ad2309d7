package io.lakebaseops.console.shell;

import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.Destination;
import io.lakebaseops.console.Messages;
import io.lakebaseops.console.ScreenView.TopBarText;
import io.lakebaseops.console.TargetWords;
import io.lakebaseops.console.Texts;
import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.domain.TargetId;

import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;

import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;

import java.util.List;

/// The menu of servers and branches in the top bar; on a screen about all servers it says so.
final class TargetSwitch {
    private final ConsoleSession session;
    private final Runnable search;
    private final MenuButton menu;
    private final Label project;
    private final Label slash;
    private final Label branch;
    private final FontIcon icon;
    private List<TargetId> listed = List.of();
    private boolean all;

    /// @param search what finds those that the menu has no line for
    TargetSwitch(
            ConsoleSession session,
            Runnable search,
            MenuButton menu,
            Label project,
            Label slash,
            Label branch,
            FontIcon icon) {
        this.session = session;
        this.search = search;
        this.menu = menu;
        this.project = project;
        this.slash = slash;
        this.branch = branch;
        this.icon = icon;
    }

    void list(List<TargetId> targets) {
        if (!targets.equals(listed)) {
            listed = List.copyOf(targets);
            fill();
        }
    }

    /// @param own what a screen about all servers says instead; null for the server looked at
    void show(TargetId target, @Nullable TopBarText own) {
        all = own != null;
        branch.textProperty().unbind();
        if (own == null) {
            project.setText(TargetWords.owner(target));
            branch.setText(target.branch());
            Nodes.tip(menu, Texts.of("Connection profile %s", target.profile()));
            menu.setAccessibleText(Messages.of("shell.switch", TargetWords.of(target)));
        } else {
            project.setText(own.title());
            branch.textProperty().bind(own.count());
            Nodes.tip(menu, own.title());
            menu.setAccessibleText(own.title());
        }
        icon.setIconCode(TargetMenu.icon(target));
        for (var part : List.of(slash, icon)) {
            part.setVisible(!all);
            part.setManaged(!all);
        }
        fill();
    }

    private void fill() {
        menu.getItems().setAll(TargetMenu.items(listed, session.target(), this::lookAt, search));
    }

    private void lookAt(TargetId target) {
        session.lookAt(target);
        if (all) {
            session.goTo(Destination.overview());
        }
    }
}

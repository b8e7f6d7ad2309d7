package io.lakebaseops.console.shell;

import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.Destination;
import io.lakebaseops.console.Messages;
import io.lakebaseops.console.ScreenView.TopBarText;
import io.lakebaseops.console.TargetWords;
import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.TargetId;

import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;

import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/// The menu of servers and branches in the top bar; on a screen about all servers it says so.
final class TargetSwitch {
    private static final int LINES = 30;

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
            Nodes.tip(menu, "Connection profile " + target.profile());
        } else {
            project.setText(own.title());
            branch.textProperty().bind(own.count());
            Nodes.tip(menu, own.title());
        }
        icon.setIconCode(icon(target));
        for (var part : List.of(slash, icon)) {
            part.setVisible(!all);
            part.setManaged(!all);
        }
        fill();
    }

    /// The branches of the project shown first, then other servers; with hundreds the rest is a
    /// search away, for a menu of thousands of lines serves nobody.
    private void fill() {
        var here = session.target();
        var items =
                listed.stream()
                        .sorted(
                                Comparator.comparing(
                                                (TargetId t) -> !t.profile().equals(here.profile()))
                                        .thenComparing(t -> !t.project().equals(here.project()))
                                        .thenComparing(TargetWords::of))
                        .limit(LINES)
                        .map(this::item)
                        .collect(Collectors.toCollection(ArrayList<MenuItem>::new));
        if (listed.size() > LINES) {
            var more =
                    new MenuItem(
                            Messages.of("shell.switch.more", Format.grouped(listed.size())),
                            new FontIcon(Feather.SEARCH));
            more.setOnAction(_ -> search.run());
            items.add(more);
        }
        menu.getItems().setAll(items);
    }

    private MenuItem item(TargetId target) {
        var item = new MenuItem(TargetWords.of(target), new FontIcon(icon(target)));
        item.setMnemonicParsing(false);
        if (target.equals(session.target()) && !all) {
            item.getStyleClass().add("current-target");
        }
        item.setOnAction(
                _ -> {
                    session.lookAt(target);
                    if (all) {
                        session.goTo(Destination.overview());
                    }
                });
        return item;
    }

    private static Feather icon(TargetId target) {
        return target.plain() ? Feather.SERVER : Feather.GIT_BRANCH;
    }
}

package io.lakebaseops.console.shell;

import io.lakebaseops.console.Messages;
import io.lakebaseops.console.TargetWords;
import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.TargetId;

import javafx.scene.control.MenuItem;

import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// The menu of servers and branches in the top bar: those of the project shown first, then others.
/// With hundreds the rest is a search away, for a menu of thousands of lines serves nobody.
final class TargetMenu {
    private static final int LINES = 30;

    private TargetMenu() {}

    static List<MenuItem> items(
            List<TargetId> listed, TargetId here, Consumer<TargetId> open, Runnable search) {
        var items =
                listed.stream()
                        .sorted(
                                Comparator.comparing(
                                                (TargetId t) -> !t.profile().equals(here.profile()))
                                        .thenComparing(t -> !t.project().equals(here.project()))
                                        .thenComparing(TargetWords::of))
                        .limit(LINES)
                        .map(t -> item(t, here, open))
                        .collect(Collectors.toCollection(ArrayList<MenuItem>::new));
        if (listed.size() > LINES) {
            var more =
                    new MenuItem(
                            Messages.of("shell.switch.more", Format.grouped(listed.size())),
                            new FontIcon(Feather.SEARCH));
            more.setOnAction(_ -> search.run());
            items.add(more);
        }
        return items;
    }

    private static MenuItem item(TargetId target, TargetId here, Consumer<TargetId> open) {
        var item = new MenuItem(TargetWords.of(target), new FontIcon(icon(target)));
        item.setMnemonicParsing(false);
        if (target.equals(here)) {
            item.getStyleClass().add("current-target");
        }
        item.setOnAction(_ -> open.accept(target));
        return item;
    }

    static Feather icon(TargetId target) {
        return target.plain() ? Feather.SERVER : Feather.GIT_BRANCH;
    }
}

package io.lakebaseops.console;

import io.lakebaseops.console.fx.FxToolkit;
import io.lakebaseops.testing.Child;

import java.nio.file.Files;
import java.util.TreeSet;

/// A process of its own that shows every screen in German and says each text on it: the language is
/// settled once in a process, and the tests run in English.
final class GermanConsole {
    private GermanConsole() {}

    public static void main(String[] args) throws Exception {
        Language.show(Language.GERMAN);
        var dir = Files.createTempDirectory("german");
        try (var console = new OpenConsole(FakeShop.busyDay(), dir, 1600, 900)) {
            for (var screen : console.frame.screens()) {
                console.goTo(screen.home());
                console.settle();
                var texts = new TreeSet<>(VisibleTexts.of(console.frame.scene().getRoot()));
                texts.forEach(
                        text ->
                                Child.say(
                                        screen.id()
                                                + "\t"
                                                + text.replace("\n", "\\n").replace("\t", " ")));
            }
        }
        Child.say("end");
        FxToolkit.call(() -> null);
        Runtime.getRuntime().halt(0);
    }
}

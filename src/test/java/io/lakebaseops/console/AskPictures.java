package io.lakebaseops.console;

import io.lakebaseops.console.fx.FxToolkit;
import io.lakebaseops.framework.work.TaskExecutor;
import io.lakebaseops.testing.SampleAnswers;

import javafx.scene.control.Button;
import javafx.scene.input.KeyCode;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/// Pictures of the Ask screen and its drawer with answers of every kind.
final class AskPictures {
    private AskPictures() {}

    static List<PictureScene> scenes() {
        return List.of(
                at("ask-long", c -> ask(c, SampleAnswers.WHY_SLOW)),
                at(
                        "ask-clarify",
                        c -> {
                            ask(c, SampleAnswers.WHY_SLOW);
                            ask(c, "and is it getting worse on staging?");
                        }),
                at(
                        "ask-table",
                        c -> {
                            ask(c, "and is it getting worse on staging?");
                            c.console().robot.push(KeyCode.DIGIT2);
                            idle(c);
                        }),
                at("ask-refused", c -> ask(c, ORDER)),
                at("ask-outside", c -> ask(c, "What will the weather be?")),
                at("ask-could-not", c -> ask(c, "Is autovacuum keeping up?")),
                at("ask-running", AskPictures::askAndWait),
                at(
                        "ask-stopped",
                        c -> {
                            askAndWait(c);
                            c.console().robot.push(KeyCode.ESCAPE);
                        }),
                at(
                        "ask-consent",
                        c -> {
                            c.shop().ask.model.switchOn();
                            type(c, "Which indexes waste space?");
                            c.console().until(() -> there(c, ".consent-text"));
                        }),
                at("ask-streaming", c -> streaming(c, "#question")),
                at(
                        "ask-streaming-stopped",
                        c -> {
                            streaming(c, "#question");
                            c.console().robot.push(KeyCode.ESCAPE);
                            c.console().until(() -> there(c, "#trouble-1"));
                        }),
                at(
                        "ask-model",
                        c -> {
                            c.shop().ask.model.switchOn();
                            c.shop().ask.model.desk().agree(true);
                            ask(c, "Which indexes waste space?");
                        }),
                at(
                        "ask-sent",
                        c -> {
                            c.shop().ask.model.switchOn();
                            c.shop().ask.model.desk().agree(true);
                            ask(c, "Which indexes waste space?");
                            c.console().until(() -> there(c, "#show-sent"));
                            FxToolkit.call(
                                    () -> {
                                        ((Button) c.console().frame.scene().lookup("#show-sent"))
                                                .fire();
                                        return true;
                                    });
                            c.console().until(() -> there(c, "#sent-text"));
                        }),
                at(
                        "ask-sql-refused",
                        c -> {
                            c.console().robot.push(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.Q);
                            c.console().until(() -> c.console().shown("#own-sql"));
                            c.console().robot.write("delete from shop.orders where total < 5");
                            c.console().until(() -> c.console().shown("#count-instead"));
                        }),
                drawer("ask-drawer", c -> drawn(c, "Which indexes are unused?")),
                drawer("ask-drawer-long", c -> drawn(c, SampleAnswers.WHY_SLOW)),
                drawer("ask-drawer-refused", c -> drawn(c, ORDER)),
                drawer("ask-drawer-clarify", c -> drawn(c, "and is it getting worse on staging?")),
                drawer("ask-drawer-streaming", c -> streaming(c, "#drawer-question")),
                drawer(
                        "ask-drawer-stopped",
                        c -> {
                            streaming(c, "#drawer-question");
                            c.console().robot.push(KeyCode.ESCAPE);
                            c.console().until(() -> there(c, "#trouble-1"));
                        }));
    }

    private static final String ORDER = "Please vacuum the table shop.orders now";

    /// Opened over the screen of vacuum, with the table selected there.
    private static PictureScene drawer(String name, Consumer<PictureHands> act) {
        return at(
                name,
                c -> {
                    c.go(Destination.vacuum());
                    c.console().robot.push(KeyCode.CONTROL, KeyCode.J);
                    c.console().until(() -> c.console().shown("#drawer-question"));
                    act.accept(c);
                });
    }

    private static void drawn(PictureHands c, String question) {
        type(c, "#drawer-question", question);
        c.console().until(() -> there(c, "#ask-drawer #answer-1"));
        idle(c);
    }

    /// The words of a model that come while it still writes.
    private static void streaming(PictureHands c, String input) {
        c.shop().ask.model.switchOn();
        c.shop().ask.model.desk().agree(true);
        c.shop().ask.pause = new CountDownLatch(1);
        type(c, input, "Which indexes waste space?");
        c.console().until(() -> there(c, ".answer-words"));
    }

    private static boolean there(PictureHands c, String selector) {
        return c.console().node(selector) != null;
    }

    private static PictureScene at(String name, Consumer<PictureHands> act) {
        return new PictureScene(
                name,
                () -> {
                    var shop = FakeShop.busyDay();
                    shop.threads = TaskExecutor.open(shop.clock);
                    past(shop);
                    return shop;
                },
                c -> {
                    c.go(Destination.ask());
                    act.accept(c);
                });
    }

    private static void askAndWait(PictureHands c) {
        c.shop().ask.pause = new CountDownLatch(1);
        type(c, "Who is blocking whom?");
        c.console().until(() -> there(c, "#stop"));
    }

    /// Conversations of other days.
    static void past(FakeShop shop) {
        Object[][] all = {
            {"Who is blocking whom?", shop.ask.samples.withText(), 3},
            {"Which indexes are unused?", shop.ask.samples.unusedIndexes(), 4},
            {"What will the weather be?", shop.ask.samples.weather(), 26},
            {"Why is checkout slower than yesterday?", shop.ask.samples.slowCheckout(), 30},
            {"Is autovacuum keeping up?", shop.ask.samples.failed(), 80},
            {"Which tables grow fastest, and since when?", shop.ask.samples.withText(), 100},
        };
        for (var one : all) {
            shop.ask.kept.put(
                    "mira",
                    FakeShop.PRODUCTION,
                    java.util.UUID.randomUUID(),
                    new io.lakebaseops.state.Conversations.Exchange(
                            java.util.UUID.randomUUID(),
                            1,
                            (String) one[0],
                            false,
                            FakeShop.NOW.minus(Duration.ofHours((int) one[2])),
                            (io.lakebaseops.domain.answer.Answer) one[1],
                            java.util.Map.of()));
        }
    }

    private static void type(PictureHands c, String question) {
        type(c, "#question", question);
    }

    private static void type(PictureHands c, String input, String question) {
        FxToolkit.call(
                () -> {
                    c.console().frame.scene().lookup(input).requestFocus();
                    return true;
                });
        c.console().robot.write(question);
        c.console().robot.push(KeyCode.ENTER);
    }

    private static void ask(PictureHands c, String question) {
        type(c, question);
        idle(c);
    }

    private static void idle(PictureHands c) {
        c.console().until(() -> !there(c, "#stop"));
    }
}

package io.lakebaseops.console.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.console.Destination;
import io.lakebaseops.console.FakeShop;
import io.lakebaseops.console.Screen;
import io.lakebaseops.console.ScreenModel;
import io.lakebaseops.console.ScreenView;
import io.lakebaseops.console.Theme;
import io.lakebaseops.console.fx.FxToolkit;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.framework.OpsEvent;
import io.lakebaseops.testing.ScreenTest;

import javafx.event.Event;
import javafx.scene.Parent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.VBox;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.kordamp.ikonli.feather.Feather;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

@ScreenTest
@Timeout(120)
final class FrameUiTest {
    private static final String[] KEYS = {
        "Shortcut+1", "Shortcut+2", "Shortcut+3", "Shortcut+4", "Shortcut+5", "Shortcut+6",
        "Shortcut+7", "Shortcut+8", "Shortcut+9", "Shortcut+0", "Shortcut+Shift+1",
                "Shortcut+Shift+2"
    };

    private final List<String> made = new ArrayList<>();

    @BeforeAll
    static void toolkit() {
        FxToolkit.headless();
        FxToolkit.start();
    }

    @Test
    void twelve_screens_all_have_their_key_and_are_made_when_first_visited() {
        var screens = new ArrayList<Screen>();
        for (int i = 0; i < KEYS.length; i++) {
            var id = "s" + i;
            screens.add(
                    new Screen(
                            id,
                            "Screen_" + i,
                            Feather.BOX,
                            KEYS[i],
                            at -> {
                                made.add(id);
                                return new Empty(at);
                            },
                            null));
        }
        FxToolkit.call(
                () -> {
                    var shop = new FakeShop();
                    var frame =
                            new Frame(
                                    shop.services(Runnable::run, Path.of("unused")),
                                    screens,
                                    FakeShop.PRODUCTION,
                                    Runnable::run,
                                    Theme.DARK,
                                    1280,
                                    720);
                    assertThat(made).as("only what is shown").containsExactly("s0");
                    press(frame, KeyCode.DIGIT0, false);
                    assertThat(made).containsExactly("s0", "s9");
                    press(frame, KeyCode.DIGIT2, true);
                    assertThat(frame.view("s11").root().getScene()).isNotNull();
                    press(frame, KeyCode.DIGIT2, false);
                    assertThat(frame.view("s1").root().getScene()).isNotNull();
                    frame.session().goTo(new Destination("s9", null));
                    assertThat(made).as("once each").containsExactly("s0", "s9", "s11", "s1");
                    frame.close();
                    return frame;
                });
    }

    private static void press(Frame frame, KeyCode code, boolean shift) {
        Event.fireEvent(
                frame.scene().getRoot(),
                new KeyEvent(KeyEvent.KEY_PRESSED, "", "", code, shift, true, false, false));
    }

    private static final class Empty extends ScreenView<ScreenModel<String>> {
        Empty(io.lakebaseops.console.ConsoleSession session) {
            super(session, new Nothing(session));
        }

        @Override
        protected Parent load() {
            return new VBox();
        }
    }

    private static final class Nothing extends ScreenModel<String> {
        Nothing(io.lakebaseops.console.ConsoleSession session) {
            super(session);
        }

        @Override
        protected String read(TargetId target) {
            return "";
        }

        @Override
        protected boolean isEmpty(String picture) {
            return true;
        }

        @Override
        protected boolean concerns(OpsEvent event) {
            return false;
        }
    }
}

package io.lakebaseops.console;

import static org.assertj.core.api.Assertions.assertThat;

import javafx.geometry.Rectangle2D;

import org.junit.jupiter.api.Test;

import java.util.List;

final class WindowPlaceTest {
    private static final Rectangle2D SMALL = new Rectangle2D(0, 24, 1280, 696);
    private static final Rectangle2D RIGHT = new Rectangle2D(1280, 0, 2560, 1440);

    private static ConsoleMemory at(Double x, Double y, double width, double height) {
        return new ConsoleMemory(Theme.DARK, width, height, false, null, null, x, y, null, null);
    }

    @Test
    void the_first_window_is_not_larger_than_a_small_display_and_inside_it() {
        assertThat(WindowPlace.of(ConsoleMemory.FRESH, List.of(SMALL)))
                .isEqualTo(new WindowPlace(0, 24, 1280, 696));
        assertThat(WindowPlace.of(ConsoleMemory.FRESH, List.of(RIGHT)))
                .isEqualTo(new WindowPlace(1280 + 480, 270, 1600, 900));
    }

    @Test
    void a_remembered_place_counts_also_on_the_second_display() {
        assertThat(WindowPlace.of(at(1500.0, 200.0, 1600, 900), List.of(SMALL, RIGHT)))
                .isEqualTo(new WindowPlace(1500, 200, 1600, 900));
    }

    @Test
    void a_place_whose_display_is_gone_is_forgotten() {
        assertThat(WindowPlace.of(at(1500.0, 200.0, 1200, 650), List.of(SMALL)))
                .isEqualTo(new WindowPlace(40, 24 + 23, 1200, 650));
    }

    @Test
    void a_title_bar_out_of_reach_is_brought_back() {
        assertThat(WindowPlace.of(at(-161.0, -4.0, 1200, 650), List.of(SMALL)))
                .isEqualTo(new WindowPlace(0, 24, 1200, 650));
        assertThat(WindowPlace.of(at(100.0, 5000.0, 1200, 650), List.of(SMALL)))
                .isEqualTo(new WindowPlace(40, 47, 1200, 650));
    }
}

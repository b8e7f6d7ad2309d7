package io.lakebaseops.console.parts;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.console.parts.ChartPicture.Limit;
import io.lakebaseops.console.parts.ChartPicture.Point;
import io.lakebaseops.console.parts.ChartPicture.Series;

import javafx.scene.shape.LineTo;
import javafx.scene.shape.MoveTo;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

final class ScaleTest {
    private static final Instant T0 = Instant.parse("2026-11-22T13:00:00Z");

    private static ChartPicture picture(List<Point> points, Double mark) {
        return ChartPicture.of(
                        T0,
                        T0.plusSeconds(600),
                        List.of(new Series("s", "series-1", true, points)),
                        Double::toString)
                .limits(mark == null ? List.of() : List.of(new Limit(mark, "", Role.WARNING)));
    }

    @Test
    void a_gap_in_measuring_is_a_gap_in_the_line() {
        var points = new ArrayList<Point>();
        for (int s = 0; s < 600; s += 10) {
            if (s < 200 || s > 300) {
                points.add(new Point(T0.plusSeconds(s), 5));
            }
        }
        var scale = Scale.of(picture(points, null), 0, 600, 100, 10);
        assertThat(scale.runs(points)).hasSize(2);
        assertThat(HoverText.at(picture(points, null), T0.plusSeconds(250))).endsWith("–");
    }

    @Test
    void stored_points_minutes_apart_and_live_ones_seconds_apart_make_one_line() {
        var points = new ArrayList<Point>();
        for (int s = 0; s <= 420; s += 60) {
            points.add(new Point(T0.plusSeconds(s), 5));
        }
        for (int s = 425; s < 600; s += 5) {
            points.add(new Point(T0.plusSeconds(s), 5));
        }
        var scale = Scale.of(picture(points, null), 0, 600, 100, 10);
        assertThat(scale.runs(points)).hasSize(1);
        assertThat(scale.unwatched(picture(points, null))).isEmpty();
    }

    @Test
    void what_nobody_watched_is_a_band_and_not_zero() {
        var points = new ArrayList<Point>();
        for (int s = 300; s < 600; s += 10) {
            points.add(new Point(T0.plusSeconds(s), 5));
        }
        var band = Scale.of(picture(points, null), 0, 600, 100, 10);
        assertThat(band.unwatched(picture(points, null)))
                .hasSize(5)
                .satisfies(
                        p -> {
                            assertThat(((MoveTo) p.get(0)).getX()).isZero();
                            assertThat(((LineTo) p.get(1)).getX()).isEqualTo(300);
                        });
        assertThat(band.unwatched(picture(List.of(), null))).as("all of it").hasSize(5);
    }

    @Test
    void the_axis_ends_at_a_round_value_above_the_highest() {
        var scale = Scale.of(picture(List.of(new Point(T0, 1284)), null), 0, 600, 100, 10);
        assertThat(scale.max()).isEqualTo(1500);
        assertThat(scale.y(0)).isEqualTo(100);
        assertThat(scale.y(1500)).isEqualTo(10);
    }

    @Test
    void a_threshold_near_the_values_is_in_view_and_one_far_off_does_not_flatten_them() {
        var points = List.of(new Point(T0, 10));
        assertThat(Scale.of(picture(points, 25.0), 0, 600, 100, 10).max())
                .isGreaterThanOrEqualTo(25);
        assertThat(Scale.of(picture(points, 500.0), 0, 600, 100, 10).max()).isLessThan(20);
    }

    @Test
    void one_rare_peak_does_not_flatten_the_rest_and_is_told_with_its_value() {
        var points = new ArrayList<Point>();
        for (int s = 0; s < 600; s += 5) {
            points.add(new Point(T0.plusSeconds(s), s == 300 ? 500 : 4));
        }
        var scale = Scale.of(picture(points, null), 0, 600, 100, 10);
        assertThat(scale.max()).isEqualTo(5);
        assertThat(scale.peaks(points)).containsExactly(new Point(T0.plusSeconds(300), 500));
    }

    @Test
    void a_value_that_stays_high_is_no_peak() {
        var points = new ArrayList<Point>();
        for (int s = 0; s < 600; s += 5) {
            points.add(new Point(T0.plusSeconds(s), s > 500 ? 500 : 4));
        }
        var scale = Scale.of(picture(points, null), 0, 600, 100, 10);
        assertThat(scale.max()).isGreaterThanOrEqualTo(500);
        assertThat(scale.peaks(points)).isEmpty();
    }

    @Test
    void the_parts_of_a_stack_lie_on_each_other_and_the_axis_holds_their_sum() {
        var one = List.of(new Point(T0, 30), new Point(T0.plusSeconds(10), 30));
        var other = List.of(new Point(T0, 50), new Point(T0.plusSeconds(10), 60));
        var stack =
                ChartPicture.of(
                                T0,
                                T0.plusSeconds(600),
                                List.of(
                                        new Series("CPU", "series-1", true, one),
                                        new Series("I/O", "series-2", true, other)),
                                Double::toString)
                        .asStack();
        assertThat(stack.lines().get(1)).extracting(Point::value).containsExactly(80.0, 90.0);
        assertThat(Scale.of(stack, 0, 600, 100, 10).max()).isEqualTo(100);
        assertThat(HoverText.at(stack, T0)).contains("CPU 30.0").contains("I/O 50.0");
        assertThat(stack.csv()).contains("at,\"CPU\",\"I/O\"").contains(",30.0,60.0");
    }

    @Test
    void a_time_axis_names_round_times_and_each_new_day_by_its_date() {
        var day =
                TimeAxis.labels(
                        Instant.parse("2026-11-22T00:22:00Z"),
                        Instant.parse("2026-11-23T00:22:00Z"),
                        4,
                        java.time.ZoneOffset.UTC);
        assertThat(day)
                .extracting(TimeAxis.Label::text)
                .containsExactly("06:00", "12:00", "18:00", "23 Nov");
        var quarter = TimeAxis.labels(T0, T0.plusSeconds(900), 5, java.time.ZoneOffset.UTC);
        assertThat(quarter)
                .extracting(TimeAxis.Label::text)
                .containsExactly("13:00", "13:05", "13:10", "13:15");
    }

    @Test
    void sql_is_coloured_without_losing_a_character() {
        var sql = "-- x\nDROP INDEX \"a\"\"b\".\"select\" WHERE n = 'it''s' AND :id > 7;";
        var tokens = SqlTokens.of(sql);
        assertThat(String.join("", tokens.stream().map(SqlTokens.Token::text).toList()))
                .isEqualTo(sql);
        assertThat(tokens)
                .contains(
                        new SqlTokens.Token(SqlTokens.Kind.NAME, "\"select\""),
                        new SqlTokens.Token(SqlTokens.Kind.LITERAL, "'it''s'"),
                        new SqlTokens.Token(SqlTokens.Kind.KEYWORD, "DROP"),
                        new SqlTokens.Token(SqlTokens.Kind.PARAMETER, ":id"));
    }
}

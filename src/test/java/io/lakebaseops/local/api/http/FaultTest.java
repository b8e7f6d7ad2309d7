package io.lakebaseops.local.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

final class FaultTest {
    @Test
    void a_star_stands_for_anything() {
        assertThat(matches("GET /a", "GET /a")).isTrue();
        assertThat(matches("GET /a", "GET /ab")).isFalse();
        assertThat(matches("GET /a*", "GET /a")).isTrue();
        assertThat(matches("*/b", "GET /a/b")).isTrue();
        assertThat(matches("*", "")).isTrue();
        assertThat(matches("GET /p/*/b/*/e", "GET /p/1/b/2/e")).isTrue();
        assertThat(matches("GET /p/*/b/*/e", "GET /p/1/b/2/f")).isFalse();
        // What two parts need cannot be the same text twice.
        assertThat(matches("ab*ba", "aba")).isFalse();
        assertThat(matches("*a*a*", "a")).isFalse();
        assertThat(matches("a*b*b", "acbcb")).isTrue();
    }

    /// A regular expression made of it would try more ways than there are atoms.
    @Test
    @Timeout(60)
    void many_stars_are_no_way_to_stop_the_server() {
        assertThat(matches("*a".repeat(30) + "!", "a".repeat(100_000))).isFalse();
    }

    private static boolean matches(String pattern, String call) {
        ObjectNode body = Json.object().put("pattern", pattern);
        return Fault.from(Fields.of(body)).matches(call);
    }
}

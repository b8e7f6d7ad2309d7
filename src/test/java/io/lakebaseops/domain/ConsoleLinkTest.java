package io.lakebaseops.domain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

final class ConsoleLinkTest {
    private static ConsoleLink link(String text) {
        return ((ConsoleLink.Parsed.Link) ConsoleLink.parse(text)).link();
    }

    @Test
    void a_link_names_server_branch_screen_and_object() {
        assertThat(link("lakebaseops://cloud/shop/main/overview/metric/txid_age"))
                .isEqualTo(
                        new ConsoleLink(
                                new TargetId("cloud", "shop", "main"),
                                "overview",
                                List.of("metric", "txid_age")));
        assertThat(link("LakebaseOps://crm/postgres/db.example:5432/approvals").target().plain())
                .isTrue();
    }

    @Test
    void whatever_names_hold_comes_back_as_it_was() {
        for (var name : List.of("a b", "a/b", "ä+%2F", "\"x\"?#&=", "шоп", "a..b", "x:y@z")) {
            var before =
                    new ConsoleLink(
                            new TargetId("my.profile", name, name), "branches", List.of(name));
            var text = before.toString();
            assertThat(text).matches("[!-~]+").doesNotContain("?").doesNotContain("#");
            assertThat(link(text)).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "lakebaseops:",
                "lakebaseops://",
                "lakebaseops:///shop/main/overview",
                "lakebaseops://cloud/shop/main",
                "lakebaseops://cloud/shop/main/overview/",
                "lakebaseops://cloud/shop/main/overview/a/b/c",
                "lakebaseops://cloud/shop/main/overview?run=1",
                "lakebaseops://cloud/shop/main/overview#x",
                "lakebaseops://cloud/shop/../overview",
                "lakebaseops://cloud/shop/%2E%2E/overview",
                "lakebaseops://cloud/shop/main/over view",
                "lakebaseops://cloud/shop/main/overview/%0A",
                "lakebaseops://cloud/shop/main/overview/%E2%80%AEx",
                "lakebaseops://cloud/shop/main/overview/%4",
                "lakebaseops://cloud/shop/main/overview/%zz",
                "lakebaseops://cloud/shop/main/overview/%FF",
                "lakebaseops://cloud/%20/main/overview",
                "lakebaseops://cloud/shöp/main/overview",
                "lakebaseops:cloud/shop/main/overview",
                "https://cloud/shop/main/overview",
            })
    void what_is_not_wholly_understood_is_refused(String text) {
        assertThat(ConsoleLink.parse(text)).isInstanceOf(ConsoleLink.Parsed.Refused.class);
    }

    @Test
    void a_text_as_long_as_a_page_is_no_link() {
        assertThat(ConsoleLink.parse("lakebaseops://a/b/c/overview/" + "x".repeat(400)))
                .isInstanceOf(ConsoleLink.Parsed.Refused.class);
        assertThat(ConsoleLink.parse("lakebaseops://a/b/c/overview/" + "x/".repeat(4000)))
                .isEqualTo(new ConsoleLink.Parsed.Refused("it is too long"));
    }
}

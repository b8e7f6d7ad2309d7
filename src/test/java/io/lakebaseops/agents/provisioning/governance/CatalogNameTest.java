package io.lakebaseops.agents.provisioning.governance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Names there and back.
class CatalogNameTest {
    @ParameterizedTest
    @CsvSource({
        "supply-chain-prod, prod_supply_chain, supply-chain",
        "shop-prod, prod_shop, shop",
        "shop-acme-dev, dev_shop_acme, shop-acme",
        "shop, shop, shop"
    })
    void theEnvironmentComesFirstInUnityCatalog(String project, String catalog, String domain) {
        assertThat(CatalogName.ofProject(project)).isEqualTo(catalog);
        assertThat(CatalogName.projectOf(catalog)).isEqualTo(project);
        assertThat(CatalogName.domainOf(project)).isEqualTo(domain);
    }

    @Property
    void everyProjectIsFoundAgainByItsCatalog(
            @ForAll
                    @CharRange(from = 'a', to = 'z')
                    @CharRange(from = '0', to = '9')
                    @Chars('-')
                    @StringLength(min = 1, max = 63)
                    String project) {
        var catalog = CatalogName.ofProject(project);
        assertThat(CatalogName.projectOf(catalog)).isEqualTo(project);
        assertThat(catalog).matches("[a-z0-9_]+");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a.b", "a/b", "a b", "a\tb"})
    void whatUnityCatalogDoesNotTakeIsRefused(String wish) {
        assertThatThrownBy(() -> CatalogName.checked(wish)).hasMessageContaining("is no name");
    }

    @Test
    void capitalsAreKeptSmall() {
        assertThat(CatalogName.checked("Prod-Shop")).isEqualTo("prod-shop");
    }
}

package io.lakebaseops.agents.performance.indexes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Which index PostgreSQL 18 may use for a foreign key that no index leads with.
final class SkipScanTest {
    @ParameterizedTest
    @CsvSource({
        "180000, a b, b, true",
        "170011, a b, b, false",
        "180001, a b c, b, true",
        "180001, a c b, b c, true",
        "180001, a c b, b, false",
        "180001, lower(a) b, b, false",
        "180001, a / b, b, false",
        "190000, b a, b, false",
    })
    void oneColumnMayBeSkipped(int version, String keys, String key, boolean skipped) {
        var picture =
                new SampleCatalog()
                        .version(version)
                        .table("t")
                        .index("i", keys)
                        .foreignKey("fk", key.split(" "));
        var catalog = picture.build();
        var found = SkipScan.of(catalog, catalog.foreignKeys().getFirst());
        assertThat(found.isPresent()).isEqualTo(skipped);
        found.ifPresent(i -> assertThat(SkipScan.words(i)).contains("while a has few values"));
    }

    @ParameterizedTest
    @CsvSource({"invalid, btree,", "'', hash,", "'', btree, (c > 0)"})
    void whatCannotBeScannedIsNot(String flags, String method, String predicate) {
        var picture =
                new SampleCatalog()
                        .version(180_000)
                        .table("t")
                        .index(
                                "i",
                                "a b",
                                f -> {
                                    f.method(method).is(flags.split(" "));
                                    return predicate == null ? f : f.where(predicate);
                                })
                        .foreignKey("fk", "b");
        var catalog = picture.build();
        assertThat(SkipScan.of(catalog, catalog.foreignKeys().getFirst())).isEmpty();
    }
}

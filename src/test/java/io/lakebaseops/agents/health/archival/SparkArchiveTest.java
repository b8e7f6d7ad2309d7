package io.lakebaseops.agents.health.archival;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lakebaseops.change.archival.ArchiveRunner.Moments;
import io.lakebaseops.lakehouse.delta.Spark;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;

/// A real Spark reads an archive: the rows that PostgreSQL had, in the types they should have.
/// `mvn test -Dspark -Dtest=SparkArchiveTest`.
final class SparkArchiveTest {
    private static final int ROWS = 3_000;

    @TempDir Path dir;

    /// Each column as a text that both write alike; the floats are exact eighths and sixteenths.
    private static final String IN_POSTGRES =
            """
            select concat_ws('|', id, (extract(epoch from at) * 1000000)::bigint, day - date '1970-01-01',
                   i2, i4, (f4 * 8)::bigint, (f8 * 16)::bigint, coalesce(b::text, 'null'),
                   amount, wide, coalesce(path, 'null'), encode(raw, 'hex'), plain, key, ts, tags)
              from kept order by id""";

    private static final String IN_SPARK =
            "SELECT id, unix_micros(at), datediff(day, DATE '1970-01-01'), i2, i4,"
                    + " cast(f4 * 8 AS BIGINT), cast(f8 * 16 AS BIGINT), coalesce(cast(b AS STRING), 'null'),"
                    + " amount, wide, coalesce(path, 'null'), lower(hex(raw)), plain, key, ts, tags"
                    + " FROM {t} ORDER BY id;\n";

    @Test
    void sparkReadsTheRowsAndTypesThatPostgresHad() throws Exception {
        var sparks = Spark.all().toList();
        assumeTrue(!sparks.isEmpty());
        try (var rig = ArchiveRig.of("spark", dir.resolve("lake"))) {
            rig.database()
                    .asDba(
                            """
                            create table kept (id bigint primary key, at timestamptz not null, day date, i2 int2, i4 int4, f4 float4,
                              f8 float8, b bool, amount numeric(12,2), wide numeric(38,10), path text, raw bytea, plain numeric,
                              key uuid, ts timestamp, tags int[])""",
                            """
                            insert into kept select g, '2020-01-01'::timestamptz + g * interval '1.000001 second', date '0001-01-01' + g,
                              g %% 100, -g, g / 8.0, g / 16.0, case g %% 3 when 0 then true when 1 then false end, g / 7.0,
                              -g * 1234567890123456789.0123456789, case when g %% 5 > 0 then 'ü ' || g end, sha256(g::text::bytea),
                              g / 3.0, md5(g::text)::uuid, '2020-01-01'::timestamp + g * interval '1 hour', array[g, null]
                              from generate_series(1, %d) g"""
                                    .formatted(ROWS),
                            "analyze kept");
            var expected = rig.texts(IN_POSTGRES);
            var step = ArchiveRig.small(rig.plan("public.kept").steps().getFirst(), 1_000, 100);
            assertThat(rig.run(step, Moments.UNHEARD)).isEqualTo(ROWS);
            var table =
                    "delta.`" + rig.lakehouse().location(DeltaColdStore.table(step.order())) + "`";
            for (var spark : sparks) {
                var home = Files.createDirectories(dir.resolve(spark.generation()));
                var said =
                        spark.run(
                                "SELECT typeof(id), typeof(at), typeof(day), typeof(i2), typeof(f4), typeof(f8), typeof(b), typeof(amount), typeof(wide), typeof(raw), typeof(plain) FROM {t} LIMIT 1;\n"
                                                .replace("{t}", table)
                                        + IN_SPARK.replace("{t}", table)
                                        + "SELECT count(*) FROM {t} WHERE at >= TIMESTAMP '2020-01-01 00:10:00' AND amount < 200;\n"
                                                .replace("{t}", table),
                                home);
                assertThat(said).noneMatch(line -> line.startsWith("!"));
                var rows =
                        new ArrayList<>(
                                said.stream()
                                        .filter(l -> l.startsWith("= "))
                                        .map(l -> l.substring(2))
                                        .toList());
                assertThat(rows.removeFirst())
                        .isEqualTo(
                                "bigint|timestamp|date|int|float|double|boolean|decimal(12,2)|decimal(38,10)|binary|string");
                var skipped = rows.removeLast();
                assertThat(rows).isEqualTo(expected);
                // With statistics of files, by which Spark leaves some of them out.
                assertThat(skipped)
                        .isEqualTo(
                                Long.toString(
                                        expected.stream()
                                                .map(r -> r.split("\\|"))
                                                .filter(
                                                        r ->
                                                                Long.parseLong(r[1])
                                                                                >= 1_577_837_400_000_000L
                                                                        && Double.parseDouble(r[8])
                                                                                < 200)
                                                .count()));
                System.out.printf(
                        "%s read %,d rows of an archive%n", spark.generation(), rows.size());
            }
        } finally {
            ArchiveRig.stop();
        }
    }
}

package io.lakebaseops.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.stream.Collectors;

final class RelationNamesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "select a, notes from orders where id = $1 | orders",
                "select 1 from shop.orders o, only items as i where o.id = i.o | shop.orders items",
                "select 1 from a left join \"B b\".\"C\"\"c\" x using (id) | a B b.C\"c",
                "select count(*) from (select 1 from inner_one) s | inner_one",
                "select * from t for update of t | t",
                "select * from t for no key update | t",
                "select a is distinct from b from t | t",
                "/* from nowhere */ select 'from nobody' from t -- join x | t",
                "insert into s.t (a) values ($1) on conflict (a) do update set a = $2 | s.t!",
                "insert into t as n select * from o | t! o",
                "update only t set a = $1 from o where o.id = t.id | t! o",
                "delete from t using o where o.id = t.id | t! o",
                "merge into t using o on t.id = o.id when matched then delete | t! o",
                "with gone as (delete from t returning *) select * from gone | t! gone",
                "copy s.t (a, b) from stdin | s.t! stdin",
                "copy s.t to stdout | s.t",
                "select now() | ``"
            })
    void theTablesOfAStatementAreFoundAndWhoIsWritten(String sql, String wanted) {
        var names =
                RelationNames.of(SqlLexer.tokens(sql)).stream()
                        .map(
                                n ->
                                        (n.schema() == null ? "" : n.schema() + ".")
                                                + n.name()
                                                + (n.written() ? "!" : ""))
                        .collect(Collectors.joining(" "));
        assertThat(names).isEqualTo(wanted);
    }
}

package io.lakebaseops.guard;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CountStatementTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    delete from shop.orders where id < 10 | select count(*) from shop.orders where id < 10
                    DELETE FROM only "Orders" o WHERE o.a in (select b from x where c) RETURNING * ; | select count(*) from only "Orders" o WHERE o.a in (select b from x where c)
                    delete from orders | select count(*) from orders
                    update orders as o set status = (select 'x' from y where 1 = 1), n = 2 where status = 'where' | select count(*) from orders as o where status = 'where'
                    update orders set a = 1 | select count(*) from orders
                    truncate table shop.orders cascade | select count(*) from shop.orders
                    """)
    void what_would_be_changed_is_counted(String change, String count) {
        assertThat(CountStatement.of(change)).contains(count);
        assertThat(ReadSql.judge(count)).as("the count itself is allowed").isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "delete from a using b where a.id = b.id",
                "update a set x = b.x from b where a.id = b.id",
                "update a set x = 1 where current of c",
                "truncate a, b",
                "drop table a",
                "delete from a; drop table b",
                "with x as (select 1) delete from a",
                "delete",
                "select 1",
                ""
            })
    void what_cannot_be_counted_so_is_not(String change) {
        assertThat(CountStatement.of(change)).isEmpty();
    }
}

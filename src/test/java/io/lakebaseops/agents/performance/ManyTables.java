package io.lakebaseops.agents.performance;

import io.lakebaseops.testing.Pg17;

/// A database of very many small tables: three more indexes than keys per table pair, every 50th
/// table with a duplicate, every third with a foreign key that no index serves, spread over
/// schemas.
public final class ManyTables {
    private static final int SCHEMAS = 100;

    private ManyTables() {}

    /// Duplicate indexes among that many tables.
    public static int duplicates(int tables) {
        return (tables + 49) / 50;
    }

    /// Foreign keys without an index among that many tables.
    public static int gaps(int tables) {
        return (tables - 1) / 3;
    }

    /// About 4 ms a table on an idle core.
    public static void fill(Pg17.Database database, int tables) {
        database.asDba(
                """
                do $$
                begin
                  for i in 0..%1$d loop
                    execute format('create schema s%%s', i);
                  end loop;
                end $$\
                """
                        .formatted(SCHEMAS - 1),
                """
                create procedure fill(lo int, hi int) language plpgsql as $$
                begin
                  for i in lo..hi loop
                    execute format('create table s%s.t%s (id bigint primary key, a int, b text,'
                                   ' c timestamptz, p bigint)', i % 100, i);
                    execute format('create index on s%s.t%s (a)', i % 100, i);
                    if i % 50 = 0 then
                      execute format('create index on s%s.t%s (a)', i % 100, i);
                    else
                      execute format('create index on s%s.t%s (b, c)', i % 100, i);
                    end if;
                    if i > 0 and i % 3 = 0 then
                      execute format('alter table s%s.t%s add foreign key (p) references s%s.t%s (id)',
                                     i % 100, i, (i - 1) % 100, i - 1);
                    end if;
                    if i % 200 = 0 then
                      commit;
                    end if;
                  end loop;
                end $$\
                """);
        database.asDba("call fill(0, " + (tables - 1) + ")");
        database.asDba("analyze");
    }
}

package io.lakebaseops.testing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class Pg17PgTest {
    @Test
    void aFreshDatabaseIsARealPostgres17WithADbaWhoIsNoSuperuser() throws Exception {
        var db = Pg17.shared().database("rig");
        assertThat(db.scalar("show server_version_num")).startsWith("17");
        try (var c = db.dba();
                var rs =
                        c.createStatement()
                                .executeQuery(
                                        "select current_setting('is_superuser'),"
                                                + " pg_has_role('pg_monitor', 'USAGE')")) {
            rs.next();
            assertThat(rs.getString(1)).isEqualTo("off");
            assertThat(rs.getBoolean(2)).isTrue();
        }
    }
}

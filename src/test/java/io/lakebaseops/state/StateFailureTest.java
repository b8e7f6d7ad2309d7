package io.lakebaseops.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.domain.OpsException;

import org.junit.jupiter.api.Test;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;

/// A state database that gives no connection is told in words about it, not about a pool.
final class StateFailureTest {
    private static final String POOL =
            "lakebaseops-state - Connection is not available, request timed out after 5009ms"
                    + " (total=0, active=0, idle=0, waiting=0)";
    private static final String REMEDY = "start it again";

    @Test
    void theReasonOfTheServerIsSaidInPlaceOfThePools() {
        var refused = new SQLException("Connection to 127.0.0.1:1 refused.", "08001");
        var e =
                StateDb.failure(
                        new SQLTransientConnectionException(POOL, "08001", refused), REMEDY);
        assertThat(e.kind()).isEqualTo(OpsException.Kind.UNREACHABLE);
        assertThat(e.why()).isEqualTo("Connection to 127.0.0.1:1 refused. (SQLSTATE 08001)");
        assertThat(e.remedy()).isEqualTo(REMEDY);
    }

    @Test
    void thatAllConnectionsAreInUseIsSaidSo() {
        var e = StateDb.failure(new SQLTransientConnectionException(POOL), REMEDY);
        assertThat(e.kind()).isEqualTo(OpsException.Kind.UNREACHABLE);
        assertThat(e.why()).contains("came free in time");
        assertThat(e.getMessage()).doesNotContain("lakebaseops-state", "total=0");
    }

    @Test
    void whatAStatementFailsWithKeepsItsWords() {
        var e = StateDb.failure(new SQLException("too long", "57014"), REMEDY);
        assertThat(e.kind()).isEqualTo(OpsException.Kind.TIMEOUT);
        assertThat(e.why()).isEqualTo("too long (SQLSTATE 57014)");
    }
}

package io.lakebaseops.postgres;

import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.OpsException.Kind;

import org.postgresql.util.GT;
import org.postgresql.util.PSQLException;

import java.sql.SQLException;

/// Translates SQLSTATEs into failures that a person can act on (Manual, appendix A.)
final class SqlFailure {
    private SqlFailure() {}

    static OpsException of(String what, SQLException e) {
        var kind = kind(e);
        return new OpsException(kind, what, why(e), remedy(e, kind), e);
    }

    static String state(SQLException e) {
        return e.getSQLState() == null ? "" : e.getSQLState();
    }

    /// The server's own sentence; the driver's for failures on the way.
    private static String why(SQLException e) {
        var server = e instanceof PSQLException p ? p.getServerErrorMessage() : null;
        var text = server == null ? e.getMessage() : server.getMessage();
        return (text == null ? "failed" : text) + " (SQLSTATE " + state(e) + ")";
    }

    static Kind kind(SQLException e) {
        var state = state(e);
        return switch (state) {
            case "57014", "55P03", "25P03", "25P04" -> Kind.TIMEOUT;
            // 08004: the driver had no password to give, or the server wants encryption.
            case "42501", "25006", "08004" -> Kind.DENIED;
            case "57P01", "57P02", "57P03", "57P05", "53300" -> Kind.UNREACHABLE;
            case "3D000", "3F000", "42P01", "42703", "42704", "42883" -> Kind.NOT_FOUND;
            case "42P04", "42P06", "42P07", "42710", "40001", "40P01", "55006", "55000" ->
                    Kind.CONFLICT;
            default -> byClass(state.isEmpty() ? "" : state.substring(0, 2));
        };
    }

    private static Kind byClass(String sqlClass) {
        return switch (sqlClass) {
            case "08" -> Kind.UNREACHABLE;
            case "28" -> Kind.DENIED;
            case "0A" -> Kind.UNSUPPORTED;
            case "22", "42" -> Kind.INVALID_INPUT;
            case "23" -> Kind.CONFLICT;
            default -> Kind.INTERNAL;
        };
    }

    /// The driver has no state of its own for it, only its sentence.
    static boolean withoutTls(SQLException e) {
        return GT.tr("The server does not support SSL.").equals(e.getMessage());
    }

    private static String remedy(SQLException e, Kind kind) {
        return switch (state(e)) {
            case "55P03" -> "another session holds the lock: look at the blocking tree, try later";
            case "42501" -> "ask the owner or an administrator for the right named here";
            case "08004", "28P01" ->
                    "give the user's password as LAKEBASEOPS_SECRET_<PROFILE>, in ~/.pgpass or in the"
                            + " URL; a server that wants encryption needs sslmode=require";
            case "53300" -> "the server has no free connection slot: end idle sessions";
            case "53100" -> "the server's disk is full: free space there, or ask for more";
            case "3D000" -> "check the database name of the connection";
            default ->
                    switch (kind) {
                        case UNREACHABLE -> "check that the server runs and the network reaches it";
                        case TIMEOUT -> "check the server's load, or allow more time";
                        case DENIED -> "check user, password and rights of the connection";
                        case NOT_FOUND -> "it was dropped or renamed meanwhile: look again";
                        case CONFLICT -> "look at the object's present state, then try again";
                        case UNSUPPORTED -> "this server cannot do it";
                        case CANCELLED, INVALID_INPUT, INTERNAL -> "";
                    };
        };
    }
}

package io.lakebaseops.postgres;

import static io.lakebaseops.domain.connection.ConnectionReport.Part;

import io.lakebaseops.domain.Ident;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.TargetCondition;
import io.lakebaseops.domain.connection.ConnectionReport.Failure;
import io.lakebaseops.domain.connection.ConnectionReport.Hint;
import io.lakebaseops.domain.connection.ConnectionStage;

import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import javax.net.ssl.SSLException;

/// Why a test of a connection ended, in one sentence, with the stage that refused and the ways on.
///
/// @param stage the one that refused, which may be an earlier one than the one being tried
record ConnectionRefusal(String sentence, ConnectionStage.Name stage, Failure failure) {
    /// @param peek what the server showed before the login; null where it was not looked at
    static ConnectionRefusal of(
            Exception e, ConnectionStage.Name trying, LoginAsked login, @Nullable TlsPeek peek) {
        if (e instanceof ServerTooOldException old) {
            return tooOld(old.version());
        }
        if (e instanceof OpsException ops) {
            return ofOurs(ops, trying, login);
        }
        if (has(e, UnknownHostException.class)) {
            return refusal(
                    "Host %s is not known.".formatted(login.host()),
                    ConnectionStage.Name.HOST,
                    Part.HOST,
                    e,
                    new Hint(
                            "Check the spelling of the host",
                            "or whether a VPN has to be up for its name server"));
        }
        if (has(e, NoRouteToHostException.class) || has(e, SocketTimeoutException.class)) {
            return silent(login, trying, e);
        }
        if (has(e, ConnectException.class) && trying != ConnectionStage.Name.LOGIN) {
            return refusal(
                    "%s refuses port %d: nothing listens there."
                            .formatted(login.host(), login.port()),
                    trying,
                    Part.PORT,
                    e,
                    new Hint(
                            "Check the port",
                            "and that the server runs and listen_addresses includes this address"));
        }
        if (tls(e)) {
            return tls(e, login, peek);
        }
        return e instanceof SQLException sql
                ? ofServer(sql, trying, login)
                : refusal(
                        "%s cannot be reached: %s.".formatted(login.place(), words(e)),
                        trying,
                        Part.SERVER,
                        e,
                        new Hint("Check host and port", "something else may listen there"));
    }

    private static ConnectionRefusal silent(
            LoginAsked login, ConnectionStage.Name trying, Exception e) {
        return refusal(
                "No answer from %s within 10 s: firewall or wrong address."
                        .formatted(login.place()),
                trying,
                Part.HOST,
                e,
                new Hint("Check the address", "and whether a firewall drops the packets"),
                new Hint("Is it behind another machine?", "choose SSH tunnel in the form"));
    }

    private static ConnectionRefusal tooOld(String version) {
        return new ConnectionRefusal(
                "This is PostgreSQL %s; LakebaseOps needs %d or newer."
                        .formatted(version, TargetCondition.TooOld.OLDEST),
                ConnectionStage.Name.VERSION,
                new Failure(
                        Part.SERVER,
                        "",
                        "",
                        List.of(new Hint("Upgrade the server", "or choose another one")),
                        null));
    }

    private static ConnectionRefusal ofOurs(
            OpsException e, ConnectionStage.Name trying, LoginAsked login) {
        boolean tunnel = trying == ConnectionStage.Name.TUNNEL;
        if (e.kind() == OpsException.Kind.CANCELLED) {
            return refusal("The test was cancelled.", trying, Part.NOTHING, e);
        }
        if (e.kind() == OpsException.Kind.TIMEOUT && !tunnel) {
            return silent(login, trying, e);
        }
        var ways =
                e.remedy().isBlank() ? new Hint[0] : new Hint[] {new Hint(capital(e.remedy()), "")};
        return refusal(
                "%s: %s.".formatted(capital(e.what()), e.why()),
                trying,
                tunnel ? Part.TUNNEL : Part.SERVER,
                e,
                ways);
    }

    private static boolean tls(Exception e) {
        return has(e, SSLException.class)
                || has(e, CertificateException.class)
                || e instanceof SQLException s
                        && (SqlFailure.withoutTls(s)
                                || "08006".equals(s.getSQLState()) && words(s).contains("SSL")
                                || words(s).contains("could not be verified"));
    }

    private static ConnectionRefusal tls(Exception e, LoginAsked login, @Nullable TlsPeek peek) {
        var names = peek == null ? List.<String>of() : peek.names();
        var text = words(e);
        String sentence;
        Hint hint;
        if (e instanceof SQLException s && SqlFailure.withoutTls(s)) {
            sentence = "The server has no TLS, and sslmode is %s.".formatted(login.sslMode());
            hint =
                    new Hint(
                            "Switch TLS on at the server (ssl = on)",
                            "or, for a network that you trust, choose the mode prefer or disable");
        } else if (text.contains("could not be verified")
                || text.contains("No subject alternative")
                || text.contains("No name matching")) {
            sentence =
                    "The certificate is for another name: %s."
                            .formatted(names.isEmpty() ? "not " + login.host() : named(names));
            hint =
                    new Hint(
                            "Connect by a name that stands in the certificate",
                            "or with verify-ca, which does not look at the name");
        } else if (text.contains("certificate_required") || text.contains("certificate required")) {
            sentence = "The server wants a certificate of this client.";
            hint = new Hint("Choose client certificate in the form", "with its key");
        } else {
            sentence = "The certificate of %s is not trusted.".formatted(login.host());
            hint =
                    new Hint(
                            "Name the root certificate it was signed by",
                            "sslrootcert: a PEM file of the administrator, or “system” for those of"
                                    + " this computer");
        }
        return refusal(sentence, ConnectionStage.Name.TLS, Part.TLS, e, hint);
    }

    private static String named(List<String> names) {
        return String.join(", ", names.subList(0, Math.min(3, names.size())));
    }

    private static ConnectionRefusal ofServer(
            SQLException e, ConnectionStage.Name trying, LoginAsked login) {
        var place = login.place();
        return switch (SqlFailure.state(e)) {
            case "28P01" ->
                    refusal(
                            "Login refused for user %s on %s: the server says the password is wrong. The way to it works."
                                    .formatted(login.user(), place),
                            ConnectionStage.Name.LOGIN,
                            Part.PASSWORD,
                            e,
                            afterWrongPassword(login));
            case "08004" ->
                    refusal(
                            "%s asks for a password, and none is known for user %s."
                                    .formatted(place, login.user()),
                            ConnectionStage.Name.LOGIN,
                            Part.PASSWORD,
                            e,
                            new Hint("Type the password", "it is kept where the form says"));
            case "28000" -> notLetIn(e, login);
            case "3D000" ->
                    refusal(
                            "Database %s does not exist on %s.".formatted(login.database(), place),
                            ConnectionStage.Name.LOGIN,
                            Part.DATABASE,
                            e,
                            new Hint("Check the name of the database", "it is case sensitive"));
            case "42501" ->
                    refusal(
                            "User %s may not connect to database %s."
                                    .formatted(login.user(), login.database()),
                            ConnectionStage.Name.LOGIN,
                            Part.DATABASE,
                            e,
                            new Hint(
                                    "Ask an administrator for the right",
                                    "",
                                    "grant connect on database %s to %s;"
                                            .formatted(
                                                    name(login.database()), name(login.user()))));
            case "53300" ->
                    refusal(
                            "No connection slot is free on %s.".formatted(place),
                            ConnectionStage.Name.LOGIN,
                            Part.SERVER,
                            e,
                            new Hint("End idle sessions", "or raise max_connections"));
            case "57P03" ->
                    refusal(
                            "%s is starting up or shutting down.".formatted(place),
                            ConnectionStage.Name.LOGIN,
                            Part.SERVER,
                            e,
                            new Hint("Wait a moment", "then test again"));
            default ->
                    refusal(
                            "%s: %s".formatted(place, words(e)),
                            trying,
                            Part.SERVER,
                            e,
                            new Hint("Check the fields", "the server's own words are above"));
        };
    }

    private static Hint[] afterWrongPassword(LoginAsked login) {
        var hints = new ArrayList<Hint>();
        hints.add(
                new Hint(
                        "Type the password again",
                        login.passwordFrom().isEmpty()
                                ? ""
                                : "the one used was " + login.passwordFrom()));
        if (!login.others().isEmpty()) {
            hints.add(
                    new Hint(
                            "Use another login that is known here",
                            String.join(", ", login.others())));
        }
        hints.add(
                new Hint(
                        "Ask an administrator to make the login or set its password",
                        "no password in the text; it is set with \\password",
                        newLogin(login)));
        hints.add(
                new Hint(
                        "Password certainly right?",
                        "The server answers the same when the user does not exist or the password"
                                + " has expired (VALID UNTIL)."));
        return hints.toArray(Hint[]::new);
    }

    private static String newLogin(LoginAsked login) {
        return """
        create role %1$s login connection limit 3;
        grant pg_monitor to %1$s;
        grant connect on database %2$s to %1$s;
        \\password %1$s\
        """
                .formatted(name(login.user()), name(login.database()));
    }

    private static ConnectionRefusal notLetIn(SQLException e, LoginAsked login) {
        if (words(e).contains("pg_hba.conf")) {
            return refusal(
                    "No pg_hba.conf line lets user %s into database %s from this address."
                            .formatted(login.user(), login.database()),
                    ConnectionStage.Name.LOGIN,
                    Part.SERVER,
                    e,
                    new Hint(
                            "Ask an administrator for a line in pg_hba.conf",
                            "the address of this computer stands in the server's words",
                            "hostssl %s %s ADDRESS/32 scram-sha-256"
                                    .formatted(login.database(), login.user())));
        }
        return refusal(
                "Login refused for user %s on %s.".formatted(login.user(), login.place()),
                ConnectionStage.Name.LOGIN,
                Part.USER,
                e,
                new Hint("Check the user", "the server's own words are above"),
                new Hint(
                        "Ask an administrator to make the login",
                        "no password in the text; it is set with \\password",
                        newLogin(login)));
    }

    private static ConnectionRefusal refusal(
            String sentence, ConnectionStage.Name stage, Part part, Exception e, Hint... hints) {
        var state = e instanceof SQLException s ? SqlFailure.state(s) : "";
        return new ConnectionRefusal(
                sentence, stage, new Failure(part, words(e), state, List.of(hints), null));
    }

    /// The server's own sentence, with its severity; else the innermost one.
    private static String words(Exception e) {
        if (e instanceof PSQLException p && p.getServerErrorMessage() != null) {
            var server = p.getServerErrorMessage();
            return server.getSeverity() + ": " + server.getMessage();
        }
        if (e instanceof OpsException ops) {
            return ops.why();
        }
        Throwable cause = e;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }

    private static boolean has(Throwable e, Class<? extends Throwable> kind) {
        for (Throwable t = e; t != null; t = t.getCause()) {
            if (kind.isInstance(t)) {
                return true;
            }
        }
        return false;
    }

    /// Bare where that means the same.
    static String name(String identifier) {
        return identifier.matches("[a-z_][a-z0-9_]*") && !RESERVED.contains(identifier)
                ? identifier
                : Ident.of(identifier).sql();
    }

    /// Words that cannot stand bare for a role or a database (manual, appendix C).
    private static final Set<String> RESERVED =
            Set.of(
                    """
                    all analyse analyze and any array as asc both case cast check collate column
                    constraint create current_role current_user default desc distinct do else
                    end except false fetch for foreign from grant group having in initially
                    intersect into lateral leading limit localtime none not null offset on only
                    or order placing primary public references returning select session_user
                    some symmetric table then to trailing true union unique user using variadic
                    when where window with
                    """
                            .strip()
                            .split("\\s+"));

    private static String capital(String text) {
        return text.isEmpty() ? text : Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }
}

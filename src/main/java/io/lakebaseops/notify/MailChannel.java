package io.lakebaseops.notify;

import io.lakebaseops.config.NotificationChannel.Mail;
import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.Severity;
import io.lakebaseops.state.Outbox.Act;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;

import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Date;
import java.util.Properties;
import java.util.UUID;
import java.util.function.Supplier;

/// Mail by SMTP; all mails about one alert make one conversation.
///
/// @param password empty where the server asks for no login
/// @param patience for a connection, and for each answer
record MailChannel(Mail config, Supplier<String> password, Duration patience) implements Channel {
    @Override
    public SendResult send(Message m, @Nullable String earlier) {
        try {
            var session = Session.getInstance(properties());
            var mail = mail(session, m, earlier);
            try (var transport = session.getTransport("smtp")) {
                if (config.user() == null) {
                    transport.connect();
                } else {
                    transport.connect(config.host(), config.port(), config.user(), password.get());
                }
                send(transport, mail);
            }
            return new SendResult.Sent(id(m.id()));
        } catch (AuthenticationFailedException e) {
            return new SendResult.Refused(config.host() + " refused the login");
        } catch (AddressException e) {
            return new SendResult.Refused("an address is not valid: " + e.getRef());
        } catch (MessagingException e) {
            return result(e);
        }
    }

    private static void send(Transport transport, MimeMessage mail) throws MessagingException {
        mail.saveChanges();
        transport.sendMessage(mail, mail.getAllRecipients());
    }

    private Properties properties() {
        var millis = Long.toString(patience.toMillis());
        var p = new Properties();
        p.setProperty("mail.smtp.host", config.host());
        p.setProperty("mail.smtp.port", Integer.toString(config.port()));
        p.setProperty("mail.smtp.connectiontimeout", millis);
        p.setProperty("mail.smtp.timeout", millis);
        p.setProperty("mail.smtp.writetimeout", millis);
        p.setProperty("mail.smtp.auth", Boolean.toString(config.user() != null));
        p.setProperty("mail.smtp.ssl.checkserveridentity", "true");
        switch (config.tls()) {
            case STARTTLS -> {
                p.setProperty("mail.smtp.starttls.enable", "true");
                // Never a password over a connection whose encryption somebody took away.
                p.setProperty("mail.smtp.starttls.required", "true");
            }
            case IMPLICIT -> p.setProperty("mail.smtp.ssl.enable", "true");
            case NONE -> {}
        }
        return p;
    }

    private MimeMessage mail(Session session, Message m, @Nullable String earlier)
            throws MessagingException {
        var mail = new NamedMail(session, id(m.id()));
        mail.setFrom(new InternetAddress(config.from(), true));
        for (var to : config.to()) {
            mail.addRecipient(RecipientType.TO, new InternetAddress(to, true));
        }
        mail.setSentDate(Date.from(m.at()));
        mail.setSubject(Format.printable(subject(m)), StandardCharsets.UTF_8.name());
        mail.setText(m.plainText(), StandardCharsets.UTF_8.name());
        mail.setHeader("Auto-Submitted", "auto-generated");
        if (earlier != null) {
            mail.setHeader("In-Reply-To", earlier);
            mail.setHeader("References", earlier);
        }
        if (m.severity() == Severity.CRITICAL && m.act() != Act.RESOLVE) {
            mail.setHeader("Importance", "high");
        }
        return mail;
    }

    private static String subject(Message m) {
        return SlackBlocks.cut("[LakebaseOps] " + m.headline(), 200);
    }

    private static String id(UUID message) {
        return "<" + message + "@lakebaseops>";
    }

    /// A repeated try is the same mail, which servers and readers show once.
    private static final class NamedMail extends MimeMessage {
        private final String id;

        NamedMail(Session session, String id) {
            super(session);
            this.id = id;
        }

        @Override
        protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", id);
        }
    }

    /// Codes from 500 on are for good, all others may pass (RFC 5321, 4.2.1).
    private SendResult result(MessagingException e) {
        int code = 0;
        for (Exception at = e; at instanceof MessagingException m; at = m.getNextException()) {
            if (m instanceof SMTPAddressFailedException address) {
                code = address.getReturnCode();
                break;
            }
            if (m instanceof SMTPSendFailedException send) {
                code = send.getReturnCode();
            }
        }
        if (code >= 500) {
            return new SendResult.Refused("%s refused the mail: %d".formatted(config.host(), code));
        }
        var what =
                code > 0
                        ? "%s cannot take the mail now: %d".formatted(config.host(), code)
                        : "%s cannot be reached or did not answer in time".formatted(config.host());
        return new SendResult.Later(what, null);
    }

    @Override
    public boolean takes(Act act) {
        return act != Act.ACKNOWLEDGE;
    }

    @Override
    public String destination() {
        return String.join(", ", config.to()) + " by " + config.host();
    }
}

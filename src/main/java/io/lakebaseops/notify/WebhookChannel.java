package io.lakebaseops.notify;

import io.lakebaseops.config.NotificationChannel;
import io.lakebaseops.state.Outbox.Act;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Map;
import java.util.function.Supplier;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// JSON to a server of one's own.
///
/// `X-LakebaseOps-Signature: sha256=<hex>` is the HMAC-SHA256 of the timestamp header, a dot and
/// the body; `X-LakebaseOps-Timestamp` holds seconds since 1970, so that an old message can be told
/// from a new one; `X-LakebaseOps-Delivery` is the same at every try of one message.
record WebhookChannel(HttpPost http, NotificationChannel.Webhook config, Supplier<String> key)
        implements Channel {
    @Override
    public SendResult send(Message m, @Nullable String earlier) {
        var body = HttpPost.bytes(m.fields());
        var time = Long.toString(m.at().getEpochSecond());
        var headers =
                Map.of(
                        "X-LakebaseOps-Timestamp",
                        time,
                        "X-LakebaseOps-Delivery",
                        m.id().toString(),
                        "X-LakebaseOps-Signature",
                        "sha256=" + signature(key.get(), time, body));
        return switch (http.post(config.url(), headers, body)) {
            case HttpPost.Answer.Accepted _ -> new SendResult.Sent(null);
            case HttpPost.Answer.Failed(var result) -> result;
        };
    }

    static String signature(String key, String time, byte[] body) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            mac.update((time + ".").getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has HmacSHA256", e);
        }
    }

    @Override
    public boolean takes(Act act) {
        return true;
    }

    @Override
    public String destination() {
        return "webhook at " + config.url().getHost();
    }
}

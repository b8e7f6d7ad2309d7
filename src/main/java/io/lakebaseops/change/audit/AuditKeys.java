package io.lakebaseops.change.audit;

import io.lakebaseops.config.KeyFile;
import io.lakebaseops.config.SecretStore;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.Sha256;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The keys that sign audit entries (HMAC-SHA256), kept outside the state database.
///
/// Whoever can write the database can compute plain hashes anew, but not these signatures. The
/// first key signs; the others are known, so that entries from before a team shared a key can still
/// be checked.
final class AuditKeys {
    /// `LAKEBASEOPS_SECRET_AUDIT_KEY` in the environment.
    static final String SECRET = "audit_key";

    private static final String MAC = "HmacSHA256";
    private static final int SHORTEST = 32;

    private final Map<String, SecretKeySpec> keys = new LinkedHashMap<>();
    private final String current;

    private AuditKeys(List<byte[]> all) {
        for (var key : all) {
            keys.put(idOf(key), new SecretKeySpec(key, MAC));
        }
        current = keys.keySet().iterator().next();
    }

    static AuditKeys of(byte[] signing, byte[]... known) {
        var all = new ArrayList<byte[]>();
        all.add(signing);
        all.addAll(List.of(known));
        return new AuditKeys(all);
    }

    /// The team's key when there is one, and this console's own, which is made at first use.
    static AuditKeys open(SecretStore secrets, Path file) {
        var own = KeyFile.read(file);
        return secrets.get(SECRET).map(team -> of(derived(team), own)).orElseGet(() -> of(own));
    }

    private static byte[] derived(String secret) {
        if (secret.length() < SHORTEST) {
            throw new OpsException(
                    OpsException.Kind.INVALID_INPUT,
                    "Read the audit key",
                    "LAKEBASEOPS_SECRET_AUDIT_KEY has fewer than %d characters".formatted(SHORTEST),
                    "share a random one, for instance of: openssl rand -hex 32");
        }
        return new Sha256().part("lakebaseops audit key").part(secret).digest();
    }

    /// Tells keys apart without telling anything about them.
    private static String idOf(byte[] key) {
        return new Sha256().part("lakebaseops audit key id").bytes(key).hex().substring(0, 16);
    }

    String currentId() {
        return current;
    }

    String sign(String hash) {
        return signature(keys.get(current), hash);
    }

    /// Empty when the key is not known here.
    Optional<Boolean> fits(String keyId, String hash, String signature) {
        return Optional.ofNullable(keys.get(keyId))
                .map(key -> same(signature(key, hash), signature));
    }

    private static String signature(SecretKeySpec key, String hash) {
        try {
            var mac = Mac.getInstance(MAC);
            mac.init(key);
            return HexFormat.of().formatHex(mac.doFinal(hash.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new AssertionError("Every JDK has HMAC-SHA256", e);
        }
    }

    private static boolean same(String one, String other) {
        return MessageDigest.isEqual(
                one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "AuditKeys" + keys.keySet();
    }
}

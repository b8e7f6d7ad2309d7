package io.lakebaseops.notify;

import io.lakebaseops.domain.TargetId;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/// Links into the console: `lakebaseops://alert/<id>?target=<profile>/<project>/<branch>`. Each
/// part is percent-encoded as in a form, the three slashes are not. A link shows something and
/// never does anything.
public final class DeepLink {
    private static final String SCHEME = "lakebaseops://";

    private DeepLink() {}

    public static String toAlert(String id, TargetId target) {
        return SCHEME
                + "alert/"
                + encoded(id)
                + "?target="
                + encoded(target.profile())
                + "/"
                + encoded(target.project())
                + "/"
                + encoded(target.branch());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}

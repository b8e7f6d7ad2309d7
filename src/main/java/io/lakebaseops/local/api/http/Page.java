package io.lakebaseops.local.api.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/// One page of a list. Items are ordered by a key that never changes, so that pages stay right
/// while items come and go; the token is the last key sent.
public final class Page {
    private static final int LARGEST = 100;

    private Page() {}

    /// @param field the name of the array in the reply; it is left out when empty
    /// @param key unique and unchanging per item, sorts as the list shall be shown
    public static <T> Reply of(
            Call call,
            String field,
            List<T> items,
            Function<T, String> key,
            Function<T, ObjectNode> view) {
        String after = after(call);
        List<T> rest =
                items.stream()
                        .sorted(Comparator.comparing(key))
                        .filter(item -> key.apply(item).compareTo(after) > 0)
                        .toList();
        List<T> page = rest.subList(0, Math.min(size(call), rest.size()));
        ObjectNode body = Json.object();
        if (!page.isEmpty()) {
            ArrayNode array = body.putArray(field);
            page.forEach(item -> array.add(view.apply(item)));
        }
        if (page.size() < rest.size()) {
            byte[] last = key.apply(page.getLast()).getBytes(StandardCharsets.UTF_8);
            body.put(
                    "next_page_token",
                    Base64.getUrlEncoder().withoutPadding().encodeToString(last));
        }
        return Reply.ok(body);
    }

    private static int size(Call call) {
        String text = call.query("page_size");
        try {
            int asked = text == null ? 0 : Integer.parseInt(text);
            if (asked < 0) {
                throw Refusal.invalid("page_size must not be negative");
            }
            return asked == 0 ? LARGEST : Math.min(asked, LARGEST);
        } catch (NumberFormatException _) {
            throw Refusal.invalid("page_size must be a number");
        }
    }

    private static String after(Call call) {
        String token = call.query("page_token");
        try {
            byte[] key = Base64.getUrlDecoder().decode(token == null ? "" : token);
            return new String(key, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            throw Refusal.invalid("page_token is not one this server gave out");
        }
    }
}

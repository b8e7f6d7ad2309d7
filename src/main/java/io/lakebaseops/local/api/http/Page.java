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
        String after = after(call, field);
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
            body.put("next_page_token", token(call, field, key.apply(page.getLast())));
        }
        return Reply.ok(body);
    }

    private static int size(Call call) {
        String text = call.query("page_size");
        try {
            int asked = text == null ? 0 : Integer.parseInt(text);
            if (asked < 0 || asked > LARGEST) {
                throw Refusal.invalid("page_size must be between 0 and " + LARGEST);
            }
            return asked == 0 ? LARGEST : asked;
        } catch (NumberFormatException _) {
            throw Refusal.invalid("page_size must be a number");
        }
    }

    private static String after(Call call, String field) {
        String token = call.query("page_token");
        if (token == null || token.isEmpty()) {
            return "";
        }
        try {
            String text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
            if (text.startsWith(list(call, field))) {
                return text.substring(list(call, field).length());
            }
        } catch (IllegalArgumentException _) {
            // falls through: no Base64, and Base64 of something else, are refused alike
        }
        throw Refusal.invalid("page_token is not one that this list gave out");
    }

    private static String token(Call call, String field, String last) {
        byte[] text = (list(call, field) + last).getBytes(StandardCharsets.UTF_8);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text);
    }

    /// A token is good for the list it came from alone.
    private static String list(Call call, String field) {
        return call.path() + " " + field + " ";
    }
}

package io.lakebaseops.local.api.http;

import com.fasterxml.jackson.databind.JsonNode;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The fields that an update may change. A mask is required; every path in it must be known and set
/// in the body. A parent path (`spec`) stands for those of its fields that are set; `*` for all.
public final class UpdateMask {
    private final Set<String> paths;

    private UpdateMask(Set<String> paths) {
        this.paths = Set.copyOf(paths);
    }

    /// The paths an update accepts, each with the body fields of which one must be set. A group
    /// like `spec.expiration` has several.
    public static final class Known {
        private final Map<String, List<String>> paths = new LinkedHashMap<>();

        public Known field(String path) {
            paths.put(path, List.of(path));
            return this;
        }

        public Known group(String path, String... fields) {
            paths.put(path, List.of(fields));
            return this;
        }

        public UpdateMask read(Call call) {
            Set<String> chosen = new LinkedHashSet<>();
            String mask = call.required("update_mask");
            Arrays.stream(mask.split(",", -1))
                    .map(String::strip)
                    .forEach(p -> add(p, call, chosen));
            return new UpdateMask(chosen);
        }

        private void add(String path, Call call, Set<String> chosen) {
            boolean all = path.equals("*");
            List<String> named =
                    paths.keySet().stream()
                            .filter(p -> all || p.equals(path) || p.startsWith(path + "."))
                            .toList();
            if (named.isEmpty()) {
                throw Refusal.invalid("Unknown field path in update_mask: " + path);
            }
            List<String> set = named.stream().filter(p -> isSet(p, call.body())).toList();
            if (set.isEmpty() || (all && set.size() < named.size())) {
                String missing =
                        named.stream().filter(p -> !set.contains(p)).findFirst().orElse("");
                throw Refusal.invalid(
                        "update_mask names " + missing + ", which the request body does not set");
            }
            chosen.addAll(set);
        }

        private boolean isSet(String path, JsonNode body) {
            return paths.getOrDefault(path, List.of()).stream()
                    .anyMatch(f -> !body.at("/" + f.replace('.', '/')).isMissingNode());
        }
    }

    public static Known known() {
        return new Known();
    }

    public boolean has(String path) {
        return paths.contains(path);
    }
}

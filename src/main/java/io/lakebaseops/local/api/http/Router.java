package io.lakebaseops.local.api.http;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Finds the handler of a path. Patterns are segments, `{name}` binds one; the pattern with fewer
/// variables wins. A path nobody answers is a 404 that names it, so that a missing route is seen.
public final class Router {
    private final List<Route> routes = new ArrayList<>();

    /// Answers one request; throws `Refusal` when it must not be done.
    @FunctionalInterface
    public interface Handler {
        Reply answer(Call call);
    }

    public Router on(String method, String pattern, Handler handler) {
        routes.add(new Route(method, split(pattern), handler));
        routes.sort(Comparator.comparingInt(Route::variables));
        return this;
    }

    public Reply answer(Call call) {
        for (Route route : routes) {
            Optional<Map<String, String>> bound = route.bind(call);
            if (bound.isPresent()) {
                return route.handler.answer(call.with(bound.get()));
            }
        }
        throw Refusal.noSuchApi(
                "No API found for '" + call.method() + " " + call.path() + "' in Local Lakebase");
    }

    private static List<String> split(String path) {
        return List.of(path.substring(1).split("/", -1));
    }

    private record Route(String method, List<String> segments, Handler handler) {
        int variables() {
            return (int) segments.stream().filter(s -> s.startsWith("{")).count();
        }

        Optional<Map<String, String>> bind(Call call) {
            List<String> actual = split(call.path());
            if (!method.equals(call.method()) || actual.size() != segments.size()) {
                return Optional.empty();
            }
            Map<String, String> vars = new HashMap<>();
            for (int i = 0; i < actual.size(); i++) {
                String want = segments.get(i);
                if (want.startsWith("{")) {
                    vars.put(want.substring(1, want.length() - 1), actual.get(i));
                } else if (!want.equals(actual.get(i))) {
                    return Optional.empty();
                }
            }
            return Optional.of(vars);
        }
    }
}

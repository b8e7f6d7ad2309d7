package io.lakebaseops.ask.writing;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.regex.Pattern;

/// When a sentence is said: comparisons joined by `and`, such as `lag.seconds > 10 and slots any`.
///
/// `step any`, `step empty` and `step failed` are about a step's rows, `name given` and `name
/// missing` about a value; `=`, `!=`, `>`, `<` compare one with a number, a word, or a number
/// `step.column`.
final class Condition {
    private static final Pattern COMPARED = Pattern.compile("(\\S+) (>=|<=|>|<|!=|=) (.+)");

    private static final Pattern PATH = Pattern.compile("[a-z_]+\\.[a-z_]+");
    private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?(E-?\\d+)?");

    private Condition() {}

    static boolean holds(@Nullable String when, Scope scope) {
        return when == null || List.of(when.split(" and ")).stream().allMatch(c -> one(c, scope));
    }

    private static boolean one(String condition, Scope scope) {
        var match = COMPARED.matcher(condition.strip());
        if (match.matches()) {
            var with = match.group(3);
            var other = PATH.matcher(with).matches() ? scope.value(with) : null;
            return compared(
                    scope.value(match.group(1)),
                    match.group(2),
                    other == null ? with : other.toString());
        }
        var parts = condition.strip().split(" ");
        if (parts.length != 2) {
            throw new IllegalArgumentException("Not a condition: " + condition);
        }
        var step = scope.step(parts[0]);
        return switch (parts[1]) {
            case "any" -> step.isPresent() && !step.get().failed() && !step.get().rows().isEmpty();
            case "empty" -> step.isPresent() && !step.get().failed() && step.get().rows().isEmpty();
            case "failed" -> step.isPresent() && step.get().failed();
            case "read" -> step.isPresent() && !step.get().failed();
            case "given" -> scope.value(parts[0]) != null;
            case "missing" -> scope.value(parts[0]) == null;
            default -> throw new IllegalArgumentException("Not a condition: " + condition);
        };
    }

    private static boolean compared(@Nullable Object value, String sign, String with) {
        if (value instanceof Number n) {
            if (!NUMBER.matcher(with).matches()) {
                return false;
            }
            int c = Double.compare(n.doubleValue(), Double.parseDouble(with));
            return switch (sign) {
                case ">" -> c > 0;
                case "<" -> c < 0;
                case ">=" -> c >= 0;
                case "<=" -> c <= 0;
                case "=" -> c == 0;
                default -> c != 0;
            };
        }
        if (value == null) {
            return false;
        }
        boolean same = value.toString().equals(with);
        return sign.equals("=") ? same : sign.equals("!=") && !same;
    }
}

package dev.headwater.cli;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Masks what must never be printed: settings by their names, and in text of any origin the secrets that the
/// settings hold, and what looks like a secret.
final class Secrets {

    private static final String MASK = "*****";
    private static final List<String> WORDS =
            List.of("password", "secret", "token", "jaas", "key", "credential", "user.info");

    /// Shorter ones are words of any text: to mask these everywhere would tell them.
    private static final int SHORTEST = 4;

    /// A value within a setting such as that of `sasl.jaas.config`, with its name.
    private static final Pattern WITHIN =
            Pattern.compile("([\\w.]+)\\s*=\\s*(?:\"((?:[^\"\\\\]|\\\\.)*)\"|'([^']*)'|([^\\s\"';,]+))");

    // Repetitions are bounded, for a line may be as long as a log.
    private static final Pattern TO_LINE_END =
            Pattern.compile("((?:jaas[\\w.]{0,64}|authorization)[\"']?\\s{0,8}[=:]).*", Pattern.CASE_INSENSITIVE);

    private static final Pattern NAMED = Pattern.compile(
            "((?:password|passwd|secret|token|key|credential|user\\.info)[\\w.-]{0,64}[\"']?\\s{0,8}[=:]\\s{0,8})"
                    + "(?:\"(?:[^\"\\\\]|\\\\.)*\"?|'[^']*'?|[^\\s,;}]+)",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern IN_ADDRESS = Pattern.compile("(://)[^\\s/@]{1,256}@");

    private final List<String> known;

    private Secrets(List<String> known) {
        this.known = known;
    }

    /// The secrets among these settings.
    ///
    /// @param settings by name
    static Secrets in(Map<String, String> settings) {
        TreeSet<String> known =
                new TreeSet<>(Comparator.comparingInt(String::length).reversed().thenComparing(String::compareTo));
        settings.forEach((name, value) -> {
            if (isSecret(name)) {
                parts(value)
                        .map(String::strip)
                        .filter(part -> part.length() >= SHORTEST)
                        .forEach(known::add);
            }
        });
        return new Secrets(List.copyOf(known));
    }

    private static Stream<String> parts(String value) {
        Stream<String> within = WITHIN.matcher(value)
                .results()
                .filter(found -> isSecret(found.group(1)))
                .flatMap(found -> Stream.of(2, 3, 4).map(found::group))
                .filter(Objects::nonNull);
        return Stream.of(Stream.of(value), value.lines(), within).flatMap(part -> part);
    }

    /// The value, or a mask when the setting's name marks it as a secret.
    static String masked(String name, String value) {
        return isSecret(name) ? MASK : value;
    }

    private static boolean isSecret(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return WORDS.stream().anyMatch(lower::contains);
    }

    /// The text with each known secret masked.
    String masked(String text) {
        String masked = text;
        for (String secret : known) {
            masked = masked.replace(secret, MASK);
        }
        return masked;
    }

    /// A line of a log: the known secrets are masked, and what a name or its place marks as one.
    String maskedLine(String line) {
        String masked = TO_LINE_END.matcher(masked(line)).replaceAll("$1 " + MASK);
        masked = NAMED.matcher(masked).replaceAll("$1" + MASK);
        return IN_ADDRESS.matcher(masked).replaceAll("$1" + MASK + "@");
    }
}

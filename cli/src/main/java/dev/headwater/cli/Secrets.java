package dev.headwater.cli;

import java.util.List;
import java.util.Locale;

/// What is never printed.
final class Secrets {

    private static final String MASK = "*****";
    private static final List<String> WORDS =
            List.of("password", "secret", "token", "jaas", "key", "credential", "user.info");

    private Secrets() {}

    /// The value as it may be shown: a mask when the setting's name says that it is a secret.
    static String masked(String name, String value) {
        String lower = name.toLowerCase(Locale.ROOT);
        return WORDS.stream().anyMatch(lower::contains) ? MASK : value;
    }
}

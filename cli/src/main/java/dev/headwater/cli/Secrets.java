package dev.headwater.cli;

import java.util.List;
import java.util.Locale;

/// Masks settings that must never be printed.
final class Secrets {

    private static final String MASK = "*****";
    private static final List<String> WORDS =
            List.of("password", "secret", "token", "jaas", "key", "credential", "user.info");

    private Secrets() {}

    /// The value, or a mask when the setting's name marks it as a secret.
    static String masked(String name, String value) {
        String lower = name.toLowerCase(Locale.ROOT);
        return WORDS.stream().anyMatch(lower::contains) ? MASK : value;
    }
}

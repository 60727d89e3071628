package dev.headwater.bus;

import java.util.Locale;

/// What a model on [Topics#MODELS] is there for; it determines the key of its record.
public enum ModelRole {
    /// Makes the forecasts that are issued; its key is the network's name.
    CHAMPION(""),
    /// Forecasts in the shadow of the champion: its forecasts are scored and not issued. Its key is
    /// `NETWORK/challenger`, which versions before this role ignore. A record without a value withdraws it.
    CHALLENGER("/challenger");

    private final String suffix; // a network's name has no slash

    ModelRole(String suffix) {
        this.suffix = suffix;
    }

    /// The key of a network's model in this role.
    public String key(String network) {
        return network + suffix;
    }

    /// In messages and reports.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}

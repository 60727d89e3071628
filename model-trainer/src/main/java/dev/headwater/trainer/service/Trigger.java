package dev.headwater.trainer.service;

import java.util.Locale;

/// Why a training begins.
public enum Trigger {
    /// It was asked for.
    REQUEST,
    /// The time between trainings has passed.
    SCHEDULE,
    /// The accuracy or the readings have drifted.
    DRIFT,
    /// The service ended while one ran.
    RESUME;

    /// In status, state and messages.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}

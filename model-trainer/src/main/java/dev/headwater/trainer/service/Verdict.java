package dev.headwater.trainer.service;

import java.util.Locale;

/// How the time of a challenger in the shadow ended.
public enum Verdict {
    /// It was better by the margin and serves.
    PROMOTED,
    /// It was not better and was withdrawn.
    WITHDRAWN,
    /// Someone else changed the champion or the challenger.
    OVERTAKEN;

    /// In metrics and messages.
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}

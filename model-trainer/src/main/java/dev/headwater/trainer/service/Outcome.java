package dev.headwater.trainer.service;

import java.util.Locale;

/// How a training ended.
public enum Outcome {
    /// The model serves.
    PUBLISHED,
    /// The model forecasts in the shadow of the champion.
    CHALLENGING,
    /// The champion stays: the model is not better by the margin.
    NOT_BETTER,
    /// The champion stays: there is too little history that neither model knows.
    NOT_JUDGED,
    /// There is no model.
    FAILED;

    /// In status, state, metrics and messages.
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}

package dev.headwater.dashboard.board;

import dev.headwater.forecasting.Forecast;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/// When forecasts began to come from another model. Not thread-safe.
final class ModelChanges {

    private static final int MAX = 50;

    private final Deque<Change> changes = new ArrayDeque<>(); // oldest first

    /// @param time     slot of the first forecast of the model, milliseconds since 1970
    /// @param id       `name@version`
    /// @param artefact first digits of the SHA-256; empty when there is no artefact
    public record Change(long time, String id, String artefact) {}

    /// Partitions are not in step: a forecast of the former model that was issued no later than the change is not a
    /// change back.
    ///
    /// @return whether the model has changed
    boolean take(Forecast forecast) {
        Change last = changes.peekLast();
        if (last != null
                && (last.id.equals(forecast.model()) && last.artefact.equals(forecast.artefact())
                        || forecast.issuedAt() <= last.time)) {
            return false;
        }
        changes.addLast(new Change(forecast.issuedAt(), forecast.model(), forecast.artefact()));
        if (changes.size() > MAX) {
            changes.removeFirst();
        }
        return true;
    }

    /// The changes, oldest first.
    List<Change> list() {
        return List.copyOf(changes);
    }
}

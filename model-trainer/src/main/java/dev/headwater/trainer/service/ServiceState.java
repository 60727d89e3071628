package dev.headwater.trainer.service;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What a trainer service remembers when it ends. Times are instants in ISO-8601.
///
/// @param format      version of this record
/// @param running     the training that runs; null for none
/// @param last        the training that ended last; null for none
/// @param lastSuccess when the last training ended that gave a model; null for none
/// @param canary      the challenger that forecasts in the shadow; null for none
/// @param driftSeen   offset after the newest drift event that was taken, by partition
/// @param driftDue    when the training for a drift event begins; null for none
public record ServiceState(
        int format,
        @Nullable Running running,
        @Nullable Run last,
        @Nullable String lastSuccess,
        @Nullable Canary canary,
        Map<Integer, Long> driftSeen,
        @Nullable String driftDue) {

    static final int FORMAT = 1;

    static final ServiceState NEW = new ServiceState(FORMAT, null, null, null, null, Map.of(), null);

    /// A training that has begun.
    ///
    /// @param trigger [Trigger#word()]
    /// @param began   when
    /// @param through last slot of its history; null before it was read
    public record Running(
            String trigger, String began, @Nullable Long through) {}

    /// A training that has ended.
    ///
    /// @param outcome  [Outcome#word()]
    /// @param message  for people, one line
    /// @param model    `name@version`; null when there is none
    /// @param artefact its identity; null when there is none
    /// @param contest  against the champion; null without one
    public record Run(
            String trigger,
            String began,
            String ended,
            String outcome,
            String message,
            @Nullable String model,
            @Nullable String artefact,
            @Nullable Contest contest) {}

    /// A challenger in the shadow.
    ///
    /// @param model     `name@version`
    /// @param artefact  its identity
    /// @param champion  identity of the model that it is compared to
    /// @param file      where the registry keeps it
    /// @param published when
    /// @param since     event time of the first report that has both; null before
    public record Canary(
            String model,
            String artefact,
            String champion,
            String file,
            String published,
            @Nullable String since) {

        Canary withSince(String time) {
            return new Canary(model, artefact, champion, file, published, time);
        }
    }

    public ServiceState {
        driftSeen = Map.copyOf(new TreeMap<>(driftSeen));
    }

    ServiceState withRunning(Running now) {
        return new ServiceState(format, now, last, lastSuccess, canary, driftSeen, driftDue);
    }

    /// The training has ended.
    ServiceState withLast(Run run) {
        String success = run.model == null ? lastSuccess : run.ended;
        return new ServiceState(format, null, run, success, canary, driftSeen, driftDue);
    }

    ServiceState withCanary(@Nullable Canary other) {
        return new ServiceState(format, running, last, lastSuccess, other, driftSeen, driftDue);
    }

    ServiceState withDrift(Map<Integer, Long> seen, @Nullable String due) {
        return new ServiceState(format, running, last, lastSuccess, canary, seen, due);
    }
}

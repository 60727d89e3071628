package dev.headwater.trainer.service;

import dev.headwater.bus.LiveAccuracy;
import dev.headwater.bus.ModelHistory;
import dev.headwater.bus.ModelTopic;
import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.Printable;
import dev.headwater.forecasting.accuracy.AccuracyReport;
import dev.headwater.forecasting.accuracy.AccuracySums;
import dev.headwater.forecasting.accuracy.Scored;
import dev.headwater.forecasting.accuracy.Span;
import dev.headwater.forecasting.artefact.ModelRegistry;
import dev.headwater.forecasting.evaluation.HorizonErrors;
import dev.headwater.trainer.service.ServiceState.Canary;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Watches the challenger in the shadow, and ends its time there: when it has been compared for long enough it
/// is promoted or withdrawn, by the live accuracy over the longest rolling span that fits into the canary. Not
/// thread-safe.
final class CanaryWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CanaryWatch.class);
    private static final Duration PAUSE = Duration.ofSeconds(2); // between two looks, of the clock
    private static final double MOST_TRUTHS = 0.9; // share of the champion's that the challenger must have

    private final ServiceSettings settings;
    private @Nullable LiveAccuracy live;
    private long next = System.nanoTime();

    CanaryWatch(ServiceSettings settings) {
        this.settings = settings;
    }

    /// What became of the challenger.
    ///
    /// @param canary  as it is remembered from now on; null when it has ended
    /// @param ended   how; null while it goes on
    /// @param message for people, one line
    record Change(@Nullable Canary canary, @Nullable Verdict ended, String message) {

        Optional<Verdict> verdict() {
            return Optional.ofNullable(ended);
        }
    }

    /// @return empty when nothing changed
    Optional<Change> look(ServiceState state) {
        Canary canary = state.canary();
        if (canary == null || System.nanoTime() < next) {
            return Optional.empty();
        }
        next = System.nanoTime() + PAUSE.toNanos();
        try {
            return look(canary);
        } catch (RuntimeException e) { // Kafka is gone: it comes back, and nothing was decided
            LOG.warn(
                    "network {}: the challenger cannot be judged, trying on: {}",
                    settings.network().name(),
                    Printable.line(String.valueOf(e.getMessage())));
            close();
            return Optional.empty();
        }
    }

    private Optional<Change> look(Canary canary) {
        LiveAccuracy figures = live;
        if (figures == null) {
            figures = LiveAccuracy.open(settings.client(), settings.network()).orElse(null);
            live = figures;
        }
        if (figures == null) {
            return Optional.empty();
        }
        figures.poll();
        Optional<AccuracyReport.Model> challenger = figures.model(canary.artefact());
        Optional<AccuracyReport.Model> champion = figures.model(canary.champion());
        Optional<Long> time = figures.time();
        if (challenger.isEmpty() || champion.isEmpty() || time.isEmpty()) {
            return Optional.empty();
        }
        Instant now = Instant.ofEpochMilli(time.get());
        String since = canary.since();
        if (since == null) {
            return Optional.of(new Change(canary.withSince(now.toString()), null, ""));
        }
        boolean enough = !now.isBefore(Instant.parse(since).plus(canaryTime()));
        return enough ? decide(canary, challenger.get(), champion.get()) : Optional.empty();
    }

    private Duration canaryTime() {
        Duration time = settings.canary();
        return time == null ? Duration.ZERO : time; // it was set when the challenger was published
    }

    private Span span() {
        Duration time = canaryTime();
        return time.compareTo(Duration.ofDays(7)) >= 0
                ? Span.WEEK
                : time.compareTo(Duration.ofDays(1)) >= 0 ? Span.DAY : Span.HOUR;
    }

    private Optional<Change> decide(Canary canary, AccuracyReport.Model challenger, AccuracyReport.Model champion) {
        HorizonErrors mine = errors(challenger);
        HorizonErrors theirs = errors(champion);
        if (mine == null || theirs == null || truths(mine) < MOST_TRUTHS * truths(theirs)) {
            return Optional.empty();
        }
        ModelHistory topic = ModelHistory.read(settings.client(), settings.network(), settings.registry());
        if (!is(topic.champion(), canary.champion()) || !is(topic.challenger(), canary.artefact())) {
            return Optional.of(new Change(
                    null, Verdict.OVERTAKEN, canary.model() + ": champion or challenger were changed by someone else"));
        }
        String figures = String.format(
                Locale.ROOT,
                "live masked MAE over %s %.4f, champion %s %.4f",
                span().word(),
                mine.meanMae(),
                champion.model(),
                theirs.meanMae());
        return Optional.of(
                settings.isBetter(mine.meanMae(), theirs.meanMae())
                        ? promote(canary, topic, figures)
                        : withdraw(canary, figures));
    }

    private Change promote(Canary canary, ModelHistory topic, String figures) {
        ModelTopic.promote(settings.client(), topic.challenger().orElseThrow().artefact(), sent -> {});
        try {
            ModelRegistry.makeChampion(Path.of(canary.file()));
        } catch (InvalidInputException e) { // it serves all the same
            LOG.warn("network {}: {}", settings.network().name(), e.getMessage());
        }
        return new Change(null, Verdict.PROMOTED, canary.model() + " is promoted: " + figures);
    }

    private Change withdraw(Canary canary, String figures) {
        ModelTopic.withdraw(settings.client(), settings.network().name());
        return new Change(null, Verdict.WITHDRAWN, canary.model() + " is withdrawn: " + figures);
    }

    private static boolean is(Optional<ModelHistory.Found> found, String artefact) {
        return found.map(model -> model.artefact().identity()).equals(Optional.of(artefact));
    }

    /// Null when nothing was counted in the span.
    private @Nullable HorizonErrors errors(AccuracyReport.Model model) {
        AccuracySums sums = model.spans().get(span());
        return sums == null ? null : sums.errors(Scored.MODEL);
    }

    private static long truths(HorizonErrors errors) {
        long all = 0;
        for (int step = 0; step < errors.horizon(); step++) {
            all += errors.count(step);
        }
        return all;
    }

    @Override
    public void close() {
        if (live != null) {
            live.close();
            live = null;
        }
    }
}

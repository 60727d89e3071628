package dev.headwater.trainer.service;

import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.Printable;
import dev.headwater.forecasting.artefact.ForecastModel;
import dev.headwater.trainer.TrainingListener;
import dev.headwater.trainer.service.HistorySource.History;
import dev.headwater.trainer.service.Progress.Phase;
import dev.headwater.trainer.service.ServiceState.Run;
import dev.headwater.trainer.service.ServiceState.Running;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Trains models of a network again and again: when asked, when it is due, and some time after drift. Each new
/// model is judged against the champion on history that neither knows, and published when it is better by the
/// margin; with a canary it first forecasts in the shadow. One training at a time; what the service knows
/// outlives it.
///
/// One thread runs the service. Any thread may ask for a training and for the status.
public final class TrainerService {

    private static final Logger LOG = LoggerFactory.getLogger(TrainerService.class);
    private static final Duration LOOK = Duration.ofMillis(100);

    private final ServiceSettings settings;
    private final TrainingJob job;
    private final CanaryWatch canary;
    private final DriftWatch drift;
    private final StateFile file;
    private final TrainingMetrics metrics;
    private final Clock clock;
    private final Progress progress = new Progress();
    private final AtomicBoolean requested = new AtomicBoolean();
    private final Instant begun;
    private volatile ServiceState state;

    /// Reads the state that the service left when it ended.
    ///
    /// @param source   of each training's history
    /// @param registry receives the metrics
    /// @param clock    for the times of trainings
    /// @throws dev.headwater.forecasting.InvalidInputException when the state cannot be read
    public TrainerService(ServiceSettings settings, HistorySource source, MeterRegistry registry, Clock clock) {
        String network = settings.network().name();
        this.settings = settings;
        this.clock = clock;
        this.file = new StateFile(settings.registry(), network);
        this.state = file.read();
        this.begun = clock.instant();
        this.job = new TrainingJob(settings, source, progress);
        this.canary = new CanaryWatch(settings);
        this.drift = new DriftWatch(settings);
        this.metrics = new TrainingMetrics(registry, network);
        TrainingMetrics.watch(registry, network, this);
    }

    /// Asks for a training.
    ///
    /// @return false when one runs already, or was asked for and begins at once
    public boolean request() {
        return !isRunning() && requested.compareAndSet(false, true);
    }

    /// Whether a training runs.
    public boolean isRunning() {
        return progress.now().phase() != Phase.WAITING;
    }

    Progress.Snapshot progress() {
        return progress.now();
    }

    ServiceState state() {
        return state;
    }

    /// What the service does, as it is shown.
    public ServiceStatus status() {
        return ServiceStatus.of(settings.network().name(), progress.now(), state, nextDue());
    }

    /// When the next training is due, by the clock or by drift; null for none.
    @Nullable
    String nextDue() {
        Instant scheduled = scheduled();
        Instant drifted = drifted();
        Instant next = scheduled == null || (drifted != null && drifted.isBefore(scheduled)) ? drifted : scheduled;
        return next == null ? null : text(next);
    }

    private @Nullable Instant scheduled() {
        Duration every = settings.every();
        Run last = state.last();
        return every == null
                ? null
                : last == null ? begun : Instant.parse(last.began()).plus(every);
    }

    private @Nullable Instant drifted() {
        String due = state.driftDue();
        return due == null ? null : Instant.parse(due);
    }

    /// Runs until it is asked to stop. A training that is stopped leaves its checkpoint, and goes on when the
    /// service starts again.
    ///
    /// @param stopping waits at most the given time, and is true when asked to stop
    /// @param shown    receives the progress of each training
    /// @param notice   receives a line at the begin and the end of each
    public void run(Predicate<Duration> stopping, Supplier<? extends TrainingListener> shown, Consumer<String> notice) {
        try (drift;
                canary) {
            while (!stopping.test(LOOK)) {
                look(notice);
                Optional<Trigger> due = due();
                if (due.isPresent()) {
                    train(due.get(), stopping, shown, notice);
                }
            }
        }
    }

    private void look(Consumer<String> notice) {
        drift.look(state, clock.instant()).ifPresent(this::remember);
        canary.look(state).ifPresent(change -> {
            remember(state.withCanary(change.canary()));
            change.verdict().ifPresent(verdict -> {
                metrics.ended(verdict);
                notice.accept(change.message());
            });
        });
    }

    /// Why a training begins now, if one does.
    private Optional<Trigger> due() {
        Instant now = clock.instant();
        if (state.running() != null) {
            return Optional.of(Trigger.RESUME);
        }
        if (requested.get()) {
            return Optional.of(Trigger.REQUEST);
        }
        if (isPast(drifted(), now)) {
            return Optional.of(Trigger.DRIFT);
        }
        return isPast(scheduled(), now) ? Optional.of(Trigger.SCHEDULE) : Optional.empty();
    }

    private static boolean isPast(@Nullable Instant due, Instant now) {
        return due != null && !due.isAfter(now);
    }

    private void train(
            Trigger trigger,
            Predicate<Duration> stopping,
            Supplier<? extends TrainingListener> shown,
            Consumer<String> notice) {
        progress.enter(Phase.READING);
        requested.set(false);
        Running unfinished = state.running();
        String began = text(clock.instant());
        Running running = unfinished == null ? new Running(trigger.word(), began, null) : unfinished;
        remember(state.withRunning(running).withDrift(state.driftSeen(), null));
        notice.accept("network " + settings.network().name() + ": training begins, trigger " + trigger.word());
        try {
            end(outcome(running, stopping, shown), running, notice);
        } catch (Progress.StoppedException e) {
            LOG.info(
                    "network {}: training stopped; it goes on when the service starts",
                    settings.network().name());
        } finally {
            progress.enter(Phase.WAITING);
        }
    }

    private TrainingJob.Result outcome(
            Running running, Predicate<Duration> stopping, Supplier<? extends TrainingListener> shown) {
        try {
            History history = job.read(running);
            Long through = history.lastSlot();
            remember(state.withRunning(new Running(running.trigger(), running.began(), through)));
            TrainingListener listener = progress.listener(shown.get(), () -> stopping.test(Duration.ZERO));
            ForecastModel model = job.train(history, listener);
            progress.enter(Phase.JUDGING);
            return job.judge(history, model, new Patience(stopping));
        } catch (Progress.StoppedException e) {
            throw e;
        } catch (InvalidInputException e) {
            return TrainingJob.Result.failed(String.valueOf(e.getMessage()));
        } catch (RuntimeException | OutOfMemoryError e) { // the service outlives a training that fails
            LOG.error(
                    "network {}: training failed unexpectedly",
                    settings.network().name(),
                    e);
            return TrainingJob.Result.failed(Printable.line(e.toString()));
        }
    }

    private void end(TrainingJob.Result result, Running running, Consumer<String> notice) {
        Instant ended = clock.instant();
        Run run = new Run(
                running.trigger(),
                running.began(),
                text(ended),
                result.outcome().word(),
                result.message(),
                result.model(),
                result.artefact(),
                result.contest());
        job.forget();
        ServiceState next = state.withLast(run);
        remember(result.canary() == null ? next : next.withCanary(result.canary()));
        metrics.ended(result.outcome(), Duration.between(Instant.parse(running.began()), ended));
        notice.accept(
                "network " + settings.network().name() + ": " + result.outcome().word() + ": " + result.message());
    }

    private void remember(ServiceState next) {
        file.write(next);
        state = next;
    }

    private static String text(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MILLIS).toString();
    }
}

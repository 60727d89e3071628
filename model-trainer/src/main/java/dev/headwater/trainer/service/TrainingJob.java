package dev.headwater.trainer.service;

import dev.headwater.bus.ModelHistory;
import dev.headwater.bus.ModelRole;
import dev.headwater.bus.ModelTopic;
import dev.headwater.forecasting.artefact.Artefact;
import dev.headwater.forecasting.artefact.ForecastModel;
import dev.headwater.forecasting.artefact.ModelRegistry;
import dev.headwater.trainer.TrainingListener;
import dev.headwater.trainer.forecast.Trainer;
import dev.headwater.trainer.forecast.TrainingCheckpoint;
import dev.headwater.trainer.service.HistorySource.History;
import dev.headwater.trainer.service.Progress.Phase;
import dev.headwater.trainer.service.ServiceState.Canary;
import dev.headwater.trainer.service.ServiceState.Running;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One training of the service: reads the history, trains, registers the model, judges it against the champion,
/// and publishes it when it is better.
final class TrainingJob {

    private static final Logger LOG = LoggerFactory.getLogger(TrainingJob.class);

    private final ServiceSettings settings;
    private final HistorySource source;
    private final Progress progress;
    private final TrainingCheckpoint checkpoint;

    TrainingJob(ServiceSettings settings, HistorySource source, Progress progress) {
        this.settings = settings;
        this.source = source;
        this.progress = progress;
        this.checkpoint =
                TrainingCheckpoint.in(settings.registry(), settings.network().name());
    }

    /// How a training ended.
    ///
    /// @param model    `name@version`; null when there is none
    /// @param artefact its identity; null when there is none
    /// @param contest  against the champion; null without one
    /// @param canary   when the model forecasts in the shadow now; null otherwise
    record Result(
            Outcome outcome,
            String message,
            @Nullable String model,
            @Nullable String artefact,
            @Nullable Contest contest,
            @Nullable Canary canary) {

        static Result failed(String message) {
            return new Result(Outcome.FAILED, message, null, null, null, null);
        }
    }

    /// The history as it is now, or as it was when an interrupted training began.
    History read(Running running) {
        Long through = running.through();
        return source.read(through == null ? HistorySource.NEWEST : through);
    }

    /// Goes on with an interrupted training of this history, or begins anew.
    ForecastModel train(History history, TrainingListener listener) {
        progress.enter(Phase.TRAINING);
        boolean resume = checkpoint.isOf(history.series(), settings.training());
        if (resume) {
            LOG.info("network {}: goes on from {}", settings.network().name(), checkpoint.file());
        }
        return Trainer.train(history.series(), settings.training(), history.source(), listener, checkpoint, resume)
                .model();
    }

    /// Removes what a training leaves for going on.
    void forget() {
        checkpoint.remove();
    }

    /// Registers the model, judges and publishes it.
    ///
    /// @param patience with a Kafka that does not answer
    Result judge(History history, ForecastModel model, Patience patience) {
        ModelRegistry.Published registered = new ModelRegistry(settings.registry()).publish(model);
        Artefact artefact = ModelRegistry.artefact(registered.file());
        Challenge challenge = new Challenge(registered, artefact, patience);
        Optional<ModelHistory.Found> champion = patience.get(
                        () -> ModelHistory.read(settings.client(), settings.network(), settings.registry()))
                .champion();
        if (champion.isEmpty()) {
            challenge.publish();
            return challenge.ended(Outcome.PUBLISHED, challenge.label() + " is the first model", null, null);
        }
        ForecastModel before = champion.get().model();
        String against = champion.get().label();
        return Contest.of(history.series(), registered.model(), before)
                .map(contest -> judged(challenge, champion.get(), contest))
                .orElseGet(() -> challenge.ended(
                        Outcome.NOT_JUDGED,
                        "less than a day of the history is unknown to both " + challenge.label() + " and " + against,
                        null,
                        null));
    }

    private Result judged(Challenge challenge, ModelHistory.Found champion, Contest contest) {
        String message = String.format(
                Locale.ROOT,
                "%s has a masked MAE of %.4f, the champion %s of %.4f, from %s to %s: %.1f %% better, %.1f %% asked",
                challenge.label(),
                contest.challenger(),
                champion.label(),
                contest.champion(),
                contest.from(),
                contest.to(),
                100 * contest.gain(),
                100 * settings.margin());
        if (!settings.isBetter(contest.challenger(), contest.champion())) {
            return challenge.ended(Outcome.NOT_BETTER, message, contest, null);
        }
        if (settings.canary() == null) {
            challenge.publish();
            return challenge.ended(Outcome.PUBLISHED, message, contest, null);
        }
        Canary canary = challenge.shadow(champion);
        return challenge.ended(Outcome.CHALLENGING, message, contest, canary);
    }

    /// A registered model on its way to the topic.
    private final class Challenge {

        private final ModelRegistry.Published registered;
        private final Artefact artefact;
        private final Patience patience;

        Challenge(ModelRegistry.Published registered, Artefact artefact, Patience patience) {
            this.registered = registered;
            this.artefact = artefact;
            this.patience = patience;
        }

        String id() {
            return registered.model().manifest().id();
        }

        String label() {
            return id() + " (" + artefact.identity() + ")";
        }

        void publish() {
            put(ModelRole.CHAMPION);
            ModelRegistry.makeChampion(registered.file());
        }

        private void put(ModelRole role) {
            patience.get(() -> ModelTopic.publish(settings.client(), artefact, role, sent -> {}));
        }

        Canary shadow(ModelHistory.Found champion) {
            put(ModelRole.CHALLENGER);
            return new Canary(
                    id(),
                    artefact.identity(),
                    champion.artefact().identity(),
                    registered.file().toString(),
                    Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
                    null);
        }

        Result ended(Outcome outcome, String message, @Nullable Contest contest, @Nullable Canary canary) {
            return new Result(outcome, message, id(), artefact.identity(), contest, canary);
        }
    }
}

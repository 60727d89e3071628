package dev.headwater.cli;

import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.ingest.terminal.Stopping;
import dev.headwater.streams.HealthEndpoints;
import dev.headwater.streams.HttpRoute;
import dev.headwater.streams.HttpRoute.Answer;
import dev.headwater.streams.ProcessMetrics;
import dev.headwater.trainer.ProvenanceInput;
import dev.headwater.trainer.service.HistorySource.History;
import dev.headwater.trainer.service.ServiceSettings;
import dev.headwater.trainer.service.TrainerService;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/// `train --service`: the trainer of a network of readings until Ctrl-C, and its pages.
record ServiceTraining(SensorNetwork network, TrainCommand command) {

    private static final JsonMapper JSON = JsonMapper.shared();

    void run() {
        ServiceOptions options = command.service;
        ServiceSettings settings = options.settings(network, command, command.out);
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        TrainerService service = new TrainerService(settings, this::history, registry, Clock.systemUTC());
        try (Stopping stopping = Stopping.onSignal();
                ProcessMetrics process = ProcessMetrics.bind(registry);
                HealthEndpoints pages = HealthEndpoints.start(
                        options.host, options.port, registry, () -> true, () -> true, routes(service));
                TrainingBars bars = new TrainingBars()) {
            command.answer.tell("trains models of " + network.name() + " " + options.triggers() + "; http://"
                    + options.host + ":" + pages.port() + "/status, Ctrl-C stops it");
            service.run(stopping::await, () -> bars.forecaster(network, ""), line -> {
                bars.close();
                command.answer.tell(line);
            });
        }
        command.answer.print(service.status(), out -> out.println("stopped"));
    }

    private History history(long through) {
        HistoryOption.History read = command.from
                .load(network, command.kafka, command.service.history(), through, command.answer::tell)
                .with(command.sensors);
        return new History(read.series(), new ProvenanceInput(read.source(), read.fingerprint(), Revision.current()));
    }

    private static List<HttpRoute> routes(TrainerService service) {
        return List.of(
                HttpRoute.get("/status", all -> Answer.json(200, JSON.writeValueAsString(service.status()))),
                HttpRoute.post("/train", all -> train(service)));
    }

    private static Answer train(TrainerService service) {
        return service.request()
                ? Answer.json(202, JSON.writeValueAsString(Map.of("accepted", true)))
                : Answer.json(409, JSON.writeValueAsString(Map.of("error", "a training runs already, see /status")));
    }
}

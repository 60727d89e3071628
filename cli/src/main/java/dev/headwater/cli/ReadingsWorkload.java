package dev.headwater.cli;

import dev.headwater.backtest.AgeReport;
import dev.headwater.backtest.Backtest;
import dev.headwater.backtest.ColdStart;
import dev.headwater.backtest.EvaluationReport;
import dev.headwater.backtest.ForecastSample;
import dev.headwater.backtest.StreamReport;
import dev.headwater.backtest.report.EvaluationPage;
import dev.headwater.forecasting.artefact.ForecastModel;
import dev.headwater.forecasting.artefact.ModelRegistry;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.reading.Series;
import dev.headwater.ingest.reader.Dataset;
import dev.headwater.ingest.reader.DatasetReader;
import dev.headwater.ingest.replay.CitySource;
import dev.headwater.ingest.replay.ReplayOptions;
import dev.headwater.ingest.replay.SeriesSource;
import dev.headwater.ingest.replay.SlotSource;
import dev.headwater.ingest.replay.Speed;
import dev.headwater.ingest.simulator.CitySimulator;
import dev.headwater.streams.ServedModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import me.tongfei.progressbar.ProgressBar;

/// Sensors that report measures.
public record ReadingsWorkload(SensorNetwork network) implements Workload {

    @Override
    public void train(TrainCommand command) {
        if (command.service.wanted) {
            new ServiceTraining(network, command).run();
        } else {
            new ReadingsTraining(network, command).run();
        }
    }

    @Override
    public void evaluate(EvaluateCommand command) {
        if (command.byAge) {
            evaluateByAge(command);
            return;
        }
        Series series = command.sensors.of(
                DatasetReader.read(command.judged.from, network).series());
        Backtest backtest = new Backtest(series, command.judged.split, command.folder != null);
        ForecastSample sample = new ForecastSample(series, backtest.range());
        ServedModel served = backtest.resolve(command.judged.model);
        EvaluationReport report;
        try (ProgressBar bar = Output.bar("evaluate", backtest.windows(), "windows")) {
            report = backtest.evaluate(served, sample, bar::stepTo);
        }
        if (command.folder != null) {
            Path path = Path.of(command.judged.model);
            ForecastModel trained = Files.exists(path) ? ModelRegistry.load(path) : null;
            new EvaluationPage(network, report, backtest.baselineBreakdowns(), sample, trained).write(command.folder);
        }
        command.answer.print(report, out -> ReadingsTables.print(out, network, report));
    }

    private void evaluateByAge(EvaluateCommand command) {
        Series series = DatasetReader.read(command.judged.from, network).series();
        ColdStart study =
                new ColdStart(series, Set.copyOf(command.sensors.of(series).sensors()));
        ServedModel model = ServedModel.of(ModelRegistry.load(Path.of(command.judged.model)), network);
        ServedModel beside =
                command.beside == null ? null : ServedModel.of(ModelRegistry.load(command.beside), network);
        AgeReport report;
        try (ProgressBar bar = Output.bar("evaluate", study.windows(), "windows")) {
            report = study.run(model, beside, bar::stepTo);
        }
        command.answer.print(report, out -> AgeTable.print(out, network, report));
    }

    @Override
    public int replay(ReplayCommand command) throws InterruptedException {
        Backtest backtest =
                new Backtest(DatasetReader.read(command.judged.from, network).series(), command.judged.split);
        ServedModel served = backtest.resolve(command.judged.model);
        StreamReport report = ReplayCommand.played(
                "replay",
                backtest.expectedForecasts(),
                "forecasts",
                (folder, progress) -> backtest.replay(served, command.guarantee, command.restart, folder, progress));
        command.answer.print(report, out -> ReadingsTables.print(out, network, report));
        return report.stream().missing() == 0 ? 0 : 1;
    }

    @Override
    public void ingest(IngestCommand command) {
        if (command.from != null && !command.history.isZero()) {
            throw command.answer.wrong("--history: a file has its own, use --start and --end");
        }
        ReplayOptions options = command.between(network).withFormat(command.format);
        long now = network.clock().slotOf(System.currentTimeMillis());
        if (command.from == null && options.speed().factor() > 1) {
            command.answer.tell("a simulated city begins now, and at " + command.speed
                    + " runs ahead of the clock: serve takes its readings with --max-ahead off");
        }
        SlotSource source = source(command, now);
        command.send(network, replayer -> {
            if (!command.history.isZero()) {
                SlotSource before = city(command, now - command.history.dividedBy(network.interval()));
                var fast = new ReplayOptions(Speed.MAX, Long.MIN_VALUE, now, options.format(), options.progress());
                command.report(replayer.replay(before, fast));
            }
            command.report(replayer.replay(source, options));
        });
    }

    private SlotSource source(IngestCommand command, long now) {
        if (command.from == null) {
            return city(command, now);
        }
        Dataset dataset = DatasetReader.read(command.from, network);
        dataset.remarks().forEach(command.answer::tell);
        return new SeriesSource(dataset.series());
    }

    private SlotSource city(IngestCommand command, long from) {
        return new CitySource(new CitySimulator(network, command.sensors, command.seed), from);
    }
}

package dev.headwater.cli;

import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.reading.Series;
import dev.headwater.trainer.ProvenanceInput;
import dev.headwater.trainer.TrainingSettings;
import dev.headwater.trainer.study.Ablation;
import dev.headwater.trainer.study.AblationStudy;
import dev.headwater.trainer.study.SeedStudy;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/// Runs `train --ablate` and prints its table.
///
/// @param json whether as one JSON object
record AblationView(CommandSpec spec, boolean json) {

    void run(NetworkOption option, Series series, TrainingSettings settings, List<Long> seeds, ProvenanceInput source) {
        SensorNetwork network = series.network();
        String unit = network.targetMeasure().unit();
        List<AblationStudy.Row> rows = new ArrayList<>();
        try (TrainingBars bars = new TrainingBars(unit)) {
            for (Ablation.Variant variant : Ablation.variants(network, settings)) {
                SeedStudy study = SeedStudy.run(
                        series.under(option.load(variant.network())),
                        settings.with(variant.settings()),
                        seeds,
                        source,
                        seed -> bars.next(variant.name() + ", seed " + seed + ", "));
                if (Thread.currentThread().isInterrupted()) {
                    break;
                }
                rows.add(new AblationStudy.Row(variant.name(), study.validation(), study.test()));
            }
        } catch (InvalidInputException e) {
            if (rows.isEmpty() || !Thread.currentThread().isInterrupted()) {
                throw e;
            }
        }
        if (rows.isEmpty()) {
            throw new InvalidInputException("ablation: interrupted before the first variant was trained");
        }
        print(new AblationStudy(unit, seeds, rows));
    }

    private void print(AblationStudy study) {
        if (json) {
            Output.json(spec, study);
        } else {
            spec.commandLine().getOut().print(study.markdown());
            spec.commandLine().getOut().flush();
        }
    }
}

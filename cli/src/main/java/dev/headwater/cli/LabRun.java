package dev.headwater.cli;

import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.lab.data.DataFolder;
import dev.headwater.lab.definition.RowSpec;
import dev.headwater.lab.engine.Results;
import dev.headwater.lab.engine.RowResult;
import dev.headwater.lab.engine.RowRun;
import dev.headwater.lab.engine.RowRunner;
import dev.headwater.lab.engine.RunSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// `lab run`: rows one after the other, a line as each ends.
///
/// @param again true to run rows anew that have a result
record LabRun(List<RowSpec> rows, List<Long> seeds, boolean full, boolean again, DataFolder data, Results results) {

    /// @throws InvalidInputException when data are missing, or the thread was interrupted before the end
    void run(Answer answer) {
        rows.forEach(row -> RowRunner.requireData(row, data)); // a fault shows now, not after an hour
        List<RowResult> done = new ArrayList<>();
        if (!answer.isJson()) {
            LabTables.printHead(answer.out());
        }
        try (LabBars bars = new LabBars(rows, seeds.size())) {
            for (long seed : seeds) {
                for (RowSpec row : rows) {
                    done.add(one(row, new RunSettings(full, seed), bars, answer));
                }
            }
        }
        answer.print(Map.of("rows", done), out -> LabTables.printFoot(out, done, results.root()));
    }

    private RowResult one(RowSpec row, RunSettings settings, LabBars bars, Answer answer) {
        Optional<RowResult> kept = again ? Optional.empty() : results.find(row, settings);
        RowResult result = kept.isPresent() ? kept.get() : fresh(row, settings, bars);
        bars.rowEnded(row, kept.isEmpty());
        if (!answer.isJson()) {
            LabTables.print(answer.out(), result, kept.isPresent());
        }
        return result;
    }

    private RowResult fresh(RowSpec row, RunSettings settings, LabBars bars) {
        RowRun run = RowRunner.run(row, data, settings, bars.row(row, settings.seed()))
                .orElseThrow(() -> new InvalidInputException("stopped within row " + row.row()
                        + ", which left no result; the same command goes on from there"));
        results.save(run);
        return run.result();
    }
}

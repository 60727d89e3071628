package dev.headwater.cli;

import dev.headwater.forecasting.TestData;
import dev.headwater.forecasting.evaluation.ChronologicalSplit;
import dev.headwater.forecasting.evaluation.ChronologicalSplit.Part;
import dev.headwater.forecasting.network.NetworkFile;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.reading.Series;
import dev.headwater.ingest.reader.DatasetReader;
import dev.headwater.ingest.replay.Speed;
import dev.headwater.ingest.simulator.CitySimulator;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `serve` is killed twice with no warning while readings flow, and started again: nothing may be missing, and
/// with exactly once nothing may be counted twice, and the live figures are those of an evaluation.
class ServeCrashTest {

    private static final int SENSORS = 16;
    private static final int SLOTS = 400;
    private static final Speed PACE = new Speed(15_000); // a slot of five minutes every 20 ms
    private static final Speed QUICK_PACE = new Speed(150_000);

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"at-least-once", "exactly-once"})
    void everyForecastIsThereAfterTwoKills(String guarantee) throws Exception {
        SensorNetwork network = NetworkFile.load("simulated-city");
        long first = network.clock().slotOf(1_700_000_000_000L);
        new TwoKills(folder, new CitySimulator(network, SENSORS, 7).history(first, SLOTS), PACE, guarantee).run();
    }

    @Test
    void theTestPartOfPemsBayTooAfterTwoKills() throws Exception {
        Path file = TestData.file("traffic/pems-bay-16/pems-bay-16.h5");
        Series series = DatasetReader.read(file, NetworkFile.load("pems-bay")).series();
        int first = ChronologicalSplit.of(series).range(Part.TEST).first();
        new TwoKills(folder, series.tail(first), QUICK_PACE, "exactly-once").run();
    }
}

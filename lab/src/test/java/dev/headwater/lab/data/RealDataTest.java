package dev.headwater.lab.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.headwater.forecasting.TestData;
import dev.headwater.forecasting.audio.ClipSplit;
import dev.headwater.lab.definition.DataSpec;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/// All kinds of recorded data, found in the folder that holds them.
class RealDataTest {

    private static DataFolder folder(String path) {
        Path found = TestData.file(path);
        return new DataFolder(found.getParent());
    }

    @Test
    void hasTheLiteraturesWindowsOfTraffic() {
        // When
        TrafficData traffic = TrafficData.load(new DataSpec.Traffic(12, 12), folder("traffic/pems-bay-16"));
        Dataset data = traffic.dataset();
        // Then
        assertThat(data.name()).isEqualTo("PEMS-BAY, 16 of 325 sensors");
        assertThat(data.train().size()).isEqualTo(36_465);
        assertThat(data.validation().size()).isEqualTo(5_209);
        assertThat(data.test().size()).isEqualTo(10_419);
        assertThat(data.input()).isEqualTo(new Shape(13, 16));
        assertThat(data.target()).isEqualTo(new Shape(12, 16));
        // Then the baseline has the error that a script in numpy finds
        assertThat(LabData.naiveError(data, data.validation())).isEqualTo(0.240022, within(1e-5));
        assertThat(LabData.naiveError(data, data.test())).isEqualTo(0.232760, within(1e-5));
    }

    @Test
    void hasEveryRowOfTheWeather() {
        // When
        DataFolder folder = folder("weather/jena_climate_2020.csv");
        DataSpec.WeatherWindows spec = new DataSpec.WeatherWindows("T (degC)", 0.5, 0.25, 6, 120, 24);
        Dataset windows = Datasets.load(spec, folder, 1);
        Dataset draws =
                Datasets.load(new DataSpec.WeatherDraws("T (degC)", 200_000, 300_001, 1_440, 6, 144), folder, 1);
        // Then
        assertThat(windows.name()).isEqualTo("Jena 2020, 52,696 rows");
        assertThat(windows.train().size()).isEqualTo(26_348 - 720 + 1);
        assertThat(windows.test().size()).isEqualTo(52_696 - 858 - 26_348 - 13_174 - 720 + 1);
        // Then the baselines have the errors that a script in numpy finds, in degrees
        assertThat(LabData.naiveError(windows, windows.validation())).isEqualTo(2.82005, within(1e-4));
        assertThat(LabData.naiveError(windows, windows.test())).isEqualTo(2.14614, within(1e-4));
        assertThat(LabData.naiveError(draws, draws.validation()) * draws.unitFactor())
                .isEqualTo(3.07199, within(1e-4));
        assertThat(LabData.naiveError(draws, draws.test()) * draws.unitFactor()).isEqualTo(2.15504, within(1e-4));
        List<ColumnStatistics> density = WeatherWindowData.statistics(
                new DataSpec.WeatherWindows("rho (g/m**3)", 0.55, 0.25, 6, 144, 48), folder);
        assertThat(density).extracting(ColumnStatistics::rows).containsExactly(28_982, 13_174, 10_540);
        assertThat(density.getFirst().mean()).isEqualTo(1_216.382, within(1e-2));
    }

    @Test
    void hasAllClips() {
        // When
        DataFolder folder = folder("audio/speech-commands-8");
        DataSpec.Speech spec = new DataSpec.Speech(255, 128, "speaker");
        ClipSplit split = SpeechData.clips(spec, folder, 1);
        Dataset data = Normalised.of(Datasets.load(spec, folder, 1));
        // Then
        assertThat(data.input()).isEqualTo(new Shape(124, 129));
        assertThat(data.train().size()).isEqualTo(split.train().size());
        assertThat(data.train().size() + data.validation().size() + data.test().size())
                .isEqualTo(3_276);
        assertThat(SpeechData.firstOfEachWord(split.train())).hasSize(8);
    }

    @Test
    void hasAllReviews() {
        // When
        Dataset data = Datasets.load(new DataSpec.Reviews(10_000, 500), folder("text/imdb_50k.csv.gz"), 1);
        // Then
        assertThat(data.name()).isEqualTo("IMDb, 50,000 reviews");
        assertThat(data.same()).isTrue();
        assertThat(data.train().size()).isEqualTo(20_000);
        assertThat(data.validation().size()).isEqualTo(5_000);
        assertThat(data.test().size()).isEqualTo(25_000);
        float[] input = LabData.example(data, data.train(), 0).input();
        int begin = 500 - 113;
        assertThat(Arrays.copyOfRange(input, begin, begin + 13)) // as a script in Python numbers them
                .containsExactly(1, 63, 7, 6, 130, 36, 46, 7_998, 1_398, 17, 6, 3_935, 513);
        assertThat(input[begin - 1]).isZero();
    }
}

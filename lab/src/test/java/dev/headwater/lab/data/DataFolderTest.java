package dev.headwater.lab.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headwater.forecasting.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {

    @TempDir
    private Path root;

    private Path file(String path) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, "x");
    }

    @Test
    void prefersTheDocumentsFilesToOthersAndNearOnesToFarOnes() throws IOException {
        // Given
        DataFolder data = new DataFolder(root);
        file("pems-bay-16.h5");
        Path traffic = file("a/b/c/pems-bay.h5");
        file("jena_climate_2020.csv");
        Path weather = file("weather/jena_climate_2009_2016.csv");
        file("a/b/imdb_50k.csv.gz");
        Path reviews = file("text/imdb_50k.csv.gz");
        file("imdb_50k.csv");
        file("words/yes/a.wav");
        file("words/no/a.wav");
        file("x/mini_speech_commands/no/a.wav");
        Path speech = file("x/mini_speech_commands/yes/a.wav").getParent().getParent();
        // Then
        assertThat(data.traffic()).isEqualTo(traffic);
        assertThat(data.weather()).isEqualTo(weather);
        assertThat(data.reviews()).isEqualTo(reviews);
        assertThat(data.speech()).isEqualTo(speech);
    }

    @Test
    void takesOtherFilesOfTheKind() throws IOException {
        // Given
        DataFolder data = new DataFolder(root);
        Path traffic = file("pems-bay-16.h5");
        Path weather = file("jena_climate_2020.csv");
        Path reviews = file("imdb_50k.csv");
        file("words/no/a.WAV");
        Path speech = file("words/yes/a.wav").getParent().getParent();
        // Then
        assertThat(data.traffic()).isEqualTo(traffic);
        assertThat(data.weather()).isEqualTo(weather);
        assertThat(data.reviews()).isEqualTo(reviews);
        assertThat(data.speech()).isEqualTo(speech);
    }

    @Test
    void takesAFileOfDataAndAFolderOfWindows() throws IOException {
        Path weather = file("jena_climate_2020.csv");
        assertThat(new DataFolder(weather).weather()).isEqualTo(weather);
        file("PEMS-BAY/train.npz");
        file("PEMS-BAY/val.npz");
        Path windows = file("PEMS-BAY/test.npz").getParent();
        assertThat(new DataFolder(root).traffic()).isEqualTo(windows);
    }

    @Test
    void tellsWhatIsMissingAndWhereToGetIt() throws IOException {
        // Given data that lie too deep, hidden data, and a folder of words without clips
        file("a/b/c/d/pems-bay.h5");
        file(".hidden/imdb_50k.csv");
        file("words/yes/a.txt");
        file("words/no/a.txt");
        file("__MACOSX/yes/._a.wav");
        file("__MACOSX/no/._a.wav");
        DataFolder data = new DataFolder(root);
        // Then
        assertThatThrownBy(data::traffic)
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "no pems-bay.h5, pems-bay*.h5 or a folder with train.npz, val.npz and test.npz in " + root
                                + " or 4 levels below it: get pems-bay.h5 from the DCRNN repository (github.com/liyaguang/DCRNN)");
        assertThatThrownBy(data::weather)
                .hasMessageContaining("jena_climate_2009_2016.csv.zip from storage.googleapis");
        assertThatThrownBy(data::speech).hasMessageContaining("get mini_speech_commands.zip from storage.googleapis");
        assertThatThrownBy(data::reviews)
                .hasMessageContaining("get the Large Movie Review Dataset from ai.stanford.edu");
        DataFolder none = new DataFolder(root.resolve("none"));
        assertThatThrownBy(none::weather).hasMessage("data folder " + root.resolve("none") + ": no such folder");
    }
}

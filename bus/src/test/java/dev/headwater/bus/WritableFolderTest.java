package dev.headwater.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headwater.forecasting.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class WritableFolderTest {

    @TempDir
    private Path folder;

    @Test
    void makesAFolderAndLeavesNothingInIt() {
        // Given a folder that does not exist yet / When required twice
        Path data = folder.resolve("data/streams");
        WritableFolder.require(data);
        WritableFolder.require(data);
        // Then
        assertThat(data).isEmptyDirectory();
    }

    @Test
    void refusesAFileInAFoldersPlace() throws IOException {
        // Given
        Path file = Files.createFile(folder.resolve("file"));
        // When it is the folder, or holds it / Then
        assertThatThrownBy(() -> WritableFolder.require(file))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("data folder " + file + " cannot be written: " + file + " is a file");
        assertThatThrownBy(() -> WritableFolder.require(file.resolve("streams")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("data folder " + file.resolve("streams") + " cannot be written: ");
    }

    /// A folder where nobody can write, root included.
    @Test
    @EnabledOnOs(OS.LINUX)
    void refusesAFolderThatTakesNoFile() {
        assertThatThrownBy(() -> WritableFolder.require(Path.of("/proc/self")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("data folder /proc/self cannot be written: ");
    }
}

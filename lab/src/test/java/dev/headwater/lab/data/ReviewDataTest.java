package dev.headwater.lab.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.lab.data.LabData.Example;
import dev.headwater.lab.definition.DataSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReviewDataTest {

    private static final String HEADER = "split,label,id,rating,text\n";

    @TempDir
    private Path folder;

    private Dataset load(String rows, int vocabulary, int length) throws IOException {
        Files.writeString(folder.resolve("imdb_50k.csv"), rows);
        return ReviewData.load(new DataSpec.Reviews(vocabulary, length), new DataFolder(folder));
    }

    @Test
    void numbersTheWordsByTheTrainingPart() throws IOException {
        // Given words that only the other parts have
        Dataset data = load(HEADER + """
                        train,neg,0,1,"bad bad film, bad"
                        train,pos,1,9,good film
                        val,pos,2,9,"so ""good""<br />a film"
                        test,neg,3,1,a b c d bad film
                        train,pos,2,9,x
                        """, 7, 5);
        // When
        Example validation = LabData.example(data, data.validation(), 0);
        Example test = LabData.example(data, data.test(), 0);
        // Then
        assertThat(data.input()).isEqualTo(new Shape(5, 1));
        assertThat(data.train().size()).isEqualTo(3);
        assertThat(LabData.example(data, data.train(), 0).input()).containsExactly(1, 4, 4, 5, 4);
        assertThat(LabData.example(data, data.train(), 1).input()).containsExactly(0, 0, 1, 6, 5);
        assertThat(validation.input()).containsExactly(1, 2, 6, 2, 5);
        assertThat(validation.target()).containsExactly(1);
        assertThat(test.input()).containsExactly(2, 2, 2, 4, 5);
        assertThat(test.target()).containsExactly(0);
        assertThat(data.classes()).containsExactly("neg", "pos");
        assertThat(LabData.naive(data, test.input())).containsExactly(1);
    }

    @Test
    void namesTheRowThatIsNoReview() {
        assertThatThrownBy(() -> load(HEADER + "train,neg,0,1\n", 10, 5))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("imdb_50k.csv row 2: must have 5 cells like the header, found 4");
        assertThatThrownBy(() -> load(HEADER + "train,neg,0,1,\"two\nlines\"\ndev,neg,0,1,x\n", 10, 5))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("imdb_50k.csv row 4, column split: must be train, val or test, found 'dev'");
        assertThatThrownBy(() -> load(HEADER + "val,good,0,1,x\n", 10, 5))
                .hasMessage("imdb_50k.csv row 2, column label: must be neg or pos, found 'good'");
        assertThatThrownBy(() -> load("split,label,review\n", 10, 5))
                .hasMessage("imdb_50k.csv row 1: the header must name the column 'text' once, found"
                        + " [split, label, review]");
        assertThatThrownBy(() -> load(HEADER + "train,neg,0,1,x\n", 10, 5))
                .hasMessage("reviews: each part must have one or more, found none for validation");
        assertThatThrownBy(() -> load(HEADER, 4, 5)).hasMessage("reviews.vocabulary: must be 5 or more, found 4");
        assertThatThrownBy(() -> load(HEADER, 5, 0)).hasMessage("reviews.length: must be 1 or more, found 0");
    }
}

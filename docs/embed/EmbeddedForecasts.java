import dev.headwater.forecasting.artefact.ModelRegistry;
import dev.headwater.forecasting.live.LiveForecaster;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Scanner;

/// Prints forecasts of the readings on standard input, lines of SENSOR,TIME,VALUE. Argument: MODEL
class EmbeddedForecasts {

    public static void main(String[] args) {
        LiveForecaster forecaster = LiveForecaster.of(ModelRegistry.load(Path.of(args[0])));
        for (Scanner lines = new Scanner(System.in); lines.hasNextLine(); ) {
            String[] reading = lines.nextLine().split(",");
            forecaster
                    .push(reading[0], Instant.parse(reading[1]), Float.parseFloat(reading[2]))
                    .ifPresent(forecast -> System.out.println(
                            forecast.sensor() + " " + reading[1] + " " + Arrays.toString(forecast.values())));
        }
    }
}

package dev.headwater.trainer;

import dev.headwater.forecasting.Words;
import org.nd4j.linalg.factory.Nd4j;

/// The native libraries that training needs, and the machine it runs on.
public final class Natives {

    private Natives() {}

    /// Loads the libraries and computes a sum with them.
    ///
    /// @return name of the ND4J backend, and the sum
    /// @throws LinkageError when no library fits this platform
    public static String check() {
        return Nd4j.getBackend().getClass().getSimpleName() + ", sum of ones "
                + Nd4j.ones(3).sumNumber();
    }

    /// The machine that figures come from: Java, system and number of processors.
    public static String machine() {
        return "Java " + Runtime.version() + ", " + System.getProperty("os.name") + " " + System.getProperty("os.arch")
                + ", " + Words.count(Runtime.getRuntime().availableProcessors(), "processor");
    }
}

package dev.headwater.trainer;

import org.nd4j.linalg.factory.Nd4j;

/// The native libraries that training needs.
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
}

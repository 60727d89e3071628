package dev.headwater.trainer;

import org.nd4j.linalg.factory.Nd4j;

/// The native libraries that training needs.
public final class Natives {

    private Natives() {}

    /// Loads them and computes something.
    ///
    /// @return which they are, and what they computed
    /// @throws LinkageError when there are none for this platform
    public static String check() {
        return Nd4j.getBackend().getClass().getSimpleName() + ", sum of ones "
                + Nd4j.ones(3).sumNumber();
    }
}

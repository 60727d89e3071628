package dev.headwater.cli.bench;

import dev.headwater.forecasting.InvalidInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;

/// The suites on the class path.
public final class Suites {

    private final Map<String, BenchSuite> byName = new TreeMap<>();

    /// @param loader finds the services
    /// @throws InvalidInputException when there are none
    public Suites(ClassLoader loader) {
        ServiceLoader.load(BenchSuite.class, loader).forEach(suite -> byName.put(suite.name(), suite));
        if (byName.isEmpty()) {
            throw new InvalidInputException(
                    "no suites of benchmarks are on the class path: they come with a checkout of"
                            + " the sources, whose launcher builds them for `./headwater bench`");
        }
    }

    /// The suites with these names, each once, in the order given.
    ///
    /// @throws InvalidInputException naming the first that is unknown, and those there are
    public List<BenchSuite> named(List<String> names) {
        List<BenchSuite> found = new ArrayList<>();
        for (String name : names.stream().distinct().toList()) {
            BenchSuite suite = byName.get(name);
            if (suite == null) {
                throw new InvalidInputException(
                        "suite must be one of " + String.join(", ", byName.keySet()) + ", found '" + name + "'");
            }
            found.add(suite);
        }
        return found;
    }
}

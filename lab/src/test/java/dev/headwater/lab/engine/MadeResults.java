package dev.headwater.lab.engine;

import dev.headwater.lab.definition.RowSpec.Figure;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Results made by hand.
///
/// @param document figure of the document
/// @param told     its words
/// @param naive    figure of the naive forecast on the data at hand
/// @param docNaive that on the document's data
record MadeResults(
        String row,
        String number,
        Figure figure,
        @Nullable Double document,
        String told,
        @Nullable Double naive,
        @Nullable Double docNaive,
        boolean sameData,
        List<EpochFigures> curve,
        List<String> pictures) {

    /// A row with errors, on the document's own data, without pictures.
    static MadeResults errors(String row) {
        return new MadeResults(row, "001", Figure.MAE, null, "words alone", null, null, true, List.of(), List.of());
    }

    /// A row with accuracies, on other data than the document's.
    static MadeResults accuracies(String row, List<EpochFigures> curve) {
        return new MadeResults(row, "000", Figure.ACCURACY, 0.61, "61 %", 0.12, 0.125, false, curve, List.of());
    }

    RowResult of(long seed, boolean full, double ours) {
        return new RowResult(
                row,
                "The row " + row,
                number,
                "validation " + figure,
                document,
                told,
                ours,
                naive,
                docNaive,
                figure,
                ours,
                ours + 1,
                sameData ? "their data" : "other data",
                sameData,
                full,
                full ? "20 epochs" : "3 epochs of 512 examples",
                2_001,
                12.3,
                seed,
                3,
                curve,
                List.of("A note on " + row + "."),
                pictures,
                "A remark on " + row + ".",
                "a machine",
                "0123456789abcdef");
    }

    /// With pictures whose content tells them apart.
    static RowRun run(RowResult result) {
        Map<String, byte[]> pictures = result.pictures().stream()
                .collect(Collectors.toMap(Function.identity(), name -> content(result, name)));
        return new RowRun(result, pictures);
    }

    static byte[] content(RowResult result, String picture) {
        return (result.row() + result.randomSeed() + result.full() + picture).getBytes(StandardCharsets.UTF_8);
    }
}

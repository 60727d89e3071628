package dev.headwater.lab.data;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// Numbers of words, by the conventions of Keras: words are separated as by its `Tokenizer` and numbered by
/// falling
/// frequency as in its data set `imdb`, where 0 is padding, 1 begins a review, 2 is a word outside the
/// vocabulary, 3 is
/// unused, and 4 is the most frequent word.
final class Vocabulary {

    static final int START = 1;
    static final int UNKNOWN = 2;
    static final int FIRST_WORD = 4;

    private static final String BREAK = "<br />";
    private static final String SEPARATORS = "!\"#$%&()*+,-./:;<=>?@[\\]^_`{|}~\t\n\r ";
    private static final boolean[] SEPARATOR = separators(); // [character below 128]

    private final Map<String, Integer> ids;

    private Vocabulary(Map<String, Integer> ids) {
        this.ids = ids;
    }

    private static boolean[] separators() {
        boolean[] separator = new boolean[128];
        SEPARATORS.chars().forEach(c -> separator[c] = true);
        return separator;
    }

    /// The most frequent words of some texts; of equally frequent ones, those that come first.
    ///
    /// @param size numbers in all, those that are no words included
    static Vocabulary of(Stream<String> texts, int size) {
        Map<String, int[]> counts = new LinkedHashMap<>(); // one number each
        texts.forEach(text -> split(text, word -> counts.computeIfAbsent(word, first -> new int[1])[0]++));
        List<Map.Entry<String, int[]>> ranked = new ArrayList<>(counts.entrySet());
        ranked.sort(Comparator.comparingInt(entry -> -entry.getValue()[0])); // stable
        Map<String, Integer> ids = new HashMap<>();
        for (Map.Entry<String, int[]> word : ranked.subList(0, Math.min(size - FIRST_WORD, ranked.size()))) {
            ids.put(word.getKey(), FIRST_WORD + ids.size());
        }
        return new Vocabulary(ids);
    }

    /// The words of a text in lower case.
    static void split(String text, Consumer<String> word) {
        String line = text.replace(BREAK, " ").toLowerCase(Locale.ROOT);
        int begin = 0;
        for (int at = 0; at <= line.length(); at++) {
            if (at == line.length() || isSeparator(line.charAt(at))) {
                if (at > begin) {
                    word.accept(line.substring(begin, at));
                }
                begin = at + 1;
            }
        }
    }

    private static boolean isSeparator(char c) {
        return c < SEPARATOR.length && SEPARATOR[c];
    }

    /// The numbers of a text: its start, then its words.
    ///
    /// @param length longest result; of a longer text its end is kept
    /// @return `[words, at most length]`
    int[] encode(String text, int length) {
        List<Integer> numbers = new ArrayList<>(List.of(START));
        split(text, word -> numbers.add(ids.getOrDefault(word, UNKNOWN)));
        return numbers.subList(Math.max(0, numbers.size() - length), numbers.size()).stream()
                .mapToInt(Integer::intValue)
                .toArray();
    }
}

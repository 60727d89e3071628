package dev.headwater.kernels;

import dev.headwater.kernels.Seq2SeqShape.Embedding;

/// A shape's embedding tables with precomputed offsets: looks rows up and scatters gradients back.
final class EmbeddingTables {
    private final Embedding[] tables;
    private final int[] offsets;
    private final int idsOffset;

    EmbeddingTables(Seq2SeqShape shape) {
        this.tables = shape.embeddings().toArray(Embedding[]::new);
        this.offsets = new int[tables.length];
        for (int i = 0; i < tables.length; i++) {
            offsets[i] = shape.embeddingOffset(i);
        }
        this.idsOffset = shape.idsOffset();
    }

    int count() {
        return tables.length;
    }

    /// Reads a window's ids and stores their rows' offsets in the flat array into `tableRows`, from `at` on.
    ///
    /// @throws IllegalArgumentException when an id is not a row of its table
    void readRows(float[] rows, int rowAt, int[] tableRows, int at) {
        for (int i = 0; i < tables.length; i++) {
            float id = rows[rowAt + idsOffset + i];
            int row = (int) id;
            if (row != id || row < 0 || row >= tables[i].rows()) {
                throw new IllegalArgumentException("id of embedding " + tables[i].name()
                        + " must be a whole number from 0 to " + (tables[i].rows() - 1) + ", found " + id);
            }
            tableRows[at + i] = offsets[i] + row * tables[i].width();
        }
    }

    /// Concatenates the rows to a window's context: `context[contextAt + c * stride]`.
    void gather(float[] parameters, int[] tableRows, int at, float[] context, int contextAt, int stride) {
        int target = contextAt;
        for (int i = 0; i < tables.length; i++) {
            for (int column = 0; column < tables[i].width(); column++) {
                context[target] = parameters[tableRows[at + i] + column];
                target += stride;
            }
        }
    }

    /// Adds a context's gradient to the gradients of the rows that it was concatenated from.
    void scatterAdd(float[] gradients, int[] tableRows, int at, float[] context, int contextAt, int stride) {
        int source = contextAt;
        for (int i = 0; i < tables.length; i++) {
            for (int column = 0; column < tables[i].width(); column++) {
                gradients[tableRows[at + i] + column] += context[source];
                source += stride;
            }
        }
    }
}

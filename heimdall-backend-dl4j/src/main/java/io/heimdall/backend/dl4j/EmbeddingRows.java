package io.heimdall.backend.dl4j;

import java.util.List;

/**
 * A vector for the number in each row.
 *
 * @param count of vectors; they are the parameters, one behind the other
 * @param width of a vector
 */
record EmbeddingRows(int count, int width) implements RowOperation {

    @Override
    public int parameters() {
        return count * width;
    }

    @Override
    public Result forward(List<Numbers> inputs, double[] parameters) {
        Numbers input = inputs.get(0);
        int[] numbers = new int[input.rows()];
        Numbers output = Numbers.zeros(numbers.length, width);
        for (int row = 0; row < numbers.length; row++) {
            numbers[row] = checked(input.values()[row]);
            System.arraycopy(parameters, numbers[row] * width, output.values(), row * width, width);
        }
        return new Result(output, (byOutput, byParameters) -> {
            for (int row = 0; row < numbers.length; row++) {
                for (int i = 0; i < width; i++) {
                    byParameters[numbers[row] * width + i] += byOutput.values()[row * width + i];
                }
            }
            return List.of(input.zeros());
        });
    }

    private int checked(double number) {
        if (!(number >= 0 && number < count)) {
            throw new IllegalArgumentException("there is no vector " + number + " among 0 to " + (count - 1));
        }
        return (int) number;
    }
}

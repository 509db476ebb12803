package io.heimdall.backend.dl4j;

import io.heimdall.model.backend.SetRows;
import java.util.List;

/**
 * The features of computed images, (computed, features), at the places of their elements: (batch * elements, features), with zeros
 * where the mask is 0.
 *
 * @param step gives the mask
 * @param mask name of the input
 */
record ScatteredRows(CurrentStep step, String mask) implements RowOperation {

    @Override
    public Result forward(List<Numbers> inputs, double[] parameters) {
        Numbers computed = inputs.get(0);
        SetRows rows = step.rows(mask);
        Numbers output = Numbers.zeros(rows.places().length, computed.width());
        move(rows, computed.values(), output.values(), computed.width(), true);
        return new Result(output, (byOutput, none) -> {
            Numbers byInput = computed.zeros();
            move(rows, byInput.values(), byOutput.values(), computed.width(), false);
            return List.of(byInput);
        });
    }

    private static void move(SetRows rows, double[] computed, double[] all, int width, boolean forward) {
        for (int row = 0; row < rows.places().length; row++) {
            int place = Math.toIntExact(rows.places()[row]);
            if (place < rows.computed().length) {
                if (forward) {
                    System.arraycopy(computed, place * width, all, row * width, width);
                } else {
                    System.arraycopy(all, row * width, computed, place * width, width);
                }
            }
        }
    }
}

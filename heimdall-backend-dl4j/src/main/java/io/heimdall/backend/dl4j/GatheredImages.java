package io.heimdall.backend.dl4j;

import io.heimdall.model.backend.SetRows;
import java.util.List;

/**
 * The images of a batch of sets, (batch, elements, height, width), whose mask is 1: (computed, 1, height, width).
 *
 * @param step gives the mask
 * @param mask name of the input
 */
record GatheredImages(CurrentStep step, String mask) implements RowOperation {

    @Override
    public Result forward(List<Numbers> inputs, double[] parameters) {
        Numbers sets = inputs.get(0);
        SetRows rows = step.rows(mask);
        int area = Math.toIntExact(sets.shape()[2] * sets.shape()[3]);
        Numbers images = Numbers.zeros(rows.computed().length, 1, sets.shape()[2], sets.shape()[3]);
        for (int i = 0; i < rows.computed().length; i++) {
            int from = Math.toIntExact(rows.computed()[i]) * area;
            System.arraycopy(sets.values(), from, images.values(), i * area, area);
        }
        return new Result(images, (byOutput, none) -> {
            Numbers byInput = sets.zeros();
            for (int i = 0; i < rows.computed().length; i++) {
                int to = Math.toIntExact(rows.computed()[i]) * area;
                System.arraycopy(byOutput.values(), i * area, byInput.values(), to, area);
            }
            return List.of(byInput);
        });
    }
}

package io.heimdall.export;

import java.util.Arrays;
import java.util.stream.Collectors;

/** The numbers that a model file keeps its weights in. Inputs and outputs are 32-bit floating point in every file. */
public enum Precision {
    /** 32-bit floating point: the numbers of the training. */
    FLOAT32("float32"),
    /** IEEE 754 half precision: 11 bits of mantissa, weights up to 65 504. */
    FP16("fp16"),
    /** The upper half of a 32-bit number: 8 bits of mantissa, the whole range. */
    BF16("bf16"),
    /** Whole numbers of 8 bits with a scale for each output channel; what the layers read is 8 bits wide, too. */
    INT8("int8");

    private final String text;

    Precision(String text) {
        this.text = text;
    }

    /** Returns the name as people type it. */
    public String text() {
        return text;
    }

    /**
     * Returns the precision of a name.
     *
     * @throws IllegalArgumentException listing the names
     */
    public static Precision parse(String text) {
        return Arrays.stream(values())
                .filter(precision -> precision.text.equals(text))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("'" + text + "' is no precision of a model file, these are: "
                                + Arrays.stream(values()).map(Precision::text).collect(Collectors.joining(", "))));
    }

    @Override
    public String toString() {
        return text;
    }
}

package io.heimdall.pipeline;

import java.util.List;
import java.util.stream.IntStream;

/** Some elements of a list, in their order and from all over it: the same ones at every run. */
public final class EvenSample {
    private EvenSample() {}

    /**
     * Returns as many elements as are wanted, evenly spread; all of a list that has no more.
     *
     * @param most 0 or more
     */
    public static <T> List<T> of(List<T> all, int most) {
        int count = Math.min(all.size(), most);
        return IntStream.range(0, count)
                .mapToObj(i -> all.get((int) ((long) i * all.size() / count)))
                .toList();
    }

    /**
     * Returns every n-th element, the first among them, with the least n that leaves no more than are wanted.
     *
     * @param most 1 or more
     */
    public static <T> List<T> everyNth(List<T> all, int most) {
        int step = Math.max(1, (all.size() + most - 1) / most);
        return IntStream.range(0, all.size())
                .filter(i -> i % step == 0)
                .mapToObj(all::get)
                .toList();
    }
}

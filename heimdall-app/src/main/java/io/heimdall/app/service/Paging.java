package io.heimdall.app.service;

import io.heimdall.pipeline.settings.StrictNumber;
import io.javalin.http.Context;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The part of a list that a request asks for.
 *
 * @param limit of what is shown
 * @param offset of the first that is shown, from 0
 */
record Paging(int limit, int offset) {
    private static final int USUAL = 20;
    private static final int MOST = 200;

    /**
     * Returns what the parameters of a request ask for.
     *
     * @throws Problem if one of them is no number in its range
     */
    static Paging of(Context context) {
        return new Paging(number(context, "limit", USUAL, 1, MOST), number(context, "offset", 0, 0, Integer.MAX_VALUE));
    }

    private static int number(Context context, String name, int usual, int least, int most) {
        String text = context.queryParam(name);
        if (text == null) {
            return usual;
        }
        return StrictNumber.whole(text)
                .filter(number -> number >= least && number <= most)
                .orElseThrow(() -> Problem.badRequest(
                        name + " is '" + Answers.shown(text) + "', expected a whole number in " + least + ".." + most))
                .intValue();
    }

    /**
     * Returns an answer.
     *
     * @param key of the part in it
     * @param total of the whole list
     */
    Map<String, Object> answer(String key, List<?> part, long total) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put(key, part);
        answer.put("total", total);
        answer.put("limit", limit);
        answer.put("offset", offset);
        return answer;
    }
}

package io.heimdall.pipeline.evaluation;

import io.heimdall.dataset.GeoPoint;
import io.heimdall.dataset.Session;
import io.heimdall.dataset.split.FoldRule;
import java.util.List;

/**
 * A method that has learned once outside of each fold; each session is located by the one that has not seen its group.
 *
 * @param rule of the folds
 * @param methods in the order of the folds
 */
record FoldMethod(FoldRule rule, List<LevelMethod> methods) implements LevelMethod {

    @Override
    public String id() {
        return methods.get(0).id();
    }

    @Override
    public String title() {
        List<String> titles =
                methods.stream().map(LevelMethod::title).distinct().toList();
        // What a method chose, in brackets behind its name, may be another in each fold.
        return titles.size() == 1 ? titles.get(0) : titles.get(0).replaceFirst(" \\(.*", "");
    }

    @Override
    public GeoPoint locate(Session session) {
        return of(session).locate(session);
    }

    @Override
    public Answer judge(Session session) {
        return of(session).judge(session);
    }

    private LevelMethod of(Session session) {
        return methods.get(rule.of(session));
    }
}

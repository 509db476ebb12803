package io.heimdall.pipeline.evaluation;

import io.heimdall.dataset.Session;
import io.heimdall.pipeline.location.LocatedSession;
import io.heimdall.simulation.Transmission;
import io.heimdall.simulation.World;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Sessions of known sources that were located by delays and bearings, against the truth and, in a simulated world of stated clocks, against
 * the bound.
 *
 * @param located those of known sources
 * @param answers one a session: what was found, and what was believed of the truth
 * @param bound the answers of the best reader of the same evidence by the sessions' ids: of levels and delays, or of delays alone where no
 *     levels were used; without sessions that have not two right clocks, and empty where there is no such world
 */
public record LocatedPlaces(List<Session> located, List<Answer> answers, Map<String, Answer> bound) {

    /** Copies the lists. */
    public LocatedPlaces {
        located = List.copyOf(located);
        answers = List.copyOf(answers);
        bound = Map.copyOf(bound);
    }

    /**
     * Judges what was found.
     *
     * @param all that was located; sessions of unknown sources do not count
     * @param world that the sessions are from, if it is a simulated one
     */
    public static LocatedPlaces of(List<LocatedSession> all, Optional<World> world) {
        List<LocatedSession> known =
                all.stream().filter(one -> one.session().source().isPresent()).toList();
        List<Session> sessions = known.stream().map(LocatedSession::session).toList();
        Map<String, Answer> bound = new LinkedHashMap<>();
        world.filter(one -> one.conditions().clocks().areStated())
                .map(ClockBound::new)
                .ifPresent(best -> {
                    for (LocatedSession one : known) {
                        Session session = one.session();
                        if (!Transmission.isSimulated(session.id())) {
                            continue;
                        }
                        (one.levels().isPresent() ? Optional.of(best.judge(session)) : best.judgeDelays(session))
                                .ifPresent(answer -> bound.put(session.id(), answer));
                    }
                });
        return new LocatedPlaces(
                sessions, known.stream().map(LocatedPlaces::judged).toList(), bound);
    }

    private static Answer judged(LocatedSession session) {
        return Answer.of(session.session().source().orElseThrow(), session.posterior());
    }

    /** Returns the results of what was found, and of the bounds; empty where nothing was found. */
    public List<MethodResult> results() {
        List<MethodResult> results = new ArrayList<>();
        add(results, "located", "located", answers);
        add(results, "clock_bound", "bound (clocks known)", List.copyOf(bound.values()));
        return results;
    }

    private static void add(List<MethodResult> results, String id, String title, List<Answer> answers) {
        if (!answers.isEmpty()) {
            results.add(new MethodResult(
                    id,
                    title,
                    answers,
                    IntStream.range(0, answers.size()).boxed().toList()));
        }
    }
}

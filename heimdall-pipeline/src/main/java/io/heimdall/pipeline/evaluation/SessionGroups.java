package io.heimdall.pipeline.evaluation;

import io.heimdall.dataset.Session;
import io.heimdall.dataset.split.GroupBy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Numbers the groups of the sessions that are judged. */
final class SessionGroups {
    private final Map<String, Integer> numbers = new HashMap<>();
    private final Map<String, Integer> groupOfSession = new HashMap<>();

    /** Numbers the groups in the order in which the sessions meet them. */
    SessionGroups(List<Session> sessions, GroupBy groupBy) {
        for (Session session : sessions) {
            groupOfSession.put(
                    session.id(), numbers.computeIfAbsent(groupBy.groupOf(session), group -> numbers.size()));
        }
    }

    /** Returns the number of a session's group, from 0. */
    int of(String sessionId) {
        return groupOfSession.get(sessionId);
    }
}

package io.heimdall.servers.postgres;

import io.heimdall.dataset.QualityLimits;
import io.heimdall.dataset.SessionFilter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** A question for sessions and their measurements: what is wanted of {@link SessionSelect}'s rows. */
final class SessionQuery {

    private final List<String> conditions = new ArrayList<>();
    private final List<String> folder = new ArrayList<>();
    private final Map<String, Object> values = new HashMap<>();
    private final Map<String, List<String>> arrays = new HashMap<>();
    private final OwnTables own;

    private SessionQuery(OwnTables own) {
        this.own = own;
        conditions.add("s.status = 'completed'");
    }

    /** Approved sessions whose source has a position. */
    static SessionQuery training(OwnTables own, SessionFilter filter) {
        SessionQuery query = new SessionQuery(own);
        query.conditions.add("s.approval_status = 'approved'");
        query.conditions.add(
                own.sessions()
                        ? "CASE WHEN t.session_id IS NULL THEN k.latitude ELSE t.source_latitude END IS NOT NULL"
                        : "k.latitude IS NOT NULL");
        query.add(filter);
        return query;
    }

    static SessionQuery all(OwnTables own) {
        return new SessionQuery(own);
    }

    static SessionQuery one(OwnTables own, String id) {
        SessionQuery query = new SessionQuery(own);
        query.conditions.add("s.celery_task_id = :id");
        // Said twice, so that the index on the measurements' task is used where there is one.
        query.folder.add("split_part(m.iq_data_location, '/', 5) = :id");
        query.values.put("id", id);
        return query;
    }

    private void add(SessionFilter filter) {
        addAnyOf("s.celery_task_id", "ids", filter.sessionIds());
        addAnyOf("w.name", "stations", filter.stations());
        filter.period().from().ifPresent(t -> add("s.session_start >= :from", "from", RowValues.micros(t)));
        filter.period().until().ifPresent(t -> add("s.session_start <= :until", "until", RowValues.micros(t)));
        filter.band().minHz().ifPresent(hz -> add("m.frequency_hz >= :minHz", "minHz", hz));
        filter.band().maxHz().ifPresent(hz -> add("m.frequency_hz <= :maxHz", "maxHz", hz));
        add(filter.quality());
        filter.trainingDataset().ifPresent(name -> add("""
                        m.id IN (SELECT d.measurement_id FROM heimdall.dataset_measurements d
                                   JOIN heimdall.training_datasets n ON n.id = d.dataset_id WHERE n.name = :dataset)""", "dataset", name));
    }

    /** What was measured of a recording counts before what the station said. */
    private void add(QualityLimits quality) {
        String snr = own.quality() ? "CASE WHEN q.measurement_id IS NULL THEN m.snr_db ELSE q.snr_db END" : "m.snr_db";
        String clipped = own.quality() ? "q.clipped_share" : "NULL::float";
        String silence = SessionSelect.WITHOUT_RECORDING + " AND m.signal_strength_db IS NULL"
                + (own.receivers() ? " AND r.bearing_deg IS NULL" : "");
        String orSilence = " OR (" + silence + "))";
        quality.minSnrDb().ifPresent(db -> add("(" + snr + " >= :minSnr" + orSilence, "minSnr", db));
        quality.maxClippedShare()
                .ifPresent(share -> add("(" + clipped + " <= :maxClipped" + orSilence, "maxClipped", share));
    }

    private void add(String condition, String name, Object value) {
        conditions.add(condition);
        values.put(name, value);
    }

    private void addAnyOf(String column, String name, Set<String> wanted) {
        if (!wanted.isEmpty()) {
            conditions.add(column + " = ANY(:" + name + ")");
            arrays.put(name, List.copyOf(wanted));
        }
    }

    /** The rows of the sessions after one, the first ones if {@code after} is empty. */
    Query after(Handle handle, String after) {
        List<String> all = new ArrayList<>(conditions);
        all.add("s.celery_task_id COLLATE \"C\" > :after");
        String sql = SessionSelect.of(own, all, folder);
        Query query = handle.createQuery(sql).bind("after", after).bindMap(values);
        arrays.forEach((name, array) -> query.bindArray(name, String.class, array));
        return query;
    }
}

-- The library's own: which part of its file a measurement is, where the file holds several; no row where it holds one.
CREATE TABLE training_parts (
    measurement_id uuid PRIMARY KEY,
    channel int NOT NULL,
    capture int NOT NULL,
    stream text
);

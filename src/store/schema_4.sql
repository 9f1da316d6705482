-- From version 3 to version 4: events, and which figures count one thing.

-- Who did what to whom, where it stands. Reprints share `claim` (the least
-- event number among them); all tellings of one occurrence share `happening`.
CREATE TABLE event (
    event INTEGER PRIMARY KEY,
    report INTEGER NOT NULL REFERENCES report (report) ON DELETE CASCADE,
    begin INTEGER NOT NULL, end INTEGER NOT NULL,
    trigger_begin INTEGER NOT NULL, trigger_end INTEGER NOT NULL,
    cameo TEXT NOT NULL, plover TEXT, mode TEXT,
    status TEXT NOT NULL,              -- done ongoing stated planned …
    instrument_begin INTEGER, instrument_end INTEGER,
    condition_begin INTEGER, condition_end INTEGER,
    claimant INTEGER REFERENCES entity (entity), claimant_name TEXT,
    claimant_begin INTEGER, claimant_end INTEGER,
    time TEXT, place TEXT,
    why TEXT NOT NULL,
    key INTEGER NOT NULL,              -- hash of sentence, trigger and code
    deed INTEGER,                      -- hash of code's root and both sides
    day INTEGER,                       -- of it, since 1970; NULL: unknown
    claim INTEGER NOT NULL,
    happening INTEGER NOT NULL,
    cut INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX event_report ON event (report);
CREATE INDEX event_key ON event (key);
CREATE INDEX event_deed ON event (deed, day);
CREATE INDEX event_claim ON event (claim);
CREATE INDEX event_happening ON event (happening);
CREATE INDEX event_claimant ON event (claimant);
-- Who does it and who it is done to.
CREATE TABLE event_side (
    event INTEGER NOT NULL REFERENCES event (event) ON DELETE CASCADE,
    side TEXT NOT NULL,                -- source target
    place INTEGER NOT NULL,            -- in its list, from 0
    begin INTEGER NOT NULL, end INTEGER NOT NULL,
    entity INTEGER REFERENCES entity (entity),
    code TEXT,                         -- actor code, SYRGOV
    PRIMARY KEY (event, side, place)
) WITHOUT ROWID;
CREATE INDEX event_side_entity ON event_side (entity);

-- What a figure counts, for those that count the same (link/counts.c).
CREATE TABLE counted (
    figure INTEGER PRIMARY KEY REFERENCES figure (figure) ON DELETE CASCADE,
    frame INTEGER NOT NULL,            -- hash of kind, group and kind of period
    day INTEGER,                       -- last of it, since 1970; NULL: unknown
    lead INTEGER NOT NULL,             -- 1: the toll that its report tells
    count INTEGER NOT NULL             -- least figure number of the same count
);
CREATE INDEX counted_frame ON counted (frame, day);
CREATE INDEX counted_count ON counted (count);

-- Every event where it stands, with its words; codes joined by "/".
CREATE VIEW events AS
SELECT v.event, v.claim, v.happening, r.id AS report, r.outlet, r.published,
       v.cameo, v.plover, v.mode, v.status,
       (SELECT group_concat(code, '/') FROM event_side d
        WHERE d.event = v.event AND d.side = 'source') AS source,
       (SELECT group_concat(code, '/') FROM event_side d
        WHERE d.event = v.event AND d.side = 'target') AS target,
       CAST(substr(CAST(r.text AS BLOB), v.begin + 1, v.end - v.begin)
            AS TEXT) AS words,
       COALESCE(e.name, v.claimant_name) AS claimant, v.time, v.place,
       v.begin, v.end, v.why, s.story, s.origin
FROM event v JOIN standing s ON s.report = v.report AND s.latest
JOIN report r ON r.report = v.report
LEFT JOIN entity e ON e.entity = v.claimant WHERE NOT v.cut;

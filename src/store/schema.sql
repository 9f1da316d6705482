-- The store, version 2. Tables (singular) are the program's own; views
-- (plural, at the end) are for people: sqlite3, pandas, Datasette.
-- doc/schema.md explains both. Offsets are bytes of report.text, [begin, end).

-- One version of one report. `latest` versions count; older ones are kept.
CREATE TABLE report (
    report INTEGER PRIMARY KEY,        -- number, in order of adding
    id TEXT NOT NULL,                  -- as given, else a hash
    version INTEGER NOT NULL,          -- 1, 2, … of that id or url
    previous INTEGER REFERENCES report (report) ON DELETE SET NULL,
    text TEXT NOT NULL,                -- byte for byte
    hash BLOB NOT NULL,                -- XXH128 of text, 16 bytes
    record BLOB NOT NULL,              -- XXH128 of all that was given
    source BLOB,                       -- the source's bytes, where they differ
    charset TEXT NOT NULL,
    path TEXT, url TEXT, outlet TEXT, title TEXT,
    -- What sources are called: the outlet, else the file's name, else the id.
    label TEXT GENERATED ALWAYS AS (
        COALESCE(outlet,
                 nullif(replace(path, rtrim(path, replace(path, '/', '')), ''),
                        '-'),
                 id)) VIRTUAL,
    byline TEXT NOT NULL,              -- JSON array of names
    credit TEXT NOT NULL,              -- JSON array of agencies
    published TEXT,                    -- ISO 8601; NULL: unknown
    published_from TEXT NOT NULL,
    language TEXT NOT NULL, language_p REAL NOT NULL,
    body TEXT NOT NULL,                -- JSON array of [begin,end]
    sentences TEXT NOT NULL,           -- JSON array of [begin,end]
    headings TEXT NOT NULL,            -- JSON array of [begin,end]
    litter TEXT NOT NULL,              -- JSON array of {"span","why"}
    given TEXT NOT NULL,               -- JSON object of unknown fields
    lexicon TEXT NOT NULL              -- version that made the claims
);
CREATE UNIQUE INDEX report_id ON report (id, version);
CREATE INDEX report_url ON report (url) WHERE url IS NOT NULL;
CREATE INDEX report_previous ON report (previous);
CREATE INDEX report_outlet ON report (outlet);
CREATE INDEX report_published ON report (published);

-- Where a report stands among the others. A table of its own, since a row that
-- changes is written anew, and these change often while texts never do.
CREATE TABLE standing (
    report INTEGER PRIMARY KEY REFERENCES report (report) ON DELETE CASCADE,
    latest INTEGER NOT NULL,           -- 1: no newer version
    origin INTEGER NOT NULL,           -- least report number of its origin group
    story INTEGER REFERENCES story (story)
);
CREATE INDEX standing_origin ON standing (origin);
CREATE INDEX standing_story ON standing (story);

-- What can be searched: the latest version of every report.
CREATE VIEW searchable AS
SELECT r.report, r.title, r.text
FROM report r JOIN standing s ON s.report = r.report AND s.latest;

-- Full-text search over the latest versions; rows are report numbers.
CREATE VIRTUAL TABLE report_text USING fts5 (
    title, text, content = 'searchable', content_rowid = 'report',
    tokenize = 'porter unicode61 remove_diacritics 2'
);
-- A batch becomes one segment of the search index, not one a megabyte.
INSERT INTO report_text (report_text, rank) VALUES ('hashsize', 67108864);
INSERT INTO report_text (report_text, rank) VALUES ('automerge', 8);

-- A person, organisation, place or group, over all reports.
CREATE TABLE entity (
    entity INTEGER PRIMARY KEY,
    name TEXT NOT NULL,                -- the fullest form most often used
    type TEXT NOT NULL,                -- PER ORG LOC GPE NORP EVENT MISC
    code TEXT,                         -- actor code, SYRGOV
    sex TEXT
);
CREATE TABLE alias (
    entity INTEGER NOT NULL REFERENCES entity (entity) ON DELETE CASCADE,
    report INTEGER NOT NULL REFERENCES report (report) ON DELETE CASCADE,
    alias TEXT NOT NULL,               -- a form as it stands in that report
    type TEXT NOT NULL,
    role TEXT, role_of TEXT, code TEXT, sex TEXT, -- what that report says of it
    PRIMARY KEY (entity, report, alias)
) WITHOUT ROWID;
CREATE INDEX alias_report ON alias (report);
-- All forms of an entity, however many reports have them.
CREATE TABLE entity_form (
    entity INTEGER NOT NULL REFERENCES entity (entity) ON DELETE CASCADE,
    form TEXT NOT NULL,
    reports INTEGER NOT NULL,          -- that use it
    PRIMARY KEY (entity, form)
) WITHOUT ROWID;
-- Blocking keys: entities that share one are compared (link/names.c).
CREATE TABLE entity_key (
    key INTEGER NOT NULL,
    entity INTEGER NOT NULL REFERENCES entity (entity) ON DELETE CASCADE,
    PRIMARY KEY (key, entity)
) WITHOUT ROWID;
CREATE INDEX entity_key_entity ON entity_key (entity);

CREATE TABLE mention (
    report INTEGER NOT NULL REFERENCES report (report) ON DELETE CASCADE,
    begin INTEGER NOT NULL, end INTEGER NOT NULL,
    kind TEXT NOT NULL,                -- name nominal pronoun
    type TEXT NOT NULL,
    entity INTEGER REFERENCES entity (entity),
    cut INTEGER NOT NULL DEFAULT 0,    -- 1: in litter, told as such later
    PRIMARY KEY (report, begin, end)
) WITHOUT ROWID;
CREATE INDEX mention_entity ON mention (entity);

CREATE TABLE time (
    time INTEGER PRIMARY KEY,
    report INTEGER NOT NULL REFERENCES report (report) ON DELETE CASCADE,
    begin INTEGER NOT NULL, end INTEGER NOT NULL,
    type TEXT NOT NULL, value TEXT NOT NULL, mod TEXT, why TEXT NOT NULL,
    cut INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX time_report ON time (report);

-- One quotation where it stands. Reprints share `claim` (the least quote
-- number among them); all renderings of one utterance share `statement`.
CREATE TABLE quote (
    quote INTEGER PRIMARY KEY,
    report INTEGER NOT NULL REFERENCES report (report) ON DELETE CASCADE,
    begin INTEGER NOT NULL, end INTEGER NOT NULL,
    kind TEXT NOT NULL,                -- direct mixed indirect
    act TEXT NOT NULL,                 -- said thought
    speaker INTEGER REFERENCES entity (entity), speaker_name TEXT,
    speaker_begin INTEGER, speaker_end INTEGER,
    cue TEXT, cue_begin INTEGER, cue_end INTEGER,
    addressee INTEGER REFERENCES entity (entity), addressee_name TEXT,
    addressee_begin INTEGER, addressee_end INTEGER,
    via TEXT NOT NULL,                 -- JSON array, outermost first
    time TEXT, place TEXT,
    part_of INTEGER REFERENCES quote (quote) ON DELETE SET NULL
        DEFERRABLE INITIALLY DEFERRED, -- may stand after it in the table
    why TEXT NOT NULL,
    key INTEGER NOT NULL,              -- hash of its words: equal in reprints
    claim INTEGER NOT NULL,
    statement INTEGER NOT NULL,
    cut INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX quote_report ON quote (report);
CREATE INDEX quote_key ON quote (key);
CREATE INDEX quote_claim ON quote (claim);
CREATE INDEX quote_statement ON quote (statement);
CREATE INDEX quote_speaker ON quote (speaker);
CREATE INDEX quote_part_of ON quote (part_of);
-- Winnowed word runs of quotes: two that share some may be one statement.
CREATE TABLE quote_mark (
    mark INTEGER NOT NULL,
    quote INTEGER NOT NULL REFERENCES quote (quote) ON DELETE CASCADE,
    PRIMARY KEY (mark, quote)
) WITHOUT ROWID;
CREATE INDEX quote_mark_quote ON quote_mark (quote);

CREATE TABLE figure (
    figure INTEGER PRIMARY KEY,
    report INTEGER NOT NULL REFERENCES report (report) ON DELETE CASCADE,
    begin INTEGER NOT NULL, end INTEGER NOT NULL,
    kind TEXT NOT NULL,
    low INTEGER, high INTEGER, best INTEGER, approximate INTEGER NOT NULL,
    of_begin INTEGER, of_end INTEGER, of_code TEXT,
    claimant INTEGER REFERENCES entity (entity), claimant_name TEXT,
    claimant_begin INTEGER, claimant_end INTEGER,
    "from" TEXT, "to" TEXT, place TEXT,
    why TEXT NOT NULL,
    key INTEGER NOT NULL,              -- hash of sentence and figure
    claim INTEGER NOT NULL,
    cut INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX figure_report ON figure (report);
CREATE INDEX figure_key ON figure (key);
CREATE INDEX figure_claim ON figure (claim);
CREATE INDEX figure_claimant ON figure (claimant);

-- Two reports that share passages; a < b.
CREATE TABLE copy (
    a INTEGER NOT NULL REFERENCES report (report) ON DELETE CASCADE,
    b INTEGER NOT NULL REFERENCES report (report) ON DELETE CASCADE,
    kind TEXT NOT NULL,                -- same edited part quote
    share_a REAL NOT NULL, share_b REAL NOT NULL, -- of each one's words
    why TEXT NOT NULL,                 -- for origins: "link/agency: AFP"
    one_source INTEGER NOT NULL,       -- 1: joins the two into one origin
    PRIMARY KEY (a, b)
) WITHOUT ROWID;
CREATE INDEX copy_b ON copy (b);
CREATE TABLE passage (
    a INTEGER NOT NULL, b INTEGER NOT NULL,
    a_begin INTEGER NOT NULL, a_end INTEGER NOT NULL,
    b_begin INTEGER NOT NULL, b_end INTEGER NOT NULL,
    PRIMARY KEY (a, b, a_begin, b_begin),
    FOREIGN KEY (a, b) REFERENCES copy (a, b) ON DELETE CASCADE
) WITHOUT ROWID;
-- What a report is about, for comparing it without reading its text: arrays of
-- 64-bit numbers, terms with a 16-bit weight each, least byte first.
CREATE TABLE trace (
    report INTEGER PRIMARY KEY REFERENCES report (report) ON DELETE CASCADE,
    terms BLOB,
    day INTEGER                        -- that it is of, since 1970; NULL: unknown
);
-- The index of fingerprints, repeated paragraphs and strongest terms: sorted
-- segments of (key, report), each cut into buckets (src/store/postings.h).
CREATE TABLE segment (
    segment INTEGER PRIMARY KEY AUTOINCREMENT,
    bits INTEGER NOT NULL,             -- 2^bits buckets
    postings INTEGER NOT NULL,         -- in it now
    low INTEGER NOT NULL, high INTEGER NOT NULL, -- keys that it holds
    first INTEGER NOT NULL, last INTEGER NOT NULL, -- reports, or beyond them
    "into" INTEGER                     -- the segment it is merged into
);
CREATE TABLE posting (
    block INTEGER PRIMARY KEY,         -- segment * 2^24 + bucket
    bytes BLOB NOT NULL                -- keys and reports, packed
);
CREATE TABLE posting_filter (
    part INTEGER PRIMARY KEY,          -- segment * 2^24 + 64 buckets each
    bytes BLOB NOT NULL                -- Bloom filters of their keys
);

CREATE TABLE story (
    story INTEGER PRIMARY KEY,         -- never used again
    storyline INTEGER NOT NULL,        -- number of the story that founded the line
    head INTEGER NOT NULL,             -- the earliest report that has a title
    title TEXT NOT NULL,               -- of that report
    "from" TEXT, "to" TEXT             -- first and last day of publication
);
CREATE INDEX story_storyline ON story (storyline);
-- Stories that were merged into others: their numbers still find them.
CREATE TABLE story_forward (
    story INTEGER PRIMARY KEY,
    into_story INTEGER NOT NULL
);
CREATE INDEX story_forward_into ON story_forward (into_story);

-- What `dateline watch` knows: where it was, so that it goes on from there.
-- Times are seconds since 1970.
CREATE TABLE feed (
    feed INTEGER PRIMARY KEY,
    url TEXT NOT NULL UNIQUE,
    title TEXT,
    listed INTEGER NOT NULL,           -- 1: in the list that was given last
    etag TEXT, modified TEXT,          -- as the server gave them
    checked INTEGER,                   -- last time; NULL: never
    due INTEGER NOT NULL,              -- next time
    failures INTEGER NOT NULL DEFAULT 0, -- in a row
    trouble TEXT                       -- why, the last time
);
-- An article that a feed has named.
CREATE TABLE article (
    url TEXT PRIMARY KEY,              -- or the item's id, where it has none
    feed INTEGER NOT NULL REFERENCES feed (feed) ON DELETE CASCADE,
    item TEXT,                         -- as the feed has it; NULL: settled
    due INTEGER,                       -- when to fetch it; NULL: settled
    failures INTEGER NOT NULL DEFAULT 0,
    trouble TEXT                       -- why it was not had; NULL: all is well
) WITHOUT ROWID;
CREATE INDEX article_due ON article (due) WHERE due IS NOT NULL;
CREATE INDEX article_feed ON article (feed);
-- A host that was asked for something.
CREATE TABLE host (
    host TEXT PRIMARY KEY,             -- "https://paper.example:443"
    wait INTEGER NOT NULL,             -- not before (Retry-After)
    robots TEXT,                       -- robots.txt; NULL: could not be had
    robots_until INTEGER NOT NULL      -- until when that holds
) WITHOUT ROWID;

-- ----------------------------------------------------------------- views

-- Every report in its latest version.
CREATE VIEW reports AS
SELECT r.report, r.id, r.outlet, r.published, r.title, r.url, r.byline,
       r.credit, r.language, s.story,
       (SELECT t.storyline FROM story t WHERE t.story = s.story) AS storyline,
       s.origin, r.version, r.published_from, r.path, r.text
FROM report r JOIN standing s ON s.report = r.report AND s.latest;

-- Every version of every report, older ones too.
CREATE VIEW versions AS
SELECT r.report, r.id, r.version, s.latest, r.published,
       length(CAST(r.text AS BLOB)) AS bytes, lower(hex(r.hash)) AS hash,
       r.previous
FROM report r JOIN standing s ON s.report = r.report;

-- What was cut from reports, and why.
CREATE VIEW litter AS
SELECT r.id AS report, json_extract(j.value, '$.span[0]') AS begin,
       json_extract(j.value, '$.span[1]') AS end,
       json_extract(j.value, '$.why') AS why
FROM report r JOIN standing s ON s.report = r.report AND s.latest,
     json_each(r.litter) j;

-- Every quotation where it stands, with its words.
CREATE VIEW quotes AS
SELECT q.quote, q.claim, q.statement, r.id AS report, r.outlet, r.published,
       COALESCE(e.name, q.speaker_name) AS speaker, e.code AS speaker_code,
       q.cue, q.via, q.kind, q.act, q.addressee_name AS addressee, q.time,
       q.place,
       CAST(substr(CAST(r.text AS BLOB), q.begin + 1, q.end - q.begin)
            AS TEXT) AS words,
       q.begin, q.end, q.why, s.story, s.origin
FROM quote q JOIN standing s ON s.report = q.report AND s.latest
JOIN report r ON r.report = q.report
LEFT JOIN entity e ON e.entity = q.speaker WHERE NOT q.cut;

-- One row an utterance, with how many reports and independent texts carry it;
-- speaker and words as the earliest of them has them.
CREATE VIEW statements AS
SELECT statement, speaker, min(published) AS first_published,
       count(DISTINCT report) AS reports, count(DISTINCT origin) AS origins,
       count(DISTINCT claim) AS wordings, words
FROM quotes GROUP BY statement;

-- Every figure where it stands, with its words.
CREATE VIEW figures AS
SELECT f.figure, f.claim, r.id AS report, r.outlet, r.published, f.kind,
       f.low, f.high, f.best, f.approximate,
       CAST(substr(CAST(r.text AS BLOB), f.begin + 1, f.end - f.begin)
            AS TEXT) AS words,
       CASE WHEN f.of_end > f.of_begin THEN
           CAST(substr(CAST(r.text AS BLOB), f.of_begin + 1,
                       f.of_end - f.of_begin) AS TEXT) END AS "of",
       f.of_code, COALESCE(e.name, f.claimant_name) AS claimant,
       e.code AS claimant_code, f."from", f."to", f.place,
       f.begin, f.end, f.why, s.story, s.origin
FROM figure f JOIN standing s ON s.report = f.report AND s.latest
JOIN report r ON r.report = f.report
LEFT JOIN entity e ON e.entity = f.claimant WHERE NOT f.cut;

-- Every date, time and duration where it stands.
CREATE VIEW times AS
SELECT t.time, r.id AS report, r.outlet, r.published, t.type, t.value, t.mod,
       CAST(substr(CAST(r.text AS BLOB), t.begin + 1, t.end - t.begin)
            AS TEXT) AS words, t.begin, t.end, t.why
FROM time t JOIN standing s ON s.report = t.report AND s.latest
JOIN report r ON r.report = t.report WHERE NOT t.cut;

-- Pairs of reports that share passages.
CREATE VIEW copies AS
SELECT x.id AS a, y.id AS b, x.outlet AS a_outlet, y.outlet AS b_outlet,
       c.kind, c.share_a, c.share_b,
       (SELECT count(*) FROM passage p WHERE p.a = c.a AND p.b = c.b)
           AS passages, c.one_source, c.why
FROM copy c JOIN report x ON x.report = c.a
JOIN report y ON y.report = c.b;

-- The passages that two reports share, with the first one's words.
CREATE VIEW passages AS
SELECT x.id AS a, y.id AS b, p.a_begin, p.a_end, p.b_begin, p.b_end,
       CAST(substr(CAST(x.text AS BLOB), p.a_begin + 1, p.a_end - p.a_begin)
            AS TEXT) AS words
FROM passage p JOIN report x ON x.report = p.a
JOIN report y ON y.report = p.b;

-- One row a story: reports of one happening.
CREATE VIEW stories AS
SELECT s.story, s.storyline, s.title, s."from", s."to",
       count(r.report) AS reports, count(DISTINCT p.origin) AS origins,
       count(DISTINCT r.outlet) AS outlets
FROM story s JOIN standing p ON p.story = s.story AND p.latest
JOIN report r ON r.report = p.report GROUP BY s.story;

-- Stories that continue each other.
CREATE VIEW storylines AS
SELECT storyline, min("from") AS "from", max("to") AS "to",
       count(*) AS stories, sum(reports) AS reports
FROM stories GROUP BY storyline;

-- People, organisations, places and groups over all reports.
CREATE VIEW names AS
SELECT e.entity, e.name, e.type, e.code,
       count(DISTINCT a.alias) AS aliases, count(DISTINCT a.report) AS reports
FROM entity e JOIN alias a ON a.entity = e.entity GROUP BY e.entity;

-- The forms and roles under which they stand in each report.
CREATE VIEW aliases AS
SELECT a.entity, e.name, a.alias, a.role, a.role_of, a.code, r.id AS report,
       r.outlet, r.published
FROM alias a JOIN entity e ON e.entity = a.entity
JOIN report r ON r.report = a.report;

-- Where each name, nominal and pronoun stands.
CREATE VIEW mentions AS
SELECT r.id AS report, m.begin, m.end, m.kind, m.type, m.entity, e.name,
       CAST(substr(CAST(r.text AS BLOB), m.begin + 1, m.end - m.begin)
            AS TEXT) AS words
FROM mention m JOIN standing s ON s.report = m.report AND s.latest
JOIN report r ON r.report = m.report
LEFT JOIN entity e ON e.entity = m.entity WHERE NOT m.cut;

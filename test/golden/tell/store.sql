-- A small store, filled by hand, for test_tell.c. All of it is invented.
-- Claims name their words; where they stand is looked up in the text.

CREATE TEMP TABLE given (
    report INTEGER, id TEXT, version INTEGER, latest INTEGER, previous INTEGER,
    outlet TEXT, published TEXT, title TEXT, url TEXT, credit TEXT,
    origin INTEGER, story INTEGER, text TEXT
);

INSERT INTO story VALUES (1, 1, 1, 'Ferry sinks off Port Lisse', '2020-03-02', '2020-03-03');
INSERT INTO story VALUES (4, 1, 4, 'Inquiry opens into the loss of the Aurora', '2020-05-10', '2020-05-10');
INSERT INTO story VALUES (5, 5, 6, 'Lighthouse to be <restored> & lit', '2020-04-01', '2020-04-01');

INSERT INTO given VALUES
(1, 'post-1', 1, 1, NULL, 'North Post', '2020-03-02T09:00:00Z', 'Ferry sinks off Port Lisse', 'https://northpost.example/1', '["Wirefax"]', 1, 1,
'The ferry Aurora sank off Port Lisse on Sunday with forty people aboard.
"We are looking for everyone," said Inés Calder, the harbour master, "and we shall look all night."
At least 12 people died, police said.
Follow us for more news.'),
(2, 'herald-1', 1, 1, NULL, 'Harbour Herald', '2020-03-02', 'Aurora lost', NULL, '["Wirefax"]', 1, 1,
'The ferry Aurora sank off Port Lisse on Sunday with forty people aboard.
"We are looking for everyone," said Inés Calder, the harbour master, "and we shall look all night."
At least 12 people died, police said.'),
(3, 'lantern-1', 1, 1, NULL, 'The Lantern', '2020-03-03', 'Fifteen dead in ferry disaster', 'javascript:alert(1)', '[]', 3, 1,
'Divers searched the wreck of the Aurora on Tuesday after the ferry sank on Sunday night near Port Lisse.
"We are searching for everyone," Ines Calder told The Lantern.
Fifteen people are dead, the coast guard said, and 3 are missing.'),
(4, 'post-2', 1, 1, NULL, 'North Post', '2020-05-10', 'Inquiry opens into the loss of the Aurora', NULL, '[]', 4, 4,
'Judge Pell Marrow opened an inquiry into the loss of the ferry Aurora on Sunday, 10 May.
She said the owners had been warned <twice> & more.
The ferry sank on 1 March; 16 people died.'),
(5, 'lantern-2', 1, 0, NULL, 'The Lantern', '2020-04-01', 'Lighthouse to be lit', NULL, '[]', 5, NULL,
'The old lighthouse will be lit again. The work will cost 2 million crowns. It begins in May.'),
(6, 'lantern-2', 2, 1, 5, 'The Lantern', '2020-04-01', 'Lighthouse to be <restored> & lit', NULL, '[]', 6, 5,
'The old lighthouse will be lit again. The work will cost 3 million crowns. The mayor welcomed it.');

INSERT INTO report (report, id, version, previous, text, hash, record, charset, url, outlet, title, byline, credit,
    published, published_from, language, language_p, body, sentences, headings, litter, given, lexicon)
SELECT report, id, version, previous, text, zeroblob(16), CAST(report AS BLOB), 'UTF-8', url, outlet, title, '[]', credit,
    published, 'given', 'en', 1, '[]', '[]', '[]', '[]', '{}', 'hand' FROM given;
INSERT INTO standing SELECT report, latest, origin, story FROM given;
INSERT INTO report_text (rowid, title, text) SELECT report, title, text FROM given WHERE latest;

-- Sentences: what stands between full stops or line ends, as the texts have it.
UPDATE report SET sentences = '[[0,72],[73,173],[174,211]]' WHERE report IN (1, 2);
UPDATE report SET litter = '[{"span":[212,236],"why":"litter/plea: follow us"}]' WHERE report = 1;
UPDATE report SET sentences = '[[0,104],[105,167],[168,233]]' WHERE report = 3;
UPDATE report SET sentences = '[[0,88],[89,140],[141,183]]' WHERE report = 4;
UPDATE report SET sentences = '[[0,37],[38,74],[75,92]]' WHERE report = 5;
UPDATE report SET sentences = '[[0,37],[38,74],[75,97]]' WHERE report = 6;

INSERT INTO entity VALUES
(1, 'Inés Calder', 'PER', NULL, 'f'), (2, 'police', 'ORG', NULL, NULL), (3, 'coast guard', 'ORG', NULL, NULL),
(4, 'Pell Marrow', 'PER', 'VALJUD', 'f');
INSERT INTO alias (entity, report, alias, type, role, role_of) VALUES
(1, 1, 'Inés Calder', 'PER', 'harbour master', NULL), (1, 2, 'Inés Calder', 'PER', 'harbour master', 'Port Lisse'),
(1, 3, 'Ines Calder', 'PER', NULL, NULL), (2, 1, 'police', 'ORG', NULL, NULL), (2, 2, 'police', 'ORG', NULL, NULL),
(3, 3, 'coast guard', 'ORG', NULL, NULL), (4, 4, 'Pell Marrow', 'PER', 'judge', NULL);

CREATE TEMP TABLE at AS SELECT 0 AS report, '' AS words, 0 AS begin, 0 AS end;
DELETE FROM at;
CREATE TEMP TABLE words (words TEXT);
INSERT INTO words VALUES
('"We are looking for everyone,"'), ('"and we shall look all night."'), ('"We are searching for everyone,"'),
('the owners had been warned <twice> & more'), ('At least 12 people'), ('Fifteen people'), ('3'), ('16 people'),
('people'), ('police'), ('the coast guard'), ('Inés Calder'), ('Ines Calder'), ('said'), ('told'), ('She'),
('Sunday'), ('Tuesday'), ('Sunday, 10 May'), ('1 March'),
('The ferry Aurora sank off Port Lisse on Sunday with forty people aboard.');
INSERT INTO at SELECT g.report, w.words, instr(CAST(g.text AS BLOB), CAST(w.words AS BLOB)) - 1,
    instr(CAST(g.text AS BLOB), CAST(w.words AS BLOB)) - 1 + length(CAST(w.words AS BLOB))
FROM given g, words w WHERE instr(CAST(g.text AS BLOB), CAST(w.words AS BLOB)) > 0;

CREATE TEMP TABLE said (quote, report, words, kind, speaker, name, phrase, cue, word, via, part_of, claim, statement);
INSERT INTO said VALUES
(1, 1, '"We are looking for everyone,"', 'direct', 1, 'Inés Calder', 'Inés Calder', 'say', 'said', '["Wirefax"]', NULL, 1, 1),
(2, 1, '"and we shall look all night."', 'direct', 1, 'Inés Calder', 'Inés Calder', 'say', 'said', '["Wirefax"]', 1, 2, 2),
(3, 2, '"We are looking for everyone,"', 'direct', 1, 'Inés Calder', 'Inés Calder', 'say', 'said', '["Wirefax"]', NULL, 1, 1),
(4, 2, '"and we shall look all night."', 'direct', 1, 'Inés Calder', 'Inés Calder', 'say', 'said', '["Wirefax"]', 3, 2, 2),
(5, 3, '"We are searching for everyone,"', 'direct', 1, 'Ines Calder', 'Ines Calder', 'tell', 'told', '[]', NULL, 5, 1),
(6, 4, 'the owners had been warned <twice> & more', 'indirect', 4, 'Pell Marrow', 'She', 'say', 'said', '[]', NULL, 6, 6);
INSERT INTO quote (quote, report, begin, end, kind, act, speaker, speaker_name, speaker_begin, speaker_end,
    cue, cue_begin, cue_end, via, time, place, part_of, why, key, claim, statement)
SELECT s.quote, s.report, a.begin, a.end, s.kind, 'said', s.speaker, s.name, p.begin, p.end, s.cue, c.begin, c.end,
    s.via, NULL, NULL, s.part_of, 'quote/test', s.claim, s.claim, s.statement
FROM said s JOIN at a ON a.report = s.report AND a.words = s.words
JOIN at p ON p.report = s.report AND p.words = s.phrase JOIN at c ON c.report = s.report AND c.words = s.word;

CREATE TEMP TABLE tolled (figure, report, words, kind, low, high, best, claimant, name, day, claim);
INSERT INTO tolled VALUES
(1, 1, 'At least 12 people', 'killed', 12, NULL, 12, 2, 'police', '2020-03-02', 1),
(2, 2, 'At least 12 people', 'killed', 12, NULL, 12, 2, 'police', '2020-03-02', 1),
(3, 3, 'Fifteen people', 'killed', 15, 15, 15, 3, 'coast guard', NULL, 3),
(4, 3, '3', 'missing', 3, 3, 3, 3, 'coast guard', NULL, 4),
(5, 4, '16 people', 'killed', 16, 16, 16, NULL, NULL, NULL, 5);
INSERT INTO figure (figure, report, begin, end, kind, low, high, best, approximate, of_begin, of_end, claimant,
    claimant_name, "from", "to", place, why, key, claim)
SELECT f.figure, f.report, a.begin, a.end, f.kind, f.low, f.high, f.best, 0, o.begin, o.end, f.claimant, f.name, NULL,
    f.day, 'Port Lisse', 'figure/test', f.claim, f.claim
FROM tolled f JOIN at a ON a.report = f.report AND a.words = f.words
LEFT JOIN at o ON o.report = f.report AND o.words = 'people' AND f.kind = 'killed';

INSERT INTO counted (figure, frame, day, lead, count) VALUES
(1, 7, 18323, 1, 1), (2, 7, 18323, 1, 1), (3, 7, 18324, 1, 1), (4, 8, 18324, 1, 4), (5, 7, 18324, 1, 1);

CREATE TEMP TABLE done (event, report, trigger, target, cameo, plover, claim, happening);
INSERT INTO done VALUES
(1, 1, 'sank', 'forty people', '190', 'ASSAULT', 1, 1), (2, 2, 'sank', 'forty people', '190', 'ASSAULT', 1, 1),
(3, 3, 'sank', NULL, '190', 'ASSAULT', 3, 1), (4, 4, 'opened', NULL, '090', 'COERCE', 4, 4);
CREATE TEMP TABLE done_at AS
SELECT d.*, instr(CAST(g.text AS BLOB), CAST(d.trigger AS BLOB)) - 1 AS begin,
    instr(CAST(g.text AS BLOB), CAST(d.target AS BLOB)) - 1 AS on_begin FROM done d JOIN given g USING (report);
INSERT INTO event (event, report, begin, end, trigger_begin, trigger_end, cameo, plover, status, claimant, claimant_name,
    time, place, why, key, claim, happening)
SELECT event, report, begin, begin + 12, begin, begin + length(trigger), cameo, plover, 'done', iif(event = 3, 3, NULL),
    iif(event = 3, 'coast guard', NULL), iif(event < 4, '2020-03-01', NULL), iif(event < 4, 'Port Lisse', NULL),
    'event/test', claim, claim, happening FROM done_at;
INSERT INTO event_side SELECT event, 'target', 0, on_begin, on_begin + length(target), NULL, 'LISCVL' FROM done_at
WHERE target IS NOT NULL;
INSERT INTO event_side SELECT event, 'source', 0, 0, 18, 4, 'VALJUD' FROM done_at WHERE event = 4;

INSERT INTO time (report, begin, end, type, value, why)
SELECT report, begin, end, 'DATE', CASE words WHEN 'Sunday' THEN '2020-03-01' WHEN 'Tuesday' THEN '2020-03-03'
    WHEN '1 March' THEN '2020-03-01' ELSE '2020-05-10' END, 'time/test'
FROM at WHERE (words = 'Sunday' AND report < 4) OR words IN ('Tuesday', 'Sunday, 10 May', '1 March') ORDER BY report, begin;

INSERT INTO copy VALUES (1, 2, 'same', 0.89, 1.0, 'link/same', 1);
INSERT INTO passage SELECT 1, 2, x.begin, x.end, y.begin, y.end FROM at x JOIN at y ON y.words = x.words AND y.report = 2
WHERE x.report = 1 AND x.words LIKE 'The ferry%';

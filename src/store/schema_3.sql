-- Version 3: what people have decided about names. Kept whatever is forgotten,
-- added again or refreshed.
CREATE TABLE name_decision (
    form TEXT NOT NULL,   -- a name, lower case, without accents
    other TEXT NOT NULL,  -- another; each pair stands in both orders
    same INTEGER NOT NULL, -- 1: the two are one; 0: they are not
    PRIMARY KEY (form, other)
) WITHOUT ROWID;

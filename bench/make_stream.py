#!/usr/bin/env python3
"""Write a stream of made-up news reports, one JSON object a line.

    bench/make_stream.py [--reports N | --bytes N] [--seed N] >stream.jsonl

Each report has about 500 words on an invented happening: a headline, a
credit or byline, direct and indirect quotes (some over two paragraphs), counts
with claimants, days and dates, names with titles and later without. The same
options give the same bytes everywhere. Some 12 MB a second.
"""
import argparse
import json
import random
import sys

FIRST = """Adela Bruno Carla Dario Edna Farid Greta Hamid Irena Jonas Kamila Leon Mara Nabil Olga Pavel Rana
Samir Tessa Umar Vera Walid Yusra Zoran Anwar Bettina Cyrus Dunja Emil Fatima""".split()
LAST = """Ardent Belcourt Casimir Dovrin Estrake Falworth Grinnick Hallowen al-Jarad Karsten Lomidze Marvane Nasrin
Orbeck Pellant Quillon Rostova al-Sabir Tarnow Ulven Vastra Wexley Yilmar Zandor O'Mara Brandt-Keel""".split()
PLACES = """Abria Belmora Castrel Dunhaven Elmar Fasrah Garmouth Hessel Ismara Jorvan Kelbat Larosh Merrin Norvik
Elvering-on-Sea Pelagia Qasrin Rivona Saltmere Tarsin Ondria Velmont Westrel Yarrow Zemlin""".split()
STATES = "Syria Turkey Russia Lebanon Jordan Egypt Iraq France Germany Qatar Sudan Libya Yemen Kenya Mali".split()
DEMONYMS = "Syrian Turkish Russian Lebanese Jordanian Egyptian Iraqi French German Qatari Libyan Kenyan".split()
OFFICES = """President|Prime Minister|Foreign Minister|Defence Minister|Gen.|Col.|Interior Minister|Mayor|Governor|
Deputy Foreign Minister|U.N. envoy|Ambassador""".replace("\n", "").split("|")
BODIES = """the interior ministry|the Red Cross|the United Nations|a monitoring group|the army|state television|
a coalition of rebel groups|the police|hospital officials|the foreign ministry|the opposition council|local residents""".replace(
    "\n", "").split("|")
OUTLETS = "Harbour Post|The Daily Meridian|Northern Wire|Kelbat Observer|Saltmere Gazette|Evening Ledger".split("|")
AGENCIES = "AFP|Reuters|AP".split("|")
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
MONTHS = "January February March April May June July August September October November December".split()
VERBS = "said|told reporters|announced|added|insisted|warned|told a news conference|acknowledged".split("|")
GROUPS = "soldiers|civilians|rebels|policemen|people|children|militants|aid workers|women|protesters".split("|")
HARM = """were killed|were wounded|were missing|had been detained|had fled their homes|had been abducted|had died|
were injured""".replace("\n", "").split("|")
CAUSES = """when shells hit a market|in an air raid on the old town|in clashes near the border|when a car bomb went off|
in two days of fighting|after gunmen attacked a checkpoint|as floods reached the camp""".replace("\n", "").split("|")
SPEECH = """We are ready for talks with anyone who puts down arms|Nobody will be left behind, and nobody will be forgotten|
The ceasefire holds as long as the other side wants it to hold|Our patience isn't without end|
There can be no solution that's imposed from outside|We've seen the reports and we're looking into them|
The people of this city have paid enough|It is too early to speak of an agreement, but the door is open|
What we need is water, tents and medicine, not promises|They don't control the road, whatever they say""".replace(
    "\n", "").split("|")
PLAIN = """The road to {place} was closed for the {nth} day in a row, and queues at the bakeries grew longer.
Shops stayed shut on {day}, although a market near the harbour opened for two hours at {hour} a.m.
The conflict began {count} months ago after a disputed vote, and several rounds of talks have failed since then.
Analysts say that neither side is strong enough to win, nor weak enough to give in.
A {demonym} delegation is expected in {place} next week for what diplomats call a last attempt.
Aid convoys have reached only {small} of the {count} districts, at a cost of ${money} million so far.
Prices have risen by {small}.5 percent since {month}, the country's statistics office reported.
In {place}, about {km} kilometres ({small}0 miles) to the north, life went on much as before.
The two governments broke off relations in {year} and haven't spoken since.
Heavy rain is forecast for the weekend; many of the tents won't stand it.
Witnesses described a column of {count} trucks moving towards the {demonym} border late on {day}.
The council of {place} voted {count}-{small} to ask for help from abroad.""".split("\n")


class Writer:
    """Draws the parts of one report after the other from one seeded source."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.pick = self.random.choice

    def below(self, limit):
        return int(self.random.random() * limit)

    def person(self):
        return self.pick(OFFICES), self.pick(FIRST), self.pick(LAST)

    def figure(self):
        count = self.pick((self.below(30) + 2, self.below(900) + 100, (self.below(90) + 1) * 1000))
        return self.pick(("", "at least ", "some ", "more than ", "about ", "up to ")) + f"{count:,}"

    def plain(self):
        return self.pick(PLAIN).format(
            place=self.pick(PLACES), day=self.pick(DAYS), hour=self.below(11) + 1, count=self.below(40) + 12,
            demonym=self.pick(DEMONYMS), small=self.below(8) + 2, money=self.below(90) + 3, month=self.pick(MONTHS),
            km=self.below(300) + 20, year=1980 + self.below(30), nth=self.pick(("third", "4th", "fifth", "21st")))

    def marks(self):
        return self.pick((('"', '"'), ("\u201c", "\u201d")))

    def quote(self, people):
        office, first, last = self.pick(people)
        who = self.pick((f"{office} {first} {last}", f"{first} {last}", last, "he", "she"))
        opens, closes = self.marks()
        words, verb = self.pick(SPEECH), self.pick(VERBS)
        return self.pick((
            f"{opens}{words},{closes} {who} {verb} on {self.pick(DAYS)}.",
            f"{who[0].upper()}{who[1:]} {verb}: {opens}{words}.{closes}",
            f"{opens}{words},{closes} {who} {verb}. {opens}{self.pick(SPEECH)}.{closes}",
            f"{who[0].upper()}{who[1:]} said that {words[0].lower()}{words[1:]}.",
            f"{opens}{words}.\n\n{opens}{self.pick(SPEECH)},{closes} {who} {verb}.",
            f"According to {who}, the offer was {opens}a step in the right direction{closes} for {self.pick(STATES)}."))

    def count(self):
        text = f"{self.figure()} {self.pick(GROUPS)} {self.pick(HARM)} {self.pick(CAUSES)}"
        when = self.pick((f"on {self.pick(DAYS)}", f"on {self.pick(MONTHS)} {self.below(28) + 1}", "overnight",
                          f"at {self.below(11) + 1}:{self.below(50) + 10} p.m.", "in the past 24 hours"))
        body = self.pick(BODIES)
        return self.pick((
            f"{text[0].upper()}{text[1:]} in {self.pick(PLACES)} {when}, {body} said.",
            f"{body[0].upper()}{body[1:]} said {text} {when}.",
            f"{body[0].upper()}{body[1:]} put the toll at {self.below(90) + 3}, while {self.pick(BODIES)} spoke of "
            f"{self.below(90) + 30}."))

    def paragraph(self, people):
        kind = self.random.random()
        if kind < 0.35:
            return self.quote(people)
        if kind < 0.6:
            return self.count() + " " + self.plain()
        return self.plain() + " " + self.plain()

    def text(self):
        people = [self.person() for _ in range(3)]
        place = self.pick(PLACES)
        start = f"{place.upper()} ({self.pick(AGENCIES)}) \u2014 " if self.below(2) else ""
        parts = [start + self.count()]
        words = len(parts[0].split())
        while words < 490:
            parts.append(self.paragraph(people))
            words += len(parts[-1].split())
        return "\n\n".join(parts)

    def report(self, number):
        text = self.text()
        return {"id": f"bench-{number:07d}", "outlet": self.pick(OUTLETS),
                "title": f"{self.pick(PLACES)}: talks {self.pick(('stall', 'resume', 'end', 'begin'))}",
                "published": f"{2010 + self.below(10)}-{self.below(12) + 1:02d}-{self.below(28) + 1:02d}",
                "text": text}


def write(out, reports, size, seed):
    """Write lines until the number of reports or bytes is reached."""
    writer, done, number = Writer(seed), 0, 0
    while (number < reports) if size is None else (done < size):
        line = json.dumps(writer.report(number), ensure_ascii=False).encode() + b"\n"
        out.write(line)
        done += len(line)
        number += 1
    return number, done


def main():
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--reports", type=int, default=1000)
    parser.add_argument("--bytes", type=int, help="as many reports as fill so many bytes")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    write(sys.stdout.buffer, options.reports, options.bytes, options.seed)


if __name__ == "__main__":
    main()
